"""What the benchmarks share: temporary projects, runs of the host, verdicts."""
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATES = ["--start-date", "2013-01-01", "--end-date", "2013-12-31"]

os.umask(0o022)  # nobody else has business in the projects made here


def compile_plugin(source, target):
    """Compiles nodes in C to a plugin."""
    subprocess.run(
        ["cc", "-std=c11", "-O2", "-shared", "-fPIC", "-I", ROOT / "include", source, "-o", target], check=True)


def make_project(directory, nodes):
    """A project of one pipeline, `bench`; JSON is YAML too."""
    files = {
        "global_settings": {"output_path": "out"},
        "pipelines": {"bench": {"nodes": list(nodes)}},
        "nodes": nodes,
    }
    (directory / "config").mkdir()
    (directory / "plugins").mkdir()
    for name, content in files.items():
        (directory / "config" / f"{name}.yaml").write_text(json.dumps(content, indent=2) + "\n")
    compile_plugin(HERE / "bench_nodes.c", directory / "plugins" / "bench_nodes.so")


def command(host, pipeline, project):
    return [str(Path(host).resolve()), "run", pipeline, "--project", str(project), *DATES, "--progress", "none",
            "--format", "json"]


def check_run(arguments, environment=None):
    """Runs the host once and returns its summary; ends the benchmark with the host's own words if it fails."""
    run = subprocess.run(arguments, capture_output=True, text=True, env=environment)
    if run.returncode != 0:
        sys.exit(f"bench: the host failed with {run.returncode}: {run.stderr.strip() or run.stdout.strip()}")
    return json.loads(run.stdout)


def verdict(name, text, ratio, limit):
    """Prints one line and returns the exit status."""
    good = ratio <= limit
    print(f"{name}: {text}: {ratio:.2f} of {limit:.2f} allowed{'' if good else ', ABOVE THE LIMIT'}", flush=True)
    return 0 if good else 1
