"""WARC and WET files of web archives: responses that are text, and what a crawl took for the text of a page."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.ingest.readers.document import MOST_BYTES, Document, Reject, too_large
from pipeline.ingest.readers.text import document

_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_LACKING = "WARC files need FastWARC: pip install 'xianqing[formats]', then run again"


def read(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the pages of a WARC file, the texts of a WET file.

    Requests, metadata and the like are no documents; a response that is no text (an image) is a reject.

    Args:
        file: the file, plain, gzipped or LZ4.
        source: its path below the raw folder; records are numbered from 0, whatever their kind.
    """
    try:
        fastwarc: Any = importlib.import_module("fastwarc.warc")
    except ImportError:
        yield Reject(source, None, "unsupported_format", _LACKING)
        return
    kinds = fastwarc.WarcRecordType
    n = -1
    try:
        for n, record in enumerate(fastwarc.ArchiveIterator(file, parse_http=True)):
            if record.record_type in (kinds.response, kinds.conversion, kinds.resource):
                item = _page(record, f"{source}#{n}")
                if item:
                    yield item
    except Exception as error:  # the library raises what its parsers raise
        yield Reject(f"{source}#{n + 1}", None, "malformed_record", f"record {n + 1} and what follows cannot be read: {error}")
    if n < 0:
        yield Reject(source, None, "malformed_record", "the file holds no WARC records; fetch it again")


def _page(record: Any, source: str) -> Document | Reject | None:
    media_type = ((record.http_content_type if record.is_http else record.headers.get("Content-Type")) or "").partition(";")[0]
    if record.is_http and record.http_headers.status_code != 200:
        return None  # moved, gone or forbidden: there was no page
    if media_type.strip().lower() not in _TYPES:
        return Reject(source, None, "unsupported_format", f"a record of type {media_type or 'unknown'} is no text")
    if record.content_length > MOST_BYTES:
        return too_large(source)
    raw = record.reader.read(MOST_BYTES + 1)
    return document(raw, source, _TYPES[media_type.strip().lower()]) if len(raw) <= MOST_BYTES else too_large(source)
