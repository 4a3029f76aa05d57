"""Worker processes that may die or hang without harm to the run.

Each worker tells in shared memory which document it is at. Where one dies (a crash in a library, too little memory) or
stays at a document for too long, it is replaced and the task done again; a document that does so twice is left out
and told of. Why not `ProcessPoolExecutor`: there one death fails every task.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Any

from pipeline.engine.attempt import perform
from pipeline.engine.step import Step, Task
from pipeline.engine.store import Receipt

TRIES = 2
LIMIT = 300.0  # seconds that a document may take
_LEAST_MEMORY = 4 << 30  # bytes of address space, of which libraries reserve much more than they use
_LONGEST_NAME = 4096  # bytes
_context = get_context("forkserver")

Job = tuple[int, Task]


class WorkerDied(Exception):
    """Workers died where no document can be blamed."""


@dataclass
class _Worker:
    """A process, how to talk to it, and what it is at."""

    process: ForkServerProcess
    connection: Connection
    at: Any  # c_char array: the document
    since: Any  # c_double: when it was taken up, 0 between documents
    job: Job

    @property
    def document(self) -> str:
        return bytes(self.at.value).decode("utf-8", "ignore")

    def overdue(self, limit: float) -> bool:
        return bool(limit and self.since.value and time.monotonic() - self.since.value > limit)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def work(
    step: Step, jobs: Iterable[Job], out: str, workers: int, limit: float = LIMIT, memory: int | None = None
) -> Iterator[tuple[int, Receipt]]:
    """Do tasks in processes.

    Args:
        step: what to do; it must be importable.
        jobs: numbered tasks.
        out: the output folder.
        workers: how many processes.
        limit: seconds that one document may take; 0 is no limit.
        memory: bytes of data that a worker may hold, where the system can bound it; its share of the machine where not
            given. A document that would take more is left out as one on which the step raises.

    Yields:
        The number of each task with its receipt, as they are done.

    Raises:
        WorkerDied: a worker died twice on one task without being at a document.
    """
    _context.set_forkserver_preload(["pyarrow", step.process.__module__])
    memory = memory or max(_LEAST_MEMORY, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // workers)
    waiting = deque(jobs)
    busy: list[_Worker] = []
    idle: list[_Worker] = []
    deaths: Counter[tuple[int, str]] = Counter()
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                busy.append(_give(idle.pop() if idle else None, step, waiting.popleft(), out, memory))
            wait([x for worker in busy for x in (worker.connection, worker.process.sentinel)], timeout=1.0)
            for worker in list(busy):
                number, task = worker.job
                answer = _answer(worker)
                if answer is not None:
                    busy.remove(worker)
                    idle.append(worker)
                    if isinstance(answer, BaseException):
                        raise answer
                    yield number, answer
                    continue
                died, slow = not worker.process.is_alive(), worker.overdue(limit)
                if died or slow:
                    busy.remove(worker)
                    document = worker.document
                    worker.end()
                    deaths[number, document] += 1
                    how = f"it took longer than {limit:g} seconds" if slow else f"its process died ({_cause(worker)})"
                    if deaths[number, document] >= TRIES:
                        if not document:
                            raise WorkerDied(
                                f"{step.name}: a worker died twice outside any document ({_cause(worker)}); where memory is "
                                "short, give fewer --workers"
                            )
                        task = replace(task, without=(*task.without, (document, f"{step.name}: {how}, {TRIES} times")))
                    waiting.appendleft((number, task))
    finally:
        for worker in (*busy, *idle):
            worker.end()


def _give(worker: _Worker | None, step: Step, job: Job, out: str, memory: int) -> _Worker:
    """Have a worker do a job; a new one where none is free."""
    if worker is None or not worker.process.is_alive():
        ours, theirs = _context.Pipe()
        at, since = _context.RawArray(ctypes.c_char, _LONGEST_NAME), _context.RawValue(ctypes.c_double, 0.0)
        process = _context.Process(target=_serve, args=(theirs, at, since, memory), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, at, since, job)
    worker.job = job
    worker.at.value = b""
    worker.connection.send((step, job[1], out))
    return worker


def _answer(worker: _Worker) -> Receipt | BaseException | None:
    try:
        if worker.connection.poll():
            answer: Receipt | BaseException = worker.connection.recv()
            return answer
    except (EOFError, ConnectionResetError):
        worker.process.join(1.0)
    return None


def _cause(worker: _Worker) -> str:
    code = worker.process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(connection: Connection, at: Any, since: Any, memory: int) -> None:
    """The life of a worker."""
    with contextlib.suppress(ValueError, OSError):  # a system may have its own bound, or none
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def hear(document: str) -> None:
        at.value = document.encode("utf-8", "ignore")[: _LONGEST_NAME - 1]
        since.value = time.monotonic() if document else 0.0

    while True:
        try:
            step, task, out = connection.recv()
        except (EOFError, OSError):
            return
        answer: Receipt | BaseException
        try:
            answer = perform(step, task, out, hear)
        except Exception as problem:
            answer = problem
        hear("")
        connection.send(answer)


def _end_with_parent() -> None:
    """A run that is killed leaves no workers behind."""
    if run := parent_process():
        run.join()
        os._exit(1)
