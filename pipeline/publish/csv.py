"""Tables as CSV that opens right in a spreadsheet and reads back equal.

UTF-8 with a byte order mark, RFC 4180 (comma, CRLF, quotes doubled). Text is always quoted and a missing
value is a bare empty field, so that missing and empty stay apart. Lists are JSON. A text that a spreadsheet
would run as a formula gets an apostrophe before it, and so does one that begins with an apostrophe, which is
what makes it possible to take it off again.
"""

from __future__ import annotations

import json
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


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table.

    Args:
        table: columns of text, integer, float, date, boolean, or lists of text.
        path: the file to write.

    Raises:
        pyarrow.ArrowNotImplementedError: a column has a type that has no text form.
    """
    with path.open("wb") as file:
        file.write(BOM + ",".join(table.column_names).encode() + b"\r\n")
        for batch in table.to_batches(max_chunksize=ROWS_AT_A_TIME):
            lines = pc.binary_join_element_wise(*(_cells(column) for column in batch.columns), ",")
            if len(lines):
                file.write(("\r\n".join(lines.to_pylist()) + "\r\n").encode())


def read_csv(path: Path, schema: pa.Schema) -> pa.Table:
    """Read a table that `write_csv` wrote.

    Args:
        path: the file.
        schema: its columns, as the contract declares them.

    Returns:
        The table, equal to the one that was written.

    Raises:
        pyarrow.ArrowInvalid: the file does not fit the schema.
    """
    raw = arrow_csv.read_csv(
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
    if raw.column_names != schema.names:
        raise pa.ArrowInvalid(f"{path.name} has columns {raw.column_names}, not {schema.names}")
    return pa.table([_value(raw[field.name], field.type) for field in schema], schema)


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


def _value(column: pa.ChunkedArray, type_: pa.DataType) -> pa.ChunkedArray:
    """A column as it stood in the table."""
    if not pa.types.is_string(column.type):
        return column
    armed = pc.starts_with(column, "'")
    column = pc.if_else(armed, pc.utf8_slice_codeunits(column, 1), column)
    if pa.types.is_list(type_):
        return pa.chunked_array([[None if v is None else json.loads(v) for v in column.to_pylist()]], type_)
    return column
