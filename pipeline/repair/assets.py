"""Repair as Dagster assets."""

from __future__ import annotations

from pipeline.contract import tables as t
from pipeline.engine.assets import after, step_assets
from pipeline.repair.shard import REPAIR

repair_assets = step_assets(
    REPAIR,
    outputs={"repaired_documents": t.repaired_documents, "repairs": t.repairs},
    upstream={"raw_documents": t.raw_documents},
    tasks=after("ingest", t.raw_documents),
    group="repair",
    kinds={"python"},
)
