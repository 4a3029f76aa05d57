"""Run the tasks of a step on this machine: in this process where there is little to do, else in a pool.

Results that are in the store already are not made again. Another engine needs only its own `run` with
the same arguments; the tasks, their results and their keys are the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import get_context

from pipeline.contract.checks import Tally
from pipeline.engine.step import Step, Task, combine
from pipeline.engine.store import Receipt, Result, Store

# Below this many bytes of fresh input a pool costs more than it saves.
POOL_FROM_BYTES = 4_000_000

Reporter = Callable[[str, int, int], None]
_reporter: ContextVar[Reporter | None] = ContextVar("reporter", default=None)


@contextmanager
def reporting(reporter: Reporter) -> Iterator[None]:
    """Have progress told to `reporter(step, done, total)` while the block runs."""
    token = _reporter.set(reporter)
    try:
        yield
    finally:
        _reporter.reset(token)


def tell(step: str, done: int, total: int) -> None:
    """Tell whoever listens how far a step is."""
    reporter = _reporter.get()
    if reporter:
        reporter(step, done, total)


def perform(step: Step, task: Task, out: str) -> Receipt:
    """Do one task: make its tables, look at them, keep them.

    Args:
        step: what to do.
        task: with what.
        out: the output folder.

    Returns:
        The receipt, reused where the result was there already.
    """
    store = Store(out)
    key = combine(step.name, step.version, task.key)
    done = store.receipt(step.name, key)
    if done:
        return done
    begun = time.monotonic()
    tables = step.process(task)
    tallies = {check.name: check.look(tables) for check in step.checks}
    kept = {name: tables[name] for name in step.shown}
    return store.write(step.name, key, kept, tallies, round(time.monotonic() - begun, 3))


def run(step: Step, tasks: Sequence[Task], out: str, workers: int = 0) -> tuple[Result, list[Receipt]]:
    """Do all tasks of a step and settle its result.

    Args:
        step: what to do.
        tasks: the shards, in the order in which their rows shall stand.
        out: the output folder.
        workers: processes; 0 takes one a core.

    Returns:
        The step's result with the verdicts of its checks, and the receipts in the order of the tasks.
    """
    store = Store(out)
    receipts: dict[int, Receipt] = {}
    fresh = []
    for i, task in enumerate(tasks):
        done = store.receipt(step.name, combine(step.name, step.version, task.key))
        if done:
            receipts[i] = done
        else:
            fresh.append(i)
    tell(step.name, len(receipts), len(tasks))
    workers = min(workers or os.cpu_count() or 1, len(fresh))
    if workers > 1 and sum(tasks[i].n_bytes for i in fresh) >= POOL_FROM_BYTES:
        for i, receipt in _in_pool(step, tasks, fresh, out, workers):
            receipts[i] = receipt
            tell(step.name, len(receipts), len(tasks))
    else:
        for i in fresh:
            receipts[i] = perform(step, tasks[i], out)
            tell(step.name, len(receipts), len(tasks))
    ordered = [receipts[i] for i in range(len(tasks))]
    totals = {check.name: Tally(0, 0) for check in step.checks}
    for receipt in ordered:
        for name, (wrong, seen) in receipt.tallies.items():
            totals[name] += Tally(wrong, seen)
    verdicts = [check.judge(totals[check.name]) for check in step.checks]
    return store.settle(step.name, [r.key for r in ordered], verdicts), ordered


def _in_pool(step: Step, tasks: Sequence[Task], fresh: Sequence[int], out: str, workers: int) -> Iterator[tuple[int, Receipt]]:
    """Receipts as they come; no more tasks are under way than the workers can soon take."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["pyarrow", step.process.__module__])
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = iter(fresh)
        under_way: dict[Future[Receipt], int] = {}
        while True:
            while len(under_way) < 2 * workers and (i := next(waiting, None)) is not None:
                under_way[pool.submit(perform, step, tasks[i], out)] = i
            if not under_way:
                return
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                yield under_way.pop(future), future.result()
