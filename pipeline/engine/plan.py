"""Which tasks a step has, given the results before it."""

from __future__ import annotations

from pathlib import Path

from pipeline.contract.tables import Table
from pipeline.engine.step import Task, combine
from pipeline.engine.store import parts

SHARD_BYTES = 4_000_000  # of values in the table of documents


def cut(key: str, folder: Path, by: Table) -> list[Task]:
    """The tasks that one result gives the next step.

    Args:
        key: the result's key.
        folder: where it lies.
        by: its table of documents.
    """
    runs = parts(folder / f"{by.name}.parquet", SHARD_BYTES)
    if len(runs) == 1:
        return [Task(key, (str(folder),), n_bytes=runs[0][1])]
    return [Task(combine(key, f"{a}-{b}"), (str(folder),), n_bytes=size, part=(a, b)) for (a, b), size in runs]
