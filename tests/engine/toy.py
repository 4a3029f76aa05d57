"""A step small enough to see through, for the engine's tests; importable, so that worker processes find it."""

import os
from pathlib import Path

from pipeline.contract.checks import error, tally
from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task


def process(task):
    with (Path(task.inputs[0]) / "calls").open("a") as calls:
        calls.write(f"{task.key} {os.getpid()}\n")
    row = {"source": task.key, "sha256": None, "n_bytes": 0, "reason": "empty", "detail": "x"}
    return {"quarantine": table("quarantine").rows([row])}


def bad_key(tables):
    return tally("bad" in source for source in tables["quarantine"]["source"].to_pylist())


TOY = Step("toy", ("contract/checks.py",), process, (error("ingest", "bad_key", "no key is bad", bad_key),), ("quarantine",))


def tasks(folder, *keys, n_bytes=0):
    return [Task(key, (str(folder),), n_bytes=n_bytes) for key in keys]


def calls(folder):
    path = Path(folder) / "calls"
    return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []
