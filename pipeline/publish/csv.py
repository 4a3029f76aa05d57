"""Tables as CSV that opens right in a spreadsheet and reads back equal.

UTF-8 with a byte order mark, RFC 4180 (comma, CRLF, quotes doubled). Text is always quoted and a missing
value is a bare empty field, so that missing and empty stay apart. Lists are JSON. A text that a spreadsheet
would run as a formula gets an apostrophe before it, and so does one that begins with an apostrophe, which is
what makes it possible to take it off again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

BOM = b"\xef\xbb\xbf"
# What begins a formula in Excel, LibreOffice and Chinese or Japanese editions of them; and our own mark.
RISKY = "^['=+\\-@\\t\\r\\n＝＋－＠]"
ROWS_AT_A_TIME = 4096
BLOCK_BYTES = 128 << 20  # a row must fit into one block


def write_csv(rows: pa.Table | pa.RecordBatchReader, path: Path) -> None:
    """Write a table.

    Args:
        rows: columns of text, integer, float, date, boolean, or lists of text.
        path: the file to write.

    Raises:
        pyarrow.ArrowNotImplementedError: a column has a type that has no text form.
    """
    with path.open("wb") as file:
        file.write(BOM + ",".join(rows.schema.names).encode() + b"\r\n")
        for batch in rows.to_batches() if isinstance(rows, pa.Table) else rows:
            for start in range(0, batch.num_rows, ROWS_AT_A_TIME):
                columns = batch.slice(start, ROWS_AT_A_TIME).columns
                lines = pc.binary_join_element_wise(*(_cells(column) for column in columns), ",")
                file.write(("\r\n".join(lines.to_pylist()) + "\r\n").encode())


def read_csv(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Read a table that `write_csv` wrote, some rows at a time.

    Args:
        path: the file.
        schema: its columns, as the contract declares them.

    Yields:
        The rows, equal to those that were written.

    Raises:
        pyarrow.ArrowInvalid: the file does not fit the schema.
    """
    raw = arrow_csv.open_csv(
        path,
        arrow_csv.ReadOptions(block_size=BLOCK_BYTES, use_threads=False),
        arrow_csv.ParseOptions(newlines_in_values=True),
        arrow_csv.ConvertOptions(
            column_types={field.name: _stored(field.type) for field in schema},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    if raw.schema.names != schema.names:
        raise pa.ArrowInvalid(f"{path.name} has columns {raw.schema.names}, not {schema.names}")
    for batch in raw:
        yield pa.record_batch([_value(batch[field.name], field.type) for field in schema], schema)


def disarm(text: pa.Array) -> pa.Array:
    """Texts with an apostrophe before those that a spreadsheet would run."""
    return pc.if_else(pc.match_substring_regex(text, RISKY), pc.binary_join_element_wise("'", text, ""), text)


def _cells(column: pa.Array) -> pa.Array:
    """A column as it stands in the file, nulls as empty text."""
    if pa.types.is_list(column.type):
        column = pa.array([None if v is None else _json(v) for v in column.to_pylist()], pa.string())
    if pa.types.is_string(column.type):
        doubled = pc.replace_substring(disarm(column), '"', '""')
        return pc.fill_null(pc.binary_join_element_wise('"', doubled, '"', ""), "")
    return pc.fill_null(pc.cast(column, pa.string()), "")


def _json(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _stored(type_: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_list(type_) else type_


def _value(column: pa.Array, type_: pa.DataType) -> pa.Array:
    """A column as it stood in the table."""
    if not pa.types.is_string(column.type):
        return column
    armed = pc.starts_with(column, "'")
    column = pc.if_else(armed, pc.utf8_slice_codeunits(column, 1), column)
    if pa.types.is_list(type_):
        return pa.array([None if v is None else json.loads(v) for v in column.to_pylist()], type_)
    return column
