"""What a call in a worker process costs, beside bare processes: worker.py HOST TAURO-BENCH"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from common import HERE, compile_plugin, verdict

SMALL_LIMIT = 3
LARGE_LIMIT = 1 / 0.8


def main():
    with tempfile.TemporaryDirectory() as directory:
        plugin = Path(directory) / "bench_nodes.so"
        compile_plugin(HERE / "bench_nodes.c", plugin)
        command = [sys.argv[2], "worker", str(plugin), str(Path(sys.argv[1]).resolve())]
        times = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    small = (f"4 KiB there and back {times['small'] / 1000:.1f} us, a bare round trip of the same size "
             f"{times['round_trip'] / 1000:.1f} us")
    large = (f"64 MiB there and back {times['large'] / 1e6:.1f} ms, two copies into new memory "
             f"{times['copies'] / 1e6:.1f} ms")
    failed = verdict("worker", small, times["small"] / times["round_trip"], SMALL_LIMIT)
    failed |= verdict("worker", large, times["large"] / times["copies"], LARGE_LIMIT)
    sys.exit(failed)


main()
