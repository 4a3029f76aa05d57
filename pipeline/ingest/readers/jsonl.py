"""JSON Lines, plain or gzipped: one line, one document.

The text is taken from the first of `TEXT_KEYS` that a record has; title and date likewise. A record's raw
bytes are its line.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.charset import Decoded, Undecodable, decode
from pipeline.ingest.readers.document import Document, Reject

TEXT_KEYS = ("text", "content", "raw_content", "body", "html")
TITLE_KEYS = ("title", "headline")
DATE_KEYS = ("published_on", "published", "date", "pubdate")


def read(raw: bytes, source: str) -> Iterator[Document | Reject]:
    """Yield the records of a JSON Lines file.

    Args:
        raw: the file's bytes.
        source: its path below the raw folder; records are numbered from 0.
    """
    return _records(io.BytesIO(raw), source)


def read_gzip(raw: bytes, source: str) -> Iterator[Document | Reject]:
    """Yield the records of a gzipped JSON Lines file; what comes before a broken place is kept."""
    with gzip.open(io.BytesIO(raw)) as file:
        try:
            yield from _records(file, source)
        except (OSError, EOFError, zlib.error) as error:
            yield Reject(source, raw, "unreadable", f"the gzip stream is broken ({error}); fetch the file again")


def _records(lines: Iterable[bytes], source: str) -> Iterator[Document | Reject]:
    n = -1
    for line in lines:
        line = line.rstrip(b"\r\n")
        if not line.strip():
            continue
        n += 1
        yield _record(line, f"{source}#{n}")
    if n < 0:
        yield Reject(source, None, "empty", "the file holds no records; fetch it again or delete it")


def _record(line: bytes, source: str) -> Document | Reject:
    try:
        decoded = decode(line)
        record = json.loads(decoded.text)
    except (Undecodable, json.JSONDecodeError, RecursionError) as error:
        return Reject(source, line, "malformed_record", f"the line is not a JSON object: {error}")
    if not isinstance(record, dict):
        return Reject(source, line, "malformed_record", f"the line holds a {type(record).__name__}, not an object")
    key = next((k for k in TEXT_KEYS if isinstance(record.get(k), str) and record[k].strip()), None)
    if key is None:
        return Reject(source, line, "no_text", f"the record has no text under any of {', '.join(TEXT_KEYS)}")
    text = record[key].encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be stored
    title = next((record[k].strip() for k in TITLE_KEYS if isinstance(record.get(k), str) and record[k].strip()), None)
    if title is not None:
        title = title.encode("utf-8", "replace").decode("utf-8")
    return Document(
        source,
        line,
        Decoded(text, decoded.encoding, decoded.confidence),
        "text/html" if key == "html" else "text/plain",
        title,
        next((d for k in DATE_KEYS if (d := _date(record.get(k)))), None),
    )


def _date(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
