"""Plain text files: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pipeline.charset import Undecodable, decode
from pipeline.ingest.readers.document import Document, Reject, whole


def read(file: BinaryIO, source: str, media_type: str = "text/plain") -> Iterator[Document | Reject]:
    """Yield the file as one document.

    Args:
        file: the file, in any charset.
        source: its path below the raw folder.
        media_type: what the decoded text is.
    """
    raw = whole(file, source)
    yield raw if isinstance(raw, Reject) else document(raw, source, media_type)


def document(raw: bytes, source: str, media_type: str) -> Document | Reject:
    """A document of these bytes, or why there is none; arguments as above."""
    if not raw.strip():
        return Reject(source, raw, "empty", "the file holds no text; fetch it again or delete it")
    try:
        return Document(source, raw, decode(raw), media_type)
    except Undecodable as error:
        return Reject(source, raw, "undecodable", str(error))
