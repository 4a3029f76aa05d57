"""Ingest as Dagster assets."""

from __future__ import annotations

from pipeline.contract import tables as t
from pipeline.engine.assets import step_assets
from pipeline.engine.step import Task
from pipeline.engine.workspace import Workspace
from pipeline.ingest.discovery import discover, shards
from pipeline.ingest.shard import INGEST


def _tasks(workspace: Workspace) -> list[Task]:
    return shards(discover(workspace.raw))


ingest_assets = step_assets(
    INGEST,
    outputs={"raw_documents": t.raw_documents, "quarantine": t.quarantine},
    upstream={},
    tasks=_tasks,
    group="ingest",
    kinds={"python"},
)
