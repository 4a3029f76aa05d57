"""Run the tasks of a step on a Ray cluster: the same tasks, the same files, on many machines.

Each Ray task does one shard in a worker process of its own, so that a document that crashes or hangs is found out and
left out just as on one machine. Nodes that die are Ray's to replace; what they were at is done again. The output folder
must be one that all machines see under the same path.
"""

from __future__ import annotations

import importlib
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.engine.local import Doer
from pipeline.engine.step import Step, Task
from pipeline.engine.store import Receipt
from pipeline.engine.workers import LIMIT, Job, WorkerDied, work

TRIES = 4  # of a task whose machine or Ray worker is lost
PER_CPU = 2  # tasks under way for each CPU of the cluster: enough to keep it busy, few enough for the driver


class RayMissing(Exception):
    """Ray is not installed, or no cluster answers."""


def on_ray(address: str = "auto", limit: float = LIMIT) -> Doer:
    """What does the work of `pipeline.engine.local.run` on a cluster.

    Args:
        address: of the cluster's head, `host:port`; auto finds the one on this machine.
        limit: seconds that one document may take; 0 is no limit.

    Raises:
        RayMissing: Ray is not installed, or no cluster answers at the address.
    """
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError:
        raise RayMissing("the engine ray needs Ray: pip install 'xianqing[ray]'") from None
    if not ray.is_initialized():
        try:
            ray.init(address=address, log_to_driver=False, logging_level="ERROR")
        except (ConnectionError, RuntimeError, ValueError) as problem:
            raise RayMissing(f"no Ray cluster answers at {address} ({problem}); start one with: ray start --head") from None

    def do(step: Step, jobs: Sequence[Job], out: str) -> Iterator[tuple[int, Receipt]]:
        return _do(ray, step, jobs, out, limit)

    return do


def _do(ray: Any, step: Step, jobs: Sequence[Job], out: str, limit: float) -> Iterator[tuple[int, Receipt]]:
    remote = ray.remote(num_cpus=1, max_retries=0)(_attempt)
    lost = (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError, ray.exceptions.OutOfMemoryError)
    waiting, under_way = deque(jobs), dict[Any, Job]()
    tries: Counter[int] = Counter()
    while waiting or under_way:
        window = PER_CPU * max(1, int(ray.cluster_resources().get("CPU", 1)))
        while waiting and len(under_way) < window:
            job = waiting.popleft()
            under_way[remote.remote(step, job, out, limit)] = job
        ready, _ = ray.wait(list(under_way), num_returns=1, timeout=5.0)
        for reference in ready:
            job = under_way.pop(reference)
            try:
                yield job[0], ray.get(reference)
            except lost as problem:
                tries[job[0]] += 1
                if tries[job[0]] >= TRIES:
                    raise WorkerDied(
                        f"{step.name}: Ray lost a task {TRIES} times ({type(problem).__name__}); look at the cluster's memory"
                    ) from None
                waiting.appendleft(job)
            except ray.exceptions.RayTaskError as problem:
                raise problem.cause from None


def _attempt(step: Step, job: tuple[int, Task], out: str, limit: float) -> Receipt:
    """What a Ray worker does."""
    ((_, receipt),) = work(step, [job], out, 1, limit)
    return receipt
