"""What Dagster sees: assembly only. Everything else is plain functions in the steps' folders."""

from __future__ import annotations

import dagster as dg

from pipeline.automation import materialize_all, new_raw_files, nightly
from pipeline.engine.workspace import Workspace
from pipeline.extract.assets import entity_assets, figure_assets
from pipeline.ingest.assets import ingest_assets
from pipeline.link.assets import link_assets, signature_assets
from pipeline.publish.assets import release
from pipeline.repair.assets import repair_assets

defs = dg.Definitions(
    assets=[ingest_assets, repair_assets, signature_assets, entity_assets, figure_assets, link_assets, release],
    jobs=[materialize_all],
    schedules=[nightly],
    sensors=[new_raw_files],
    resources={"workspace": Workspace()},
    executor=dg.in_process_executor,
)
