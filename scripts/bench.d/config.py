"""How long a project of many nodes takes to load and validate, from start to exit: config.py HOST

Beside it stands what libyaml alone needs to parse the same files to events, without a value or a check of any kind.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import HERE, compile_plugin, verdict

# Nodes, the seconds and the megabytes that the design allows, and how often it is measured.
SIZES = [(10_000, 0.3, 100, 7), (100_000, 3.0, None, 3)]
# Ten times the nodes may take this many times as long: linear, and what larger tables cost in cache misses.
GROWTH = 13


def make_project(directory, count):
    """Each node waits for three others; half of them say so by their inputs, half by their dependencies."""
    for name in ["config", "plugins"]:
        (directory / name).mkdir(parents=True)
    compile_plugin(HERE / "bench_nodes.c", directory / "plugins" / "bench_nodes.so")
    nodes, edges = [], 0
    for number in range(count):
        before = [number - distance for distance in (1, 2, 40) if number >= distance]
        edges += len(before)
        if number % 2:
            reads = f"  dependencies: [{', '.join(f'step_{one:06}' for one in before)}]\n"
        else:
            reads = f"  input: [{', '.join(f'layer.step_{one:06}' for one in before)}]\n"
        nodes.append(f"step_{number:06}:\n  function: bench.gather\n{reads}  output: [layer.step_{number:06}]\n"
                     f"  params: {{count: {number}}}\n")
    names = "".join(f"    - step_{number:06}\n" for number in range(count))
    (directory / "config/global_settings.yaml").write_text("output_path: out\n")
    (directory / "config/nodes.yaml").write_text("".join(nodes))
    (directory / "config/pipelines.yaml").write_text(f"bench:\n  nodes:\n{names}")
    return edges


def measure(arguments, expected):
    """Seconds from start to exit, and the peak of memory in megabytes."""
    began = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    if status != 0 or said != expected:
        sys.exit(f"bench: {arguments[0]} ended with {status} and said: {said.strip()}")
    return took, usage.ru_maxrss / 1000


def compile_parser(directory):
    parser = directory / "bench_yaml"
    subprocess.run(["cc", "-std=c11", "-O2", HERE / "bench_yaml.c", "-o", parser, "-lyaml"], check=True)
    return str(parser)


def main():
    medians, failed = [], 0
    for count, seconds, megabytes, runs in SIZES:
        with tempfile.TemporaryDirectory() as name:
            directory = Path(name)
            edges = make_project(directory, count)
            parser = compile_parser(directory)
            files = [str(directory / "config" / f"{name}.yaml") for name in ("nodes", "pipelines")]
            host = [str(Path(sys.argv[1]).resolve()), "validate", "bench", "--project", name]
            hosts, bases = [], []
            for _ in range(runs):
                bases.append(measure([parser, *files], ""))
                hosts.append(measure(host, f"Pipeline 'bench' is valid: {count} nodes\n"))
        median, peak = statistics.median(took for took, _ in hosts), max(peak for _, peak in hosts)
        base = statistics.median(took for took, _ in bases)
        medians.append(median)
        text = (f"{count:,} nodes, {edges:,} edges: {median:.2f} s (best {min(hosts)[0]:.2f} s), libyaml "
                f"alone {base:.2f} s, against {seconds} s")
        failed |= verdict("config", text, median / seconds, 1)
        if megabytes:
            failed |= verdict("config", f"  {peak:.0f} MB, against {megabytes} MB", peak / megabytes, 1)
        else:
            print(f"config:   {peak:.0f} MB", flush=True)
    failed |= verdict("config", "ten times the nodes take longer by", medians[1] / medians[0], GROWTH)
    sys.exit(failed)


main()
