"""One shard of ingest: raw files in, `raw_documents` and `quarantine` out, whatever the size of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa

from pipeline.contract.relations import Relations
from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task, each
from pipeline.ingest import checks
from pipeline.ingest.readers import Document, Reject, read

# Rows are handed on when so many of them, or so many characters, are in hand.
_ROWS, _CHARACTERS = 1000, 8_000_000
_SOURCES = pa.schema([("source", pa.string())])


def read_shard(task: Task) -> Relations:
    """Read the files of a shard.

    Args:
        task: paths of raw files with their sources.

    Returns:
        raw_documents, quarantine, and `sources` (the files that were to be read, for the checks).
    """
    documents, rejects = table("raw_documents"), table("quarantine")
    made = Relations.empty({"raw_documents": documents.arrow, "quarantine": rejects.arrow, "sources": _SOURCES})
    made.append("sources", pa.table({"source": pa.array(task.names, pa.string())}))
    held: dict[str, list[dict[str, Any]]] = {"raw_documents": [], "quarantine": []}
    size = 0

    def hand_on() -> None:
        for name, rows in held.items():
            if rows:
                made.append(name, table(name).rows(rows))
                rows.clear()

    for item in _items(task):
        if isinstance(item, Document):
            held["raw_documents"].append(_document_row(item))
            size += len(item.decoded.text)
        else:
            held["quarantine"].append(_reject_row(item))
        if size > _CHARACTERS or sum(map(len, held.values())) >= _ROWS:
            hand_on()
            size = 0
    hand_on()
    return made


def _items(task: Task) -> Iterator[Document | Reject]:
    """What the files of a shard hold; of documents that are the same to the byte, the first."""
    failed = dict(task.without)
    seen: dict[bytes, str] = {}
    for path, source in each(zip(task.inputs, task.names, strict=True), itemgetter(1)):
        if source in failed:
            yield Reject(source, None, "failed", failed[source])
            continue
        for item in _file(path, source):
            if isinstance(item, Document):
                first = seen.setdefault(bytes.fromhex(item.sha256), item.source)
                if first != item.source:
                    yield Reject(item.source, item.raw, "identical", f"the same bytes as {first}")
                    continue
            yield item


def _file(path: str, source: str) -> Iterator[Document | Reject]:
    nothing = True
    try:
        # fsspec takes `::` in the name of a file for a chain of stores
        with fsspec.open(path, "rb") if "://" in path else Path(path).open("rb") as file:
            for item in read(file, source):
                nothing = False
                yield item
    except OSError as error:
        yield Reject(source, None, "unreadable", f"{error.strerror or error}; mend its permissions or fetch it again")
        return
    if nothing:
        yield Reject(source, None, "empty", "the file holds no documents; fetch it again or delete it")


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
    distributions=("FastWARC", "pypdf", "zstandard"),
)
