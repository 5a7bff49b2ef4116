"""The peak memory of ten nodes that pass 1 GB on: chain.py HOST"""
import os
import sys
import tempfile
from pathlib import Path

from common import check_run, command, make_project, verdict

MEGABYTES = 1000
NODES = 10
LIMIT = 1.2


def peak_gigabytes(arguments):
    """Runs it and returns the largest resident set, as the kernel counted it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, 1)]
    process = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    if status != 0:
        sys.exit(f"bench: the host failed with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss * 1024 / 1e9


def main():
    nodes = {"make": {"function": "bench.make", "input": [], "params": {"megabytes": MEGABYTES}}}
    for number in range(NODES):
        function = ["bench.pass_frame", "bench.pass_stream"][number % 2]
        nodes[f"pass_{number + 1}"] = {"function": function, "dependencies": [list(nodes)[-1]]}
    with tempfile.TemporaryDirectory() as directory:
        make_project(Path(directory), nodes)
        arguments = command(sys.argv[1], "bench", directory)
        summary = check_run(arguments)
        rows = [summary["nodes"][name]["rows"] for name in nodes]
        if rows != [MEGABYTES * 1000 * 1000 // 8] * len(nodes):
            sys.exit(f"bench: the nodes returned {rows} rows")
        peak = peak_gigabytes(arguments)
    text = f"{NODES} nodes over {MEGABYTES / 1000:.1f} GB, peak {peak:.2f} GB; times the data"
    sys.exit(verdict("chain", text, peak / (MEGABYTES / 1000), LIMIT))


main()
