"""When the pipeline runs by itself: every night, and when raw files are new or changed; who hears when it fails.

And how long Dagster remembers: its own retention is of ticks only, runs would pile up for ever.
"""

import datetime as dt
import json
import os
import urllib.request
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import SqlEventLogStorage, SqliteEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable

from pipeline.engine.workspace import Workspace
from pipeline.ingest.discovery import listing

WEBHOOK = "XIANQING_WEBHOOK"  # the environment variable with the address, which is a secret and is never told


_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_AT_A_TIME = 100


def forget_runs(instance: dg.DagsterInstance, before: dt.datetime) -> int:
    """Remove runs from Dagster's storage, with their events and logs; those that have not ended stay.

    Args:
        instance: Dagster's storage.
        before: runs that were made before this time are removed.

    Returns:
        How many were removed.
    """
    forgotten = 0
    old = dg.RunsFilter(statuses=_ENDED, created_before=before)
    while runs := instance.get_runs(old, limit=_AT_A_TIME):
        for run in runs:
            instance.compute_log_manager.delete_logs(prefix=[run.run_id])
            instance.delete_run(run.run_id)
            _forget_remains(instance.event_log_storage, run.run_id)
        forgotten += len(runs)
    return forgotten


def _forget_remains(storage: Any, run_id: str) -> None:
    """Remove what Dagster leaves of a run that it deleted: its own SQLite file, emptied, and what checks said in it."""
    if isinstance(storage, SqliteEventLogStorage):
        for ending in ("", "-wal", "-shm"):
            Path(storage.path_for_shard(run_id) + ending).unlink(missing_ok=True)
    if isinstance(storage, SqlEventLogStorage):
        with storage.index_connection() as connection:
            connection.execute(AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id))


def _tidy(context: dg.HookContext) -> None:
    """Forget what is older than the workspace says, the run that is at work excepted."""
    days = context.resources.workspace.keep_runs
    if days:
        forgotten = forget_runs(context.instance, dt.datetime.now(dt.UTC) - dt.timedelta(days=days))
        context.log.info(f"{forgotten} runs of more than {days} days ago are forgotten")


@dg.success_hook(name="forget_old_runs", required_resource_keys={"workspace"})
def forget_old_runs(context: dg.HookContext) -> None:
    """After each release, remove runs from Dagster's storage that are older than `keep_runs` days."""
    if context.op.name == "release":
        _tidy(context)


@dg.failure_hook(name="tell_of_failure", required_resource_keys={"workspace"})
def tell_of_failure(context: dg.HookContext) -> None:
    """Log which step failed and why; post the same as JSON to the address in `XIANQING_WEBHOOK`, where there is one."""
    problem = context.op_exception
    said = f"{context.op.name} failed in run {context.run_id}: {problem}"
    context.log.error(said)
    _tidy(context)  # nights that fail pile up like any other
    address = os.environ.get(WEBHOOK)
    if not address:
        return
    message = {"text": said, "job": context.job_name, "step": context.op.name, "run": context.run_id, "error": str(problem)}
    request = urllib.request.Request(address, json.dumps(message).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10):
            pass
    except (OSError, ValueError) as error:
        context.log.warning(f"the webhook did not take it ({type(error).__name__}); look at {WEBHOOK}")


materialize_all = dg.define_asset_job(
    "materialize_all",
    dg.AssetSelection.all(),
    description="The whole chain, from raw files to a published release.",
    hooks={tell_of_failure, forget_old_runs},
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=materialize_all,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    description="Every night at 02:00 in Shanghai. Starts stopped; switch it on in the UI.",
)


@dg.sensor(
    job=materialize_all,
    minimum_interval_seconds=60,
    description="Runs the chain when a raw file is new, changed or gone. Starts stopped; switch it on in the UI.",
)
def new_raw_files(context: dg.SensorEvaluationContext, workspace: Workspace) -> dg.SensorResult:
    """Ask for one run whenever the listing of the raw folder is not what it was."""
    seen = listing(workspace.raw)
    if seen is None:
        return dg.SensorResult(skip_reason=f"{workspace.raw} holds no raw files")
    if seen == context.cursor:
        return dg.SensorResult(skip_reason="no raw file is new, changed or gone")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=seen)], cursor=seen)
