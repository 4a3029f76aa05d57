"""One shard of repair: decoded documents in, repaired documents and their ledger out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task, each
from pipeline.engine.store import read_parquet
from pipeline.repair import checks
from pipeline.repair.ledger import Repair
from pipeline.repair.page import Page, read_page
from pipeline.repair.script import script_of


def repair_shard(task: Task) -> dict[str, pa.Table]:
    """Repair the documents of a shard.

    Args:
        task: the folder of one ingest result.

    Returns:
        repaired_documents, repairs, and raw_documents again for the checks.
    """
    raw = task.left_in(read_parquet(Path(task.inputs[0]) / "raw_documents.parquet", task.part))
    documents: list[dict[str, Any]] = []
    repairs: list[dict[str, Any]] = []
    for row in each(raw.to_pylist()):
        page = read_page(row["raw_text"], is_html=row["media_type"] == "text/html", published_hint=row["hint_date"])
        checks.assert_sound(row["raw_text"], page.repaired)
        documents.append(_document_row(row, page))
        repairs += (_repair_row(row["doc_id"], seq, change) for seq, change in enumerate(page.repaired.ledger))
    return {
        "repaired_documents": table("repaired_documents").rows(documents),
        "repairs": table("repairs").rows(repairs),
        "raw_documents": raw,
    }


def _document_row(row: dict[str, Any], page: Page) -> dict[str, Any]:
    ledger, text = page.repaired.ledger, page.repaired.text
    published: dt.date | None = page.published_on
    return {
        **{name: row[name] for name in ("doc_id", "source", "sha256", "n_bytes", "encoding")},
        "script": script_of(row["raw_text"]),
        "damage": sorted({change.damage for change in ledger}),
        "n_repairs": sum(change.before != change.after for change in ledger),
        "n_unresolved": sum(change.status == "unresolved" for change in ledger),
        "title": page.title or row["hint_title"] or "",
        "subtitle": page.subtitle,
        "text": text,
        "author": page.author,
        "editor": page.editor,
        "publisher": page.publisher,
        "section": page.section,
        "published_on": published,
        "published_on_basis": page.published_on_basis,
        "n_chars": len(text),
        "bylines": [f"{role}:{name}" for name, role in page.bylines],
        "page_context": page.furniture or None,
    }


def _repair_row(doc_id: str, seq: int, change: Repair) -> dict[str, Any]:
    return {
        "doc_id": doc_id,
        "seq": seq,
        "raw_start": change.raw_start,
        "raw_end": change.raw_end,
        "text_start": change.text_start,
        "text_end": change.text_end,
        "before": change.before,
        "after": change.after,
        "damage": change.damage,
        "status": change.status,
        "confidence": change.confidence,
        "suggestion": change.suggestion,
    }


REPAIR = Step(
    name="repair",
    code=(
        "repair",
        "lexicon.py",
        *(f"reference/{name}" for name in ("bylines", "furniture", "gazetteer", "html", "injected", "language_model", "script")),
    ),
    process=repair_shard,
    checks=checks.CHECKS,
    shown=("repaired_documents", "repairs"),
    distributions=("opencc", "pypinyin", "numpy", "ahocorasick-rs"),
)
