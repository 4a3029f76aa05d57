"""HTML files: one file, one document. Its markup stays: taking it away is a repair, with a ledger row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingest.readers import text
from pipeline.ingest.readers.document import Document, Reject


def read(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the page's source as one document; arguments as in `text.read`."""
    return text.read(file, source, "text/html")
