"""What a call of a C node that does nothing costs through the whole command path: call.py HOST TAURO-BENCH"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from common import HERE, compile_plugin, verdict

LIMIT = 1000


def main():
    with tempfile.TemporaryDirectory() as directory:
        plugin = Path(directory) / "bench_nodes.so"
        compile_plugin(HERE / "bench_nodes.c", plugin)
        told = subprocess.run([sys.argv[2], "call", str(plugin)], stdout=subprocess.PIPE, text=True, check=True).stdout
    times = json.loads(told)
    text = (f"{times['nothing']:.0f} ns (passing a frame on {times['frame']:.0f} ns, five parameters "
            f"{times['parameters']:.0f} ns; the bare function {times['bare']:.1f} ns, through libffi {times['libffi']:.0f} ns), against {LIMIT} ns")
    failed = verdict("call", text, times["nothing"] / LIMIT, 1)
    more = times["recorded"] - times["nothing"]
    failed |= verdict("call", f"writing it down in the run's record {more:.0f} ns more, against {LIMIT} ns", more / LIMIT, 1)
    sys.exit(failed)


main()
