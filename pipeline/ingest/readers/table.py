"""CSV and Parquet with a column of texts: one row, one document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, TextIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.charset import Undecodable, decode
from pipeline.ingest.readers.document import MOST_BYTES, Document, Reject
from pipeline.ingest.readers.record import DATE_KEYS, TEXT_KEYS, TITLE_KEYS, from_record, text_key

_SAMPLE = 1_000_000  # bytes by which a CSV's charset is told
_ROWS = 256


def read_csv(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the rows of a CSV file with a header, in any charset, parted by comma, semicolon or tab.

    Args:
        file: the file.
        source: its path below the raw folder; rows are numbered from 0, the header apart.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, file), _SAMPLE)
    head = buffered.peek(_SAMPLE)
    if not head.strip():
        yield Reject(source, None, "empty", "the file holds no rows; fetch it again or delete it")
        return
    try:
        charset = decode(head[: head.rfind(b"\n") + 1] or head).encoding
    except Undecodable as error:
        yield Reject(source, None, "undecodable", str(error))
        return
    csv.field_size_limit(MOST_BYTES)
    lines = io.TextIOWrapper(buffered, "utf-8-sig" if charset == "utf-8" else charset, "replace", newline="")
    rows = csv.reader(_bounded(lines), delimiter=_delimiter(head.decode(charset, "replace")))
    n = -1
    try:
        header = next(rows, [])  # a lone byte order mark has no row
        if text_key(header) is None:
            yield _no_column(source, header)
            return
        for n, row in enumerate(rows):
            yield from_record(dict(zip(header, row, strict=False)), f"{source}#{n}")
    except csv.Error as error:
        yield Reject(f"{source}#{n + 1}", None, "malformed_record", f"row {n + 1} and what follows cannot be read: {error}")


def read_parquet(file: BinaryIO, source: str) -> Iterator[Document | Reject]:
    """Yield the rows of a Parquet file; arguments as above."""
    try:
        table = pq.ParquetFile(file)
        names = table.schema_arrow.names
        if text_key(names) is None:
            yield _no_column(source, names)
            return
        wanted = [name for name in names if name.strip().lower() in (*TEXT_KEYS, *TITLE_KEYS, *DATE_KEYS)]
        n = 0
        for batch in table.iter_batches(_ROWS, columns=wanted):
            for row in batch.to_pylist():
                yield from_record(row, f"{source}#{n}")
                n += 1
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Reject(source, None, "unreadable", f"the Parquet file is broken ({str(error)[:200]}); fetch it again")


def _bounded(lines: TextIO) -> Iterator[str]:
    """Lines one by one, each in bounded memory."""
    while line := lines.readline(MOST_BYTES + 1):
        if len(line) > MOST_BYTES:
            raise csv.Error(f"a line of over {MOST_BYTES:,} characters")
        yield line


def _delimiter(head: str) -> str:
    first = head.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _no_column(source: str, names: list[str]) -> Reject:
    return Reject(
        source, None, "no_text", f"no column of texts among {', '.join(names[:20])}; call it one of {', '.join(TEXT_KEYS)}"
    )
