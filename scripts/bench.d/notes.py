"""How long reading the notes of 1,000 plugins takes, when their bytes are on the disk alone: notes.py HOST TAURO-BENCH

Each run is a new process. Before it the pages of the files are dropped, as far as the file system does that for an
ordinary user; what the kernel knows of names and inodes stays.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import HERE, ROOT, compile_plugin, verdict

PLUGINS = 1000
NODES = 4
RUNS = 11
LIMIT = 100


def make_plugins(directory):
    template = directory / "template"
    compile_plugin(HERE / "bench_notes.c", template)
    content = template.read_bytes()
    template.unlink()
    for number in range(PLUGINS):
        (directory / f"p{number:04}.so").write_bytes(content.replace(b"p0000", b"p%04d" % number))


def drop_pages(directory):
    os.sync()
    for path in directory.iterdir():
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def milliseconds(directory):
    told = json.loads(subprocess.run([sys.argv[2], "notes", str(directory)], stdout=subprocess.PIPE, check=True).stdout)
    if told["nodes"] != PLUGINS * NODES:
        sys.exit(f"bench: {told['nodes']} nodes were found instead of {PLUGINS * NODES}")
    return told["milliseconds"]


def main():
    # Not in a temporary directory, which may be in memory.
    place = ROOT / ".tauro"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as name:
        directory = Path(name)
        make_plugins(directory)
        cold, warm = [], []
        for _ in range(RUNS):
            drop_pages(directory)
            cold.append(milliseconds(directory))
            warm.append(milliseconds(directory))
    median = statistics.median(cold)
    text = (f"{PLUGINS} plugins, cold {median:.0f} ms (best {min(cold):.0f} ms, warm {statistics.median(warm):.0f} ms), "
            f"against {LIMIT} ms")
    sys.exit(verdict("notes", text, median / LIMIT, 1))


main()
