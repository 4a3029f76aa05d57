"""Run the tasks of a step on this machine: in this process where there is little to do, else in workers.

Planning and settling are the same for every engine; another one needs only its own way of doing what is left to do.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from pipeline.contract.checks import Tally
from pipeline.engine.attempt import key_of, perform
from pipeline.engine.step import Hearer, Step, Task
from pipeline.engine.store import Receipt, Result, Store
from pipeline.engine.workers import LIMIT, Job, work

# Below this many bytes of fresh input processes cost more than they save.
POOL_FROM_BYTES = 4_000_000

Reporter = Callable[[str, int, int], None]
Doer = Callable[[Step, Sequence[Job], str], Iterable[tuple[int, Receipt]]]
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


def run(
    step: Step, tasks: Sequence[Task], out: str, workers: int = 0, limit: float = LIMIT, do: Doer | None = None
) -> tuple[Result, list[Receipt]]:
    """Do all tasks of a step and settle its result.

    Args:
        step: what to do.
        tasks: the shards, in the order in which their rows shall stand.
        out: the output folder.
        workers: processes; 0 takes one a core.
        limit: seconds that one document may take; 0 is no limit.
        do: does what is left to do, where not this machine does it; what is one task over all shards stays here.

    Returns:
        The step's result with the verdicts of its checks, and the receipts in the order of the tasks.
    """
    receipts = plan(step, tasks, out)
    jobs = [(i, task) for i, task in enumerate(tasks) if i not in receipts]
    tell(step.name, len(receipts), len(tasks))
    shards = any(task.n_bytes for _, task in jobs)
    for i, receipt in do(step, jobs, out) if do and shards else _here(step, jobs, out, workers or os.cpu_count() or 1, limit):
        receipts[i] = receipt
        tell(step.name, len(receipts), len(tasks))
    return settle(step, receipts, out)


def plan(step: Step, tasks: Sequence[Task], out: str) -> dict[int, Receipt]:
    """The receipts of the tasks that are done already, by their place."""
    store = Store(out)
    done = ((i, store.receipt(step.name, key_of(step, task))) for i, task in enumerate(tasks))
    return {i: receipt for i, receipt in done if receipt}


def settle(step: Step, receipts: Mapping[int, Receipt], out: str) -> tuple[Result, list[Receipt]]:
    """Add up what the checks saw and say what the step's result now is."""
    ordered = [receipts[i] for i in sorted(receipts)]
    totals = {check.name: Tally(0, 0) for check in step.checks}
    for receipt in ordered:
        for name, (wrong, seen) in receipt.tallies.items():
            totals[name] += Tally(wrong, seen)
    verdicts = [check.judge(totals[check.name]) for check in step.checks]
    return Store(out).settle(step.name, [r.key for r in ordered], verdicts), ordered


def _here(step: Step, jobs: Sequence[Job], out: str, workers: int, limit: float) -> Iterator[tuple[int, Receipt]]:
    """Do the jobs in this process or in workers; in workers also where the last try in this process did not come back."""
    attempt = Store(out).root / step.name / ".attempt"
    n_bytes = sum(task.n_bytes for _, task in jobs)
    several = min(workers, len(jobs)) > 1 and n_bytes >= POOL_FROM_BYTES
    if several or (attempt.exists() and n_bytes):  # a task over all shards has no bytes of its own, and no documents
        yield from work(step, jobs, out, min(workers, len(jobs)), limit)
        attempt.unlink(missing_ok=True)
    else:
        with _attempted(attempt), _watched(limit) as hearer:
            for i, task in jobs:
                yield i, perform(step, task, out, hearer)


@contextmanager
def _watched(limit: float) -> Iterator[Hearer]:
    """Have a document that takes longer than so many seconds raise, where the system has alarms and this thread may set them."""
    if not limit or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda _: None
        return

    def ring(*_: object) -> None:
        raise TimeoutError(f"it took longer than {limit:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    try:

        def hear(document: str) -> None:
            signal.setitimer(signal.ITIMER_REAL, limit if document else 0.0)

        yield hear
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _attempted(path: Path) -> Iterator[None]:
    """A mark that stays only where this process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
