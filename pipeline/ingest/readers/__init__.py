"""One reader a format. A reader takes a file's bytes and yields documents or rejects, and decides nothing else.

To add a format: write a module with `read(raw, source) -> Iterator[Document | Reject]` and name its
endings in `READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.ingest.readers import html, jsonl, text
from pipeline.ingest.readers.document import Document, Reject

Reader = Callable[[bytes, str], Iterator[Document | Reject]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read_gzip,
}


def reader_for(source: str) -> Reader | None:
    """The reader of a file by its ending, whatever its case; None where there is none."""
    name = source.lower()
    for ending in sorted(READERS, key=len, reverse=True):
        if name.endswith(ending):
            return READERS[ending]
    return None


__all__ = ["READERS", "Document", "Reader", "Reject", "reader_for"]
