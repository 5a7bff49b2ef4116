"""How long a pipeline of one C node that touches no data takes, from start to exit: start.py HOST"""
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from common import check_run, command, make_project, verdict

RUNS = 101


def wall(arguments, environment, nowhere):
    began = time.perf_counter()
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)]
    process = os.posix_spawn(arguments[0], arguments, environment, file_actions=actions)
    os.waitpid(process, 0)
    return time.perf_counter() - began


def main():
    # An engine that can not be found: a run that loaded one would fail.
    environment = {**os.environ, "TAURO_DUCKDB_LIBRARY": "/nonexistent/libduckdb.so"}
    with tempfile.TemporaryDirectory() as directory:
        make_project(Path(directory), {"nothing": {"function": "bench.nothing", "input": []}})
        arguments = command(sys.argv[1], "bench", directory)
        check_run(arguments, environment)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        hosts, trues = [], []
        for _ in range(RUNS):
            trues.append(wall(["/bin/true"], environment, nowhere))
            hosts.append(wall(arguments, environment, nowhere))
    host, true = statistics.median(hosts) * 1000, statistics.median(trues) * 1000
    text = f"{host:.1f} ms, /bin/true {true:.2f} ms, against 5 x /bin/true + 25 ms = {5 * true + 25:.1f} ms"
    sys.exit(verdict("start", text, host / (5 * true + 25), 1))


main()
