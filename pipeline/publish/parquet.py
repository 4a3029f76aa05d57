"""Tables as Parquet: `parquet/<table>/part-00000.parquet`, more parts where one would grow too large.

Made for reading over a network: row groups small enough to skip, with statistics and page indexes that say
what lies where, in an order that is written down in the file. The same rows give the same bytes. How steps
keep their own results belongs in `pipeline.engine.store`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PART_BYTES = 512_000_000  # of Arrow memory; the file is smaller
ROW_GROUP = 65_536  # rows at most
ROW_GROUP_BYTES = 32_000_000  # of Arrow memory, so that long texts do not make a group that nobody wants to fetch whole


def write_parquet(rows: pa.Table, folder: Path, order: Sequence[str] = (), plain: Sequence[str] = ()) -> list[Path]:
    """Write a table as parts.

    Args:
        rows: the table, sorted.
        folder: where the parts go; made if need be.
        order: the columns that the rows are sorted by, told to readers.
        plain: columns whose values hardly repeat, which a dictionary would not make smaller.

    Returns:
        The files written; one even of an empty table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    per_part = max(1, rows.num_rows * PART_BYTES // max(rows.nbytes, PART_BYTES))
    per_group = min(ROW_GROUP, max(1, rows.num_rows * ROW_GROUP_BYTES // max(rows.nbytes, 1)))
    files = []
    for n, start in enumerate(range(0, max(rows.num_rows, 1), per_part)):
        path = folder / f"part-{n:05d}.parquet"
        pq.write_table(
            rows.slice(start, per_part),
            path,
            compression="zstd",
            compression_level=9,
            row_group_size=per_group,
            use_dictionary=[name for name in _leaves(rows.schema) if name not in plain],
            write_page_index=True,
            sorting_columns=pq.SortingColumn.from_ordering(rows.schema, [(name, "ascending") for name in order]) or None,
        )
        files.append(path)
    return files


def _leaves(schema: pa.Schema) -> list[str]:
    """The columns as Parquet names them."""
    return [f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name for field in schema]


def read_parquet(folder: Path, schema: pa.Schema) -> pa.Table:
    """Read a table's parts back, with the types that the contract declares."""
    parts = [pq.ParquetFile(path).read() for path in sorted(folder.glob("part-*.parquet"))]
    if not parts:
        raise FileNotFoundError(f"{folder} holds no part-*.parquet; the release is not whole")
    return pa.concat_tables(parts).cast(schema)
