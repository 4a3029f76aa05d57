"""Plain text files: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.charset import Undecodable, decode
from pipeline.ingest.readers.document import Document, Reject


def read(raw: bytes, source: str, media_type: str = "text/plain") -> Iterator[Document | Reject]:
    """Yield the file as one document.

    Args:
        raw: the file's bytes, in any charset.
        source: its path below the raw folder.
        media_type: what the decoded text is.
    """
    if not raw.strip():
        yield Reject(source, raw, "empty", "the file holds no text; fetch it again or delete it")
        return
    try:
        decoded = decode(raw)
    except Undecodable as error:
        yield Reject(source, raw, "undecodable", str(error))
        return
    yield Document(source, raw, decoded, media_type)
