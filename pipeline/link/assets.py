"""Linking as Dagster assets: what the release's tables say across documents."""

from __future__ import annotations

from pipeline.contract import tables as t
from pipeline.engine.assets import after, after_all, step_assets
from pipeline.link.join import LINK
from pipeline.link.signatures import SIGNATURES

signature_assets = step_assets(
    SIGNATURES,
    outputs={"signatures": t.signatures},
    upstream={"repaired_documents": t.repaired_documents},
    tasks=after("repair", t.repaired_documents),
    group="link",
    kinds={"python"},
)

link_assets = step_assets(
    LINK,
    outputs={
        "entities": t.entities,
        "practices": t.practices,
        "issue_resolution": t.issue_resolution,
        "documents": t.documents,
        "mentions": t.mentions,
        "linked_figures": t.figures,
    },
    upstream={
        "repaired_documents": t.repaired_documents,
        "quarantine": t.quarantine,
        "entity_mentions": t.entity_mentions,
        "places": t.places,
        "geography": t.geography,
        "figures": t.staged_figures,
        "signatures": t.signatures,
    },
    tasks=after_all("ingest", "repair", "signatures", "entities", "figures"),
    group="link",
    kinds={"duckdb"},
)
