"""Do one task of one step, here: make its tables, look at them, keep them.

A document on which the step raises is left out, told of, and the rest done again, so that one odd document costs
itself alone. What kills or holds up a whole process belongs in `pipeline.engine.workers`.
"""

from __future__ import annotations

import time
from dataclasses import replace

from pipeline.contract.checks import Tables
from pipeline.contract.relations import Relations
from pipeline.contract.tables import table
from pipeline.engine.step import Hearer, Step, Task, combine, heard_by
from pipeline.engine.store import Receipt, Store

MOST_FAILURES = 20  # documents of one shard; beyond that the step is at fault, not the documents


def key_of(step: Step, task: Task) -> str:
    """What a task's result is called: input and code, whatever had to be left out."""
    return combine(step.name, step.version, task.key)


def perform(step: Step, task: Task, out: str, hearer: Hearer = lambda _: None) -> Receipt:
    """Do one task.

    Args:
        step: what to do.
        task: with what.
        out: the output folder.
        hearer: told of each document that is taken up.

    Returns:
        The receipt, reused where the result was there already.
    """
    store = Store(out)
    key = key_of(step, task)
    done = store.receipt(step.name, key)
    if done:
        return done
    begun = time.monotonic()
    tables, left_out = _process(step, task, hearer)
    tallies = {check.name: check.look(tables) for check in step.checks}
    kept = {name: tables[name] for name in step.shown}
    if left_out:
        kept["failures"] = table("failures").rows([{"doc_id": name, "detail": how} for name, how in left_out])
    return store.write(step.name, key, kept, tallies, round(time.monotonic() - begun, 3))


def _process(step: Step, task: Task, hearer: Hearer) -> tuple[Tables | Relations, tuple[tuple[str, str], ...]]:
    """The tables of a task, and the documents that had to be left out."""
    while True:
        at = ""

        def hear(document: str) -> None:
            nonlocal at
            at = document
            hearer(document)

        try:
            with heard_by(hear):
                return step.process(task), task.without
        except Exception as problem:
            if not at or at in dict(task.without) or len(task.without) >= MOST_FAILURES:
                raise
            what = str(problem) or ("more than a worker may hold" if isinstance(problem, MemoryError) else "")
            how = f"{step.name} failed on it: {type(problem).__name__}: {what}"[:500]
            task = replace(task, without=(*task.without, (at, f"{how}; please report it with the file")))
