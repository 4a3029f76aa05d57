"""A step small enough to see through, for the engine's tests; importable, so that worker processes find it.

Documents are the words of a task's key: `crash` kills its process, `hang` never ends, `raise` raises, `greedy` takes
memory without end.
"""

import os
import time
from pathlib import Path

from pipeline.contract.checks import error, tally
from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task, each


def process(task):
    folder = Path(task.inputs[0])
    with (folder / "calls").open("a") as calls:
        calls.write(f"{task.key} {os.getpid()}\n")
    rows = []
    for name in each([name for name in task.key.split("+") if name not in dict(task.without)], str):
        if name.startswith("crash"):
            os.abort()
        if name.startswith("hang"):
            time.sleep(600)
        if name.startswith("greedy"):
            taken = []
            while True:
                taken.append(bytearray(64 << 20))
        if name.startswith("raise"):
            raise RuntimeError("an odd document")
        rows.append({"source": name, "sha256": None, "n_bytes": 0, "reason": "empty", "detail": "x"})
    if task.key == "outside":
        os.abort()
    return {"quarantine": table("quarantine").rows(rows)}


def bad_key(tables):
    return tally("bad" in source for source in tables["quarantine"]["source"].to_pylist())


TOY = Step("toy", ("contract/checks.py",), process, (error("ingest", "bad_key", "no key is bad", bad_key),), ("quarantine",))


def tasks(folder, *keys, n_bytes=0):
    return [Task(key, (str(folder),), n_bytes=n_bytes) for key in keys]


def calls(folder):
    path = Path(folder) / "calls"
    return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []
