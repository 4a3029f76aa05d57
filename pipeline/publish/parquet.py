"""Tables as Parquet: `parquet/<table>/part-00000.parquet`, more parts where one would grow too large.

The same rows give the same bytes. How steps keep their own results belongs in `pipeline.engine.store`.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PART_BYTES = 512_000_000  # of Arrow memory; the file is smaller
ROW_GROUP = 65_536


def write_parquet(rows: pa.Table, folder: Path) -> list[Path]:
    """Write a table as parts.

    Args:
        rows: the table, sorted.
        folder: where the parts go; made if need be.

    Returns:
        The files written; one even of an empty table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    per_part = max(1, rows.num_rows * PART_BYTES // max(rows.nbytes, PART_BYTES))
    files = []
    for n, start in enumerate(range(0, max(rows.num_rows, 1), per_part)):
        path = folder / f"part-{n:05d}.parquet"
        pq.write_table(rows.slice(start, per_part), path, compression="zstd", row_group_size=ROW_GROUP)
        files.append(path)
    return files


def read_parquet(folder: Path, schema: pa.Schema) -> pa.Table:
    """Read a table's parts back, with the types that the contract declares."""
    parts = [pq.ParquetFile(path).read() for path in sorted(folder.glob("part-*.parquet"))]
    if not parts:
        raise FileNotFoundError(f"{folder} holds no part-*.parquet; the release is not whole")
    return pa.concat_tables(parts).cast(schema)
