"""Peak memory of whole runs over corpora of growing size: it must not grow with them.

    python -m bench.memory [MEGABYTES ...]

Runs `xianqing run` in a process of its own and looks at it and all that it starts ten times a second. Counted is the
proportional share (PSS), so that pages which workers share count once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import corpus


def main() -> None:
    sizes = [float(size) for size in sys.argv[1:]] or [10.0, 20.0, 40.0]
    print("raw text    documents    seconds    peak memory, all processes    largest process")
    for megabytes in sizes:
        with tempfile.TemporaryDirectory() as folder:
            documents = corpus.make(Path(folder) / "raw", megabytes)
            began = time.monotonic()
            command = [sys.executable, "-m", "pipeline.cli", "run", f"{folder}/raw", "--out", f"{folder}/out"]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
                together = largest = 0
                while run.poll() is None:
                    shares = [_share(pid) for pid in _family(run.pid)]
                    together, largest = max(together, sum(shares)), max(largest, *shares, 0)
                    time.sleep(0.1)
                if run.returncode:
                    raise SystemExit(run.stderr.read() if run.stderr else run.returncode)
            took = time.monotonic() - began
            print(
                f"{megabytes:5,.0f} MB {documents:12,} {took:10,.0f} {together / 1e6:22,.0f} MB {largest / 1e6:18,.0f} MB",
                flush=True,
            )


def _family(pid: int) -> list[int]:
    """A process and all that it started, as they are now."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
            except OSError:
                continue  # it has ended
    found = [pid]
    for member in found:
        found += parents.get(member, [])
    return found


def _share(pid: int) -> int:
    """Proportional share of a process's memory in bytes; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
