"""What a node costs besides what its function does, in graphs of nodes that do nothing: scheduler.py HOST TAURO-BENCH

Three tiers that are never mixed: in memory; with a store that outlives the process; in another process. A tool that would
take longer than TAURO_BENCH_CAP seconds (60) at a size is not run at it. TAURO_BENCH_SCHEDULER names tiers, for example
`memory,durable`. Times are those of the run alone: of ours what it says of itself, which holds its plan's set-up and its
summary; of others from the graph in their own terms to the end. Everything has two threads or one, as it likes better.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from common import HERE, ROOT, compile_plugin, verdict

PLACE = ROOT / ".tauro/bench"
CAP = float(os.environ.get("TAURO_BENCH_CAP", "60"))
TIERS = os.environ.get("TAURO_BENCH_SCHEDULER", "memory,durable,process").split(",")
SHAPES = ["chain", "fan", "lattice", "layered"]
SIZES = {"memory": [1000, 100_000, 1_000_000], "durable": [100, 1000, 100_000, 1_000_000], "process": [100, 1000]}
PEERS = {
    "memory": ["tbb", "dask", "hamilton", "kedro"],
    "durable": ["luigi", "prefect", "dagster"],
    "process": ["dask-processes"],
}
OURS = {"memory": "memory", "durable": "journal"}
LIMITS = {"memory": 1000, "durable": 5000}  # nanoseconds a node
FLAT_LIMIT = 1.5  # a node of the largest graph to one of a hundred times fewer
MEMORY_LIMIT = 500e6
PROCESS_LIMIT = 50_000
PEER_LIMITS = {"dask": 1 / 10, "hamilton": 1 / 10, "prefect": 1 / 500, "dagster": 1 / 500}


def ours(bench, shape, size, tier, place):
    command = [bench, "scheduler", shape, str(size), tier, "2"]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=place).stdout)


def peer(tool, graph, size):
    """Nanoseconds a node, or the word for why there are none."""
    environment = {**os.environ, "PYTHONPATH": str(PLACE / "scheduler"), "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory() as store:
        command = [ROOT / "scripts/python", HERE / "scheduler_peer.py", tool, graph, store]
        if tool == "tbb":
            command = [PLACE / "tbb/scheduler_tbb", graph, "2"]
        try:
            run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=4 * CAP)
        except subprocess.TimeoutExpired:
            return f"over {4 * CAP:.0f} s"
        except FileNotFoundError:
            return "missing"
    if run.returncode != 0:
        return (run.stderr.strip() or f"ended with {run.returncode}").splitlines()[-1][:60]
    return float(run.stdout.strip().splitlines()[-1]) * 1e9 / size


def measure_peers(tier, shape, graphs):
    """Nanoseconds a node of each tool, at each size; a tool is not run at what would take too long."""
    found = {}
    for tool in PEERS[tier]:
        found[tool] = {}
        for size in SIZES[tier]:
            last = list(found[tool].values())[-1] if found[tool] else 0
            if isinstance(last, str):
                found[tool][size] = last if last.startswith("over") else "-"
            elif last * size * 1e-9 > CAP:
                found[tool][size] = f"over {CAP:.0f} s"
            else:
                found[tool][size] = peer(tool, graphs[shape, size], size)
    return found


def shown(value):
    if isinstance(value, str):
        return value
    return f"{value:.0f} ns" if value < 10_000 else f"{value / 1000:.0f} us"


def row(name, cells):
    print(f"    {name:<18}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def least_ratio(mine, theirs):
    """Ours as a part of theirs, at the largest size that they finished; None where they finished none."""
    finished = [size for size, value in theirs.items() if not isinstance(value, str)]
    return mine[finished[-1]]["wall"] / theirs[finished[-1]] if finished else None


def measure(bench, tier, place):
    sizes = SIZES[tier]
    graphs = {}
    for shape in SHAPES:
        for size in sizes:
            graphs[shape, size] = place / f"{shape}-{size}"
            with graphs[shape, size].open("w") as file:
                subprocess.run([bench, "graph", shape, str(size)], stdout=file, check=True)
    ratios, runs = {}, {}
    for shape in SHAPES:
        print(f"scheduler: {tier}, {shape}")
        row("", [f"{size:,} nodes" for size in sizes])
        runs[shape] = {size: ours(bench, shape, size, OURS[tier], place) for size in sizes}
        row("ours", [shown(run["wall"]) for run in runs[shape].values()])
        row("  of it engine", [shown(run["engine"]) for run in runs[shape].values()])
        row("  processors", [shown(run["processor"]) for run in runs[shape].values()])
        row("  memory", [f"{run['peak_bytes'] / 1e6:.0f} MB" for run in runs[shape].values()])
        if tier == "durable":
            power = ours(bench, shape, 1000, "power", place)
            row("  outlives power", ["", shown(power["wall"])])
        for tool, times in measure_peers(tier, shape, graphs).items():
            row(tool, [shown(value) for value in times.values()])
            ratio = least_ratio(runs[shape], times)
            if ratio is not None:
                ratios.setdefault(tool, []).append(ratio)
    return judge(tier, runs, ratios)


def judge(tier, runs, ratios):
    sizes = SIZES[tier][-3:]
    failed = 0
    for shape, found in runs.items():
        worst = max(found[size]["wall"] for size in sizes)
        failed |= verdict("scheduler", f"{tier}, {shape}: {shown(worst)} a node at most, against {LIMITS[tier]} ns",
                          worst / LIMITS[tier], 1)
        flat = found[sizes[-1]]["wall"] / found[sizes[-2]]["wall"]
        failed |= verdict("scheduler", f"{tier}, {shape}: a node of {sizes[-1]:,} to one of {sizes[-2]:,}", flat, FLAT_LIMIT)
        peak = found[sizes[-1]]["peak_bytes"]
        failed |= verdict("scheduler", f"{tier}, {shape}: {peak / 1e6:.0f} MB, against {MEMORY_LIMIT / 1e6:.0f} MB",
                          peak / MEMORY_LIMIT, 1)
    for tool, found in ratios.items():
        text = f"{tier}, {1 / max(found):,.1f} to {1 / min(found):,.1f} times below {tool}"
        if tool in PEER_LIMITS:
            failed |= verdict("scheduler", f"{text}, against {1 / PEER_LIMITS[tool]:.0f}",
                              max(found) / PEER_LIMITS[tool], 1)
        else:
            print(f"scheduler: {text}")
    return failed


def measure_processes(host, bench, place):
    """A call in a worker process, which is all there is to a node there beside what it costs in memory."""
    plugin = place / "bench_nodes.so"
    compile_plugin(HERE / "bench_nodes.c", plugin)
    command = [bench, "worker", str(plugin), str(Path(host).resolve())]
    small = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)["small"]
    graphs = {}
    for size in SIZES["process"]:
        graphs["fan", size] = place / f"fan-{size}"
        with graphs["fan", size].open("w") as file:
            subprocess.run([bench, "graph", "fan", str(size)], stdout=file, check=True)
    for tool, times in measure_peers("process", "fan", graphs).items():
        told = ", ".join(f"{shown(value)} with {size:,} nodes" for size, value in times.items())
        print(f"scheduler: process, {tool}: {told}")
    return verdict("scheduler", f"process, a node with 4 KiB there and back: {shown(small)}, against {shown(PROCESS_LIMIT)}",
                   small / PROCESS_LIMIT, 1)


def main():
    host, bench = sys.argv[1], str(Path(sys.argv[2]).resolve())
    failed = 0
    with tempfile.TemporaryDirectory(dir=PLACE) as directory:
        place = Path(directory)
        for tier in TIERS:
            failed |= measure_processes(host, bench, place) if tier == "process" else measure(bench, tier, place)
    sys.exit(failed)


main()
