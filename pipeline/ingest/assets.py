"""Ingest as Dagster assets."""

from __future__ import annotations

import dagster as dg

from pipeline.contract import tables as t
from pipeline.engine.assets import step_assets
from pipeline.engine.step import Task
from pipeline.engine.store import Store
from pipeline.engine.workspace import Workspace
from pipeline.ingest.discovery import NoRawFiles, discover, shards
from pipeline.ingest.shard import INGEST


def _tasks(workspace: Workspace) -> list[Task]:
    try:
        return shards(discover(workspace.raw), Store(workspace.out).root / "digests.json")
    except NoRawFiles as problem:
        raise dg.Failure(str(problem), allow_retries=False) from None


ingest_assets = step_assets(
    INGEST,
    outputs={"raw_documents": t.raw_documents, "quarantine": t.quarantine},
    upstream={},
    tasks=_tasks,
    group="ingest",
    kinds={"python"},
)
