"""What every reader yields: a decoded document, or a reject with its reason; and how large one may be."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.charset import Decoded

# A single document larger than this is no article.
MOST_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document as decoded.

    Args:
        source: path below the raw folder, with #n for a record of a container and #name for a member of an archive.
        raw: the document's own bytes.
        decoded: its text and charset.
        media_type: text/plain or text/html.
        title, date: what the container says beside the text.
    """

    source: str
    raw: bytes
    decoded: Decoded
    media_type: str = "text/plain"
    title: str | None = None
    date: dt.date | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the document's bytes, in hex."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Reject:
    """What could not be read, and why (`reason` is a value of the contract)."""

    source: str
    raw: bytes | None
    reason: str
    detail: str


def whole(file: BinaryIO, source: str) -> bytes | Reject:
    """All bytes of a file that is one document, or why not."""
    raw = file.read(MOST_BYTES + 1)
    return raw if len(raw) <= MOST_BYTES else too_large(source)


def too_large(source: str) -> Reject:
    """The reject of a document that is longer than any article."""
    return Reject(source, None, "too_large", f"a document of over {MOST_BYTES:,} bytes; split it into smaller ones")
