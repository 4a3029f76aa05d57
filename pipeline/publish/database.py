"""A release as one DuckDB file, `xianqing.duckdb`: all tables and views, each column with its comment.

The file is not the same byte for byte when made again (DuckDB puts a random mark into its header), so it has
no part in the name of a release; its rows are those of the Parquet files. What the tables and views are is
said in `pipeline.contract`; asking questions of a release belongs in `opened`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.contract.relations import BATCH, MEMORY
from pipeline.contract.render.sql import create_table, create_views
from pipeline.contract.tables import Table

NAME = "xianqing.duckdb"


def create(folder: Path, specs: Sequence[Table]) -> Path:
    """Make the file with empty tables and the views over them.

    Args:
        folder: the release.
        specs: the tables it holds.

    Returns:
        The file.
    """
    path = folder / NAME
    with duckdb.connect(path) as db:
        for spec in specs:
            for statement in create_table(spec):
                db.execute(statement)
        for statement in create_views(specs):
            db.execute(statement)
    return path


def fill(folder: Path, spec: Table, rows: pa.Table | pa.RecordBatchReader) -> None:
    """Put the rows of a table into the file, in their order."""
    with duckdb.connect(folder / NAME, config={"threads": 1, "memory_limit": MEMORY}) as db:
        db.register("incoming", rows)
        db.execute(f'INSERT INTO "{spec.name}" SELECT * FROM incoming')


def read_database(folder: Path, spec: Table) -> Iterator[pa.RecordBatch]:
    """A table as the file gives it, some rows at a time.

    Raises:
        duckdb.Error: the file or the table is not there.
    """
    with duckdb.connect(folder / NAME, read_only=True, config={"memory_limit": MEMORY}) as db:
        yield from db.sql(f'SELECT * FROM "{spec.name}"').to_arrow_reader(BATCH)
