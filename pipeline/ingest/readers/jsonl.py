"""JSON Lines: one line, one document. A record's raw bytes are its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.charset import Undecodable, decode
from pipeline.ingest.readers.document import MOST_BYTES, Document, Reject, too_large
from pipeline.ingest.readers.record import from_record

# A line may be this much longer than its text: escapes write one character in six bytes.
_LINE_BYTES = 2 * MOST_BYTES


def read(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the records of a JSON Lines file.

    Args:
        file: the file.
        source: its path below the raw folder; records are numbered from 0.
    """
    n = -1
    while line := file.readline(_LINE_BYTES + 1):
        if len(line) > _LINE_BYTES:
            n += 1
            while line and not line.endswith(b"\n"):
                line = file.readline(_LINE_BYTES)
            yield too_large(f"{source}#{n}")
            continue
        line = line.rstrip(b"\r\n")
        if line.strip():
            n += 1
            yield _record(line, f"{source}#{n}")
    if n < 0:
        yield Reject(source, None, "empty", "the file holds no records; fetch it again or delete it")


def _record(line: bytes, source: str) -> Document | Reject:
    try:
        decoded = decode(line)
        record = json.loads(decoded.text)
    except (Undecodable, ValueError, RecursionError) as error:
        return Reject(source, line, "malformed_record", f"the line is not a JSON object: {error}")
    if not isinstance(record, dict):
        return Reject(source, line, "malformed_record", f"the line holds a {type(record).__name__}, not an object")
    return from_record(record, source, line, decoded)
