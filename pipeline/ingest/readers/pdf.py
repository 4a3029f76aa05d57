"""PDF files with a text layer: one file, one document."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.charset import Decoded
from pipeline.ingest.readers.document import Document, Reject, whole

_LACKING = "PDF files need pypdf: pip install 'xianqing[formats]', then run again"


def read(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the text layer of all pages as one document.

    Args:
        file: the file.
        source: its path below the raw folder.
    """
    raw = whole(file, source)
    if isinstance(raw, Reject):
        yield raw
        return
    try:
        pypdf: Any = importlib.import_module("pypdf")
    except ImportError:
        yield Reject(source, raw, "unsupported_format", _LACKING)
        return
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]
    except Exception as error:  # the library raises whatever a broken file leads it to
        yield Reject(source, raw, "unreadable", f"the PDF cannot be read ({type(error).__name__}: {error}); fetch it again")
        return
    text = "\n".join(pages).encode("utf-8", "replace").decode()
    if not text.strip():
        yield Reject(source, raw, "no_text", "the PDF has no text layer; have its pages recognised (OCR) first")
        return
    yield Document(source, raw, Decoded(text, "utf-8", 1.0))
