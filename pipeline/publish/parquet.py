"""Tables as Parquet: `parquet/<table>/part-00000.parquet`, more parts where one would grow too large.

Made for reading over a network: row groups small enough to skip, with statistics and page indexes that say
what lies where, in an order that is written down in the file. The same rows give the same bytes. How steps
keep their own results belongs in `pipeline.engine.store`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract.relations import grouped

PART_BYTES = 512_000_000  # of values; the file is smaller
ROW_GROUP = 65_536  # rows at most
ROW_GROUP_BYTES = 32_000_000  # of values, so that long texts do not make a group that nobody wants to fetch whole


def write_parquet(
    rows: pa.Table | pa.RecordBatchReader, folder: Path, order: Sequence[str] = (), plain: Sequence[str] = ()
) -> list[Path]:
    """Write a table as parts; memory holds one row group.

    Args:
        rows: the table, sorted.
        folder: where the parts go; made if need be.
        order: the columns that the rows are sorted by, told to readers.
        plain: columns whose values hardly repeat, which a dictionary would not make smaller.

    Returns:
        The files written; one even of an empty table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    per_part = max(1, PART_BYTES // ROW_GROUP_BYTES)
    groups = grouped(rows.to_batches() if isinstance(rows, pa.Table) else rows, ROW_GROUP, ROW_GROUP_BYTES)
    files: list[Path] = []
    while (first := next(groups, None)) is not None or not files:
        path = folder / f"part-{len(files):05d}.parquet"
        with pq.ParquetWriter(
            path,
            rows.schema,
            compression="zstd",
            compression_level=9,
            use_dictionary=[name for name in _leaves(rows.schema) if name not in plain],
            write_page_index=True,
            sorting_columns=pq.SortingColumn.from_ordering(rows.schema, [(name, "ascending") for name in order]) or None,
        ) as writer:
            for group in chain([first] if first is not None else [], islice(groups, per_part - 1)):
                writer.write_table(group, row_group_size=group.num_rows)
        files.append(path)
    return files


def _leaves(schema: pa.Schema) -> list[str]:
    """The columns as Parquet names them."""
    return [f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name for field in schema]


def read_parquet(folder: Path, schema: pa.Schema) -> pa.Table:
    """Read a table's parts back as a whole, with the types that the contract declares; for small tables.

    Raises:
        FileNotFoundError: there are none.
    """
    found = sorted(folder.glob("part-*.parquet"))
    if not found:
        raise FileNotFoundError(f"{folder} holds no part-*.parquet; the release is not whole")
    return pa.concat_tables(pq.ParquetFile(path).read() for path in found).cast(schema)
