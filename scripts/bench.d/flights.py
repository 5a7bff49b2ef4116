"""The flights pipeline against the same work as one SQL script in DuckDB alone: flights.py HOST

Set-up is excluded on both sides: of DuckDB the script alone is timed, in a process that has opened its database; of the
host what it says itself of the run. The host's whole process is printed as well.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import HERE, ROOT, check_run, command, verdict

RUNS = 11
PROJECT = ROOT / "Plugins/Flights/project"

SCRIPT = """
import sys, time, duckdb
connection = duckdb.connect()
connection.execute(f"SET threads = {sys.argv[2]}")
sql = open(sys.argv[1]).read()
began = time.perf_counter()
connection.execute(sql)
print(time.perf_counter() - began)
"""


def copy_project(directory):
    for part in ["config", "plugins", "data"]:
        shutil.copytree(PROJECT / part, directory / part)


def main():
    hosts, processes, scripts = [], [], []
    with tempfile.TemporaryDirectory() as place:
        project, out = Path(place) / "project", Path(place) / "duckdb"
        out.mkdir()
        copy_project(project)
        script = Path(place) / "flights.sql"
        script.write_text((HERE / "flights.sql").read_text().replace("{data}", str(project / "data"))
                          .replace("{out}", str(out)))
        alone = [sys.executable, "-c", SCRIPT, str(script), str(os.cpu_count())]
        arguments = command(sys.argv[1], "flights_daily", project)
        check_run(arguments)
        for _ in range(RUNS):
            scripts.append(float(subprocess.run(alone, check=True, capture_output=True, text=True).stdout))
            began = time.perf_counter()
            hosts.append(check_run(arguments)["duration_seconds"])
            processes.append(time.perf_counter() - began)
    host, process, duckdb = (statistics.median(times) for times in (hosts, processes, scripts))
    text = (f"run {host:.2f} s (process {process:.2f} s, best run {min(hosts):.2f} s), "
            f"DuckDB alone {duckdb:.2f} s (best {min(scripts):.2f} s), {os.cpu_count()} threads")
    sys.exit(verdict("flights", text, host / duckdb, 1.25))


main()
