"""Reading, writing and a whole pipeline beside others, and what handing a frame on costs: io.py HOST TAURO-BENCH

Every figure is from one run: the tools take turns, round after round, each in a process of its own with two threads, and a
ratio is the median of the rounds' ratios. Set-up is excluded on all sides, as the flights benchmark has it: of the
host counts what it says of its run, which holds loading the engine; of others their work after they were loaded.
TAURO_BENCH_ROUNDS is the number of rounds, TAURO_BENCH_IO a part of it all, for example `csv read,pipeline,hand`.
"""
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from common import HERE, ROOT, check_run, command, compile_plugin, verdict

ROUNDS = int(os.environ.get("TAURO_BENCH_ROUNDS", "5"))
PLACE = ROOT / ".tauro/bench"
DATA = PLACE / "tpch"
LIMIT, PIPELINE_LIMITS, HANDING_LIMIT = 1.05, {"polars": 1 / 1.2, "spark": 1 / 5}, 2000
PEERS = ["duckdb", "polars", "pyarrow"]
STEPS = {
    "bronze.lines": ["lineitem"],
    "bronze.orders": ["orders"],
    "bronze.customers": ["customer", "nation", "region"],
    "silver.order_lines": ["bronze.lines", "bronze.orders"],
    "silver.sales": ["silver.order_lines", "bronze.customers"],
    "gold.pricing": ["silver.order_lines"],
    "gold.by_nation": ["silver.sales"],
    "gold.best_customers": ["silver.sales"],
}


class Clock:
    """Seconds on the wall and of the processors that a process and its children took."""

    def __enter__(self):
        self.began, self.used = time.perf_counter(), self.children()
        return self

    def __exit__(self, *_):
        self.wall, self.processors = time.perf_counter() - self.began, self.children() - self.used

    @staticmethod
    def children():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime


def environment():
    """Where the peers are, for a Python of their own."""
    spark = PLACE / "spark"
    zips = [str(path) for path in sorted((spark / "pyspark/python/lib").glob("py4j-*.zip"))]
    paths = [str(PLACE / "python"), str(spark), *zips]
    return {**os.environ, "PYTHONPATH": ":".join(paths), "PYTHONDONTWRITEBYTECODE": "1"}


def python(script, *arguments):
    """Runs a peer; gives its times, or why it can not be had."""
    with Clock() as clock:
        run = subprocess.run([ROOT / "scripts/python", HERE / script, *map(str, arguments)], capture_output=True,
                             text=True, env=environment())
    if run.returncode != 0:
        reason = (run.stderr.strip() or "no word of why").splitlines()[-1]
        return None, f"{arguments[0]}: {reason}"
    return (float(run.stdout.split("\n")[-2].split()[0]), clock.wall, clock.processors), None


def host(arguments):
    with Clock() as clock:
        summary = check_run(arguments)
    return (summary["duration_seconds"], clock.wall, clock.processors), summary


def project(directory, nodes, inputs, outputs):
    """A project of one pipeline; JSON is YAML too."""
    files = {
        "global_settings": {"output_path": "out"},
        "pipelines": {"bench": {"nodes": list(nodes)}},
        "nodes": nodes,
        "input": inputs,
        "output": outputs,
    }
    (directory / "config").mkdir(parents=True)
    (directory / "plugins").mkdir()
    for name, content in files.items():
        (directory / "config" / f"{name}.yaml").write_text(json.dumps(content, indent=2) + "\n")
    for name in ["bench_nodes", "bench_tpch"]:
        compile_plugin(HERE / f"{name}.c", directory / "plugins" / f"{name}.so")


def task_project(directory, task):
    kind, work = task.split()
    source = "parquet" if work == "write" else kind
    inputs = {"lineitem": {"format": source, "path": str(DATA / f"lineitem.{source}")}}
    function = "tpch.ask_all" if work == "ask" else "bench.pass_frame"
    node = {"function": function, "input": ["lineitem"]}
    outputs = {}
    if work == "write":
        node["output"] = ["result"]
        outputs["result"] = {"format": kind}
    project(directory, {"only": node}, inputs, outputs)


def pipeline_project(directory):
    nodes = {name.replace(".", "_"): {"function": f"tpch.{name}", "input": sources, "output": [name]}
             for name, sources in STEPS.items()}
    tables = {table for sources in STEPS.values() for table in sources} - set(STEPS)
    inputs = {table: {"format": "parquet", "path": str(DATA / "tables" / f"{table}.parquet")} for table in tables}
    project(directory, nodes, inputs, {name: {"format": "parquet"} for name in STEPS})


def rounds(tools):
    """Lets every tool take its turn, and gives its times; a tool that fails is left out from then on."""
    times, missing = {name: [] for name in tools}, []
    for _ in range(ROUNDS):
        for name, run in tools.items():
            if name not in times:
                continue
            taken, problem = run()
            if problem:
                missing.append(problem)
                del times[name]
            else:
                times[name].append(taken)
    return times, missing


