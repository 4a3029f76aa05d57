"""How a step becomes Dagster assets: one factory for all steps, so that each step's `assets.py` stays thin."""

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import dagster as dg

from pipeline.contract.measures import measured
from pipeline.contract.render.dagster import (
    asset_description,
    check_result,
    check_spec,
    definition_metadata,
    plotted,
    preview,
)
from pipeline.contract.tables import Table
from pipeline.engine.local import run
from pipeline.engine.lock import Busy, only_run
from pipeline.engine.plan import cut
from pipeline.engine.ray import RayMissing, on_ray
from pipeline.engine.step import Step, Task, combine
from pipeline.engine.store import Missing, Store
from pipeline.engine.workers import WorkerDied
from pipeline.engine.workspace import Workspace

OWNERS = ["team:xianqing"]


def step_assets(
    step: Step,
    *,
    outputs: Mapping[str, Table],
    upstream: Mapping[str, Table],
    tasks: Callable[[Workspace], Sequence[Task]],
    group: str,
    kinds: set[str],
) -> dg.AssetsDefinition:
    """Make the assets of a step.

    Args:
        step: what to do.
        outputs: asset names, each with the table of the step's result that it stands for. The step's
            checks belong to the first.
        upstream: the assets it reads, with their tables, for dependencies and column lineage.
        tasks: what there is to do, given the workspace.
        group: Dagster group.
        kinds: Dagster kinds.
    """
    sources = [(dg.AssetKey(name), spec) for name, spec in upstream.items()]
    first = dg.AssetKey(next(iter(outputs)))
    specs = [
        dg.AssetSpec(
            name,
            deps=[key for key, _ in sources],
            group_name=group,
            owners=OWNERS,
            kinds=kinds | {"parquet"},
            code_version=step.version,
            description=asset_description(spec, len(step.checks) if name == first.to_user_string() else 0, step.name),
            metadata=definition_metadata(spec, *sources),
        )
        for name, spec in outputs.items()
    ]

    @dg.multi_asset(name=f"{step.name}_step", specs=specs, check_specs=[check_spec(check, first) for check in step.checks])
    def assets(context: dg.AssetExecutionContext, workspace: Workspace) -> Any:
        with at_work(workspace, context):
            do = on_ray(workspace.address, workspace.limit) if workspace.engine == "ray" else None
            result, receipts = run(step, tasks(workspace), workspace.out, workspace.workers, workspace.limit, do)
        reused = sum(receipt.reused for receipt in receipts)
        context.log.info(f"{len(receipts)} shards, {reused} of them reused")
        store = Store(workspace.out)
        for name, spec in outputs.items():
            yield dg.MaterializeResult(
                asset_key=name,
                data_version=dg.DataVersion(result.version),
                metadata={
                    "dagster/row_count": sum(receipt.rows[spec.name] for receipt in receipts),
                    "shards": len(receipts),
                    "shards_reused": reused,
                    **plotted(measured(spec, store.files(step.name, spec.name))),
                    "preview": preview(store.head(step.name, spec.name).select(spec.columns)),
                },
                check_results=[check_result(v, first) for v in result.verdicts] if name == first.to_user_string() else [],
            )

    return assets


@contextmanager
def at_work(workspace: Workspace, context: dg.AssetExecutionContext) -> Iterator[None]:
    """Have the output folder to oneself; what no retry mends becomes a failure that says what to do."""
    try:
        with only_run(workspace.out, workspace.wait, context.log.warning):
            yield
    except (Busy, WorkerDied, RayMissing) as problem:
        raise dg.Failure(str(problem), allow_retries=False) from None
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise dg.Failure(
            f"no room left for {workspace.out}: {problem.strerror}; free some and run again, what is done is kept and the "
            "last release stays",
            allow_retries=False,
        ) from None


def after(step: str, by: Table) -> Callable[[Workspace], list[Task]]:
    """Tasks made of a step's present result: one a shard, several where a shard holds a great container.

    Args:
        step: the step before.
        by: its table of documents, whose size counts.
    """

    def tasks(workspace: Workspace) -> list[Task]:
        store = Store(workspace.out)
        return [task for key in _sound(store, step).keys for task in cut(key, store.folder(step, key), by)]

    return tasks


def after_all(*steps: str) -> Callable[[Workspace], list[Task]]:
    """One task made of all shards of several steps; `names` says which step each input is of."""

    def tasks(workspace: Workspace) -> list[Task]:
        store = Store(workspace.out)
        results = [_sound(store, step) for step in steps]
        folders = [(result.step, str(store.folder(result.step, key))) for result in results for key in result.keys]
        return [Task(combine(*(r.version for r in results)), tuple(f for _, f in folders), tuple(s for s, _ in folders))]

    return tasks


def _sound(store: Store, step: str) -> Any:
    """A step's result, if no blocking check failed on it."""
    try:
        result = store.result(step)
    except Missing as problem:
        raise dg.Failure(str(problem), allow_retries=False) from None
    if result.blocked:
        raise dg.Failure(
            f"{step} is blocked by {', '.join(result.blocked)}; mend that and materialize it again", allow_retries=False
        )
    return result
