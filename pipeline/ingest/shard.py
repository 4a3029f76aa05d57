"""One shard of ingest: raw files in, `raw_documents` and `quarantine` out."""

from __future__ import annotations

import hashlib
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task, each
from pipeline.ingest import checks
from pipeline.ingest.readers import READERS, Document, Reject, reader_for

# A single document larger than this is not an article.
MAX_FILE_BYTES = 512_000_000


def read_shard(task: Task) -> dict[str, pa.Table]:
    """Read the files of a shard.

    Args:
        task: paths of raw files with their sources.

    Returns:
        raw_documents, quarantine, and `sources` (the files that were to be read, for the checks).
    """
    documents: list[dict[str, Any]] = []
    rejects: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    failed = dict(task.without)
    for path, source in each(zip(task.inputs, task.names, strict=True), itemgetter(1)):
        if source in failed:
            rejects.append(_reject_row(Reject(source, None, "failed", failed[source])))
            continue
        for item in _read_file(Path(path), source):
            if isinstance(item, Reject):
                rejects.append(_reject_row(item))
                continue
            first = seen.setdefault(item.sha256, item.source)
            if first != item.source:
                rejects.append(_reject_row(Reject(item.source, item.raw, "identical", f"the same bytes as {first}")))
            else:
                documents.append(_document_row(item))
    return {
        "raw_documents": table("raw_documents").rows(documents),
        "quarantine": table("quarantine").rows(rejects),
        "sources": pa.table({"source": pa.array(task.names, pa.string())}),
    }


def _read_file(path: Path, source: str) -> list[Document | Reject]:
    reader = reader_for(source)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return [Reject(source, None, "too_large", f"over {MAX_FILE_BYTES:,} bytes; split it into smaller files")]
        raw = path.read_bytes()
    except OSError as error:
        return [Reject(source, None, "unreadable", f"{error.strerror or error}; mend its permissions or fetch it again")]
    if reader is None:
        return [Reject(source, raw, "unsupported_format", f"no reader for this ending; there are {', '.join(READERS)}")]
    return list(reader(raw, source))


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "doc_id": document.sha256[:16],
        "source": document.source,
        "sha256": document.sha256,
        "n_bytes": len(document.raw),
        "encoding": document.decoded.encoding,
        "encoding_confidence": document.decoded.confidence,
        "media_type": document.media_type,
        "hint_title": document.title,
        "hint_date": document.date,
        "raw_text": document.decoded.text,
    }


def _reject_row(reject: Reject) -> dict[str, Any]:
    raw = reject.raw
    return {
        "source": reject.source,
        "sha256": None if raw is None else hashlib.sha256(raw).hexdigest(),
        "n_bytes": 0 if raw is None else len(raw),
        "reason": reject.reason,
        "detail": reject.detail,
    }


INGEST = Step(
    name="ingest",
    code=("ingest", "charset.py"),
    process=read_shard,
    checks=checks.CHECKS,
    shown=("raw_documents", "quarantine"),
)