def row(name, times, ours):
    wall, process, processors = (statistics.median(values) for values in zip(*times))
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, times))
    effort = statistics.median(a[2] / b[2] for a, b in zip(ours, times))
    print(f"    {name:<10}{wall:8.2f} s {process:9.2f} s {processors:9.2f} s {ratio:9.2f} {effort:9.2f}", flush=True)
    return ratio


def table(title, times, missing):
    """Prints what each tool took, and gives our time as a part of each."""
    print(f"io: {title}\n    {'':<10}{'work':>10} {'process':>11} {'processor':>11} {'ours is':>9} {'of CPU':>9}")
    ratios = {name: row(name, taken, times["ours"]) for name, taken in times.items()}
    for problem in missing:
        print(f"    missing: {problem}")
    return ratios


def measure_task(program, task, place):
    folder = place / task.replace(" ", "_")
    task_project(folder, task)
    arguments = command(program, "bench", folder)
    out = place / "peer.out"

    def ours():
        taken, summary = host(arguments)
        rows = summary["nodes"]["only"]["rows"]
        if rows != (4 if task.endswith("ask") else 6001215):
            sys.exit(f"bench: {task}: the host returned {rows} rows")
        return taken, None

    def peer(library):
        out.unlink(missing_ok=True)
        return python("io_peer.py", library, task, DATA, out)

    times, missing = rounds({"ours": ours, **{library: lambda library=library: peer(library) for library in PEERS}})
    out.unlink(missing_ok=True)
    shutil.rmtree(folder)
    ratios = table(task, times, missing)
    return verdict("io", f"{task}, times DuckDB's", ratios["duckdb"], LIMIT) if "duckdb" in ratios else 1


def measure_pipeline(program, place):
    folder = place / "pipeline"
    pipeline_project(folder)
    arguments = command(program, "bench", folder)
    tools = ["polars", "spark", "kedro"]

    def ours():
        return host(arguments)[0], None

    def peer(tool):
        shutil.rmtree(place / tool, ignore_errors=True)
        (place / tool).mkdir()
        return python("io_pipeline.py", tool, DATA / "tables", place / tool)

    times, missing = rounds({"ours": ours, **{tool: lambda tool=tool: peer(tool) for tool in tools}})
    ratios = table("pipeline of eight nodes", times, missing)
    ours_stored = contents(folder / "out", "{}/{}/*.parquet")
    failed = 0
    for tool in tools:
        if tool not in ratios:
            continue
        compare(ours_stored, contents(place / tool, "{}.{}.parquet" + ("/*.parquet" if tool == "spark" else "")), tool)
        if tool in PIPELINE_LIMITS:
            failed |= verdict("io", f"pipeline, part of the time of {tool}", ratios[tool], PIPELINE_LIMITS[tool])
    return failed


def contents(place, pattern):
    """Rows and the sum of each number of each step, which every tool has to agree about."""
    found = {}
    for name in STEPS:
        files = str(place / pattern.format(*name.split(".")))
        columns = duckdb.execute(f"DESCRIBE SELECT * FROM '{files}'").fetchall()
        numbers = sorted(column[0] for column in columns if column[1] in ("DOUBLE", "BIGINT", "INTEGER", "UINTEGER"))
        sums = ", ".join(f"sum(CAST({column} AS DOUBLE))" for column in numbers)
        found[name] = sorted(column[0] for column in columns), duckdb.execute(
            f"SELECT count(*), {sums} FROM '{files}'").fetchone()
    return found


def compare(ours, theirs, tool):
    for name, (columns, numbers) in ours.items():
        if columns != theirs[name][0] or not all(
                abs(a - b) <= 1e-6 * max(abs(a), 1) for a, b in zip(numbers, theirs[name][1], strict=True)):
            sys.exit(f"bench: {tool} has something else in {name}: {theirs[name]}, the host {columns, numbers}")


def measure_handing(bench, place):
    (place / "nodes").mkdir()
    plugin = place / "nodes" / "bench_nodes.so"
    compile_plugin(HERE / "bench_nodes.c", plugin)
    told = subprocess.run([bench, "hand", str(plugin)], stdout=subprocess.PIPE, text=True, check=True).stdout
    sizes = json.loads(told)
    text = ", ".join(f"{size} {nanoseconds:.0f} ns" for size, nanoseconds in sizes.items())
    worst = max(sizes.values()) / HANDING_LIMIT
    return verdict("io", f"handing a frame to a consumer: {text}, against {HANDING_LIMIT} ns", worst, 1)


def main():
    wanted = os.environ.get("TAURO_BENCH_IO", "").split(",") if os.environ.get("TAURO_BENCH_IO") else None
    failed = 0
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])  # two threads each, and two processors for them
    with tempfile.TemporaryDirectory(dir=PLACE) as directory:
        place = Path(directory)
        for kind in ["parquet", "csv"]:
            for work in ["read", "ask", "write"]:
                if not wanted or f"{kind} {work}" in wanted:
                    failed |= measure_task(sys.argv[1], f"{kind} {work}", place)
        if not wanted or "pipeline" in wanted:
            failed |= measure_pipeline(sys.argv[1], place)
        if not wanted or "hand" in wanted:
            failed |= measure_handing(sys.argv[2], place)
    sys.exit(failed)


main()
