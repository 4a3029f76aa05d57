"""What every reader yields: a decoded document, or a reject with its reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from pipeline.charset import Decoded


@dataclass(frozen=True, slots=True)
class Document:
    """A document as decoded.

    Args:
        source: path below the raw folder, with #n for a record of a container.
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
