"""When the pipeline runs by itself: every night, and when raw files are new or changed."""

import dagster as dg

from pipeline.engine.workspace import Workspace
from pipeline.ingest.discovery import listing

materialize_all = dg.define_asset_job(
    "materialize_all", dg.AssetSelection.all(), description="The whole chain, from raw files to a published release."
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
