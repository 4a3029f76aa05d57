"""Extraction as Dagster assets: entities and figures, side by side."""

from __future__ import annotations

from pipeline.contract import tables as t
from pipeline.engine.assets import after, step_assets
from pipeline.extract.shard import ENTITIES, FIGURES

entity_assets = step_assets(
    ENTITIES,
    outputs={"entity_mentions": t.entity_mentions, "places": t.places, "geography": t.geography},
    upstream={"repaired_documents": t.repaired_documents},
    tasks=after("repair", t.repaired_documents),
    group="extract",
    kinds={"python"},
)
figure_assets = step_assets(
    FIGURES,
    outputs={"figures": t.staged_figures},
    upstream={"repaired_documents": t.repaired_documents, "repairs": t.repairs},
    tasks=after("repair", t.repaired_documents),
    group="extract",
    kinds={"python"},
)
