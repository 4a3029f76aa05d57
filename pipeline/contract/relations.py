"""Tables of any size, asked in SQL: rows in memory or Parquet files, side by side in one DuckDB connection.

What is asked of a whole collection (keys, links, a release) is asked here, so that memory is bounded by what DuckDB
may take and not by the collection; what does not fit goes to disk. Rows come out as batches, never as one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

MEMORY = "1GB"  # what one connection may take before it spills
BATCH = 1024  # rows that are in hand at once


@dataclass(frozen=True, slots=True)
class Relations:
    """Named tables.

    Args:
        db: an open connection that has them as tables or views.
        names: what they are called.
    """

    db: duckdb.DuckDBPyConnection
    names: tuple[str, ...]

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table], schema: str = "main") -> Relations:
        """Tables that are in memory already; the rows are copied.

        Args:
            tables: the rows.
            schema: the schema that has them; `schema.name` finds them.
        """
        relations = cls(connect(), tuple(tables))
        relations.db.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for name, rows in tables.items():
            relations.db.register("incoming", rows)
            relations.db.execute(f'CREATE TABLE {schema}."{name}" AS SELECT * FROM incoming')
            relations.db.unregister("incoming")
        return relations

    @classmethod
    def empty(cls, schemas: Mapping[str, pa.Schema]) -> Relations:
        """Tables without rows, to which rows can be appended."""
        return cls.of({name: schema.empty_table() for name, schema in schemas.items()})

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table that is in memory."""
        self.db.register("incoming", rows)
        self.db.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')
        self.db.unregister("incoming")

    @classmethod
    def of_files(cls, files: Mapping[str, Sequence[Path]], spill: Path | None = None) -> Relations:
        """Tables that lie in Parquet files, in the order of the files.

        Args:
            files: of each table, its files; one at least.
            spill: a folder for what does not fit into memory.

        Raises:
            duckdb.Error: a file is missing or damaged.
        """
        relations = cls(connect(spill), tuple(files))
        for name, paths in files.items():
            relations.db.execute(f'CREATE VIEW "{name}" AS {from_files(paths)}')
        return relations

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that a query gives; for few rows."""
        rows: list[tuple[Any, ...]] = self.db.execute(sql).fetchall()
        return rows

    def count(self, sql: str) -> int:
        """The one number that a query gives; nothing is 0."""
        ((number,),) = self.ask(sql)
        return int(number or 0)

    def schema(self, name: str) -> pa.Schema:
        """Columns and types of a table."""
        return self.db.sql(f'SELECT * FROM "{name}" LIMIT 0').to_arrow_table().schema

    def __getitem__(self, name: str) -> pa.RecordBatchReader:
        """The rows of a table, in their order, some at a time."""
        return self.batches(f'SELECT * FROM "{name}"')

    def batches(self, sql: str, schema: pa.Schema | None = None) -> pa.RecordBatchReader:
        """The rows that a query gives, `BATCH` at a time; the last batch may be shorter.

        Several may be read in turn: each has a cursor of its own.

        Args:
            sql: a query.
            schema: types to give the columns; those that DuckDB gives where none is said.
        """
        reader = self.db.cursor().sql(sql).to_arrow_reader(BATCH)
        schema = schema or reader.schema
        return pa.RecordBatchReader.from_batches(schema, regular(batch.cast(schema) for batch in reader))

    @contextmanager
    def steps(self, queries: Mapping[str, str]) -> Iterator[None]:
        """Tables on the way to another one, there for a while: each is made whole, and what does not fit goes to disk.

        A single query would hold the rows of all its joins in memory at once.

        Args:
            queries: names, and of what each is made: tables and views, earlier steps among them.
        """
        try:
            for name, sql in queries.items():
                self.db.execute(f'CREATE TABLE "{name}" AS {sql}')
            yield
        finally:
            for name in queries:
                self.db.execute(f'DROP TABLE IF EXISTS "{name}"')

    def rows(self, sql: str) -> Iterator[dict[str, Any]]:
        """The rows that a query gives, one by one."""
        for batch in self.batches(sql):
            yield from batch.to_pylist()


def connect(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory, of bounded size.

    Args:
        spill: a folder for what does not fit; made when it is needed. None keeps DuckDB's own choice.
    """
    db = duckdb.connect(config={"memory_limit": MEMORY})
    if spill is not None:
        spill.mkdir(parents=True, exist_ok=True)
        # Its own folder: two connections would write over each other's files. DuckDB makes and removes it.
        db.execute(f"SET temp_directory = {quoted(spill / uuid4().hex)}")
    return db


def from_files(paths: Iterable[str | Path]) -> str:
    """The query for the rows of some Parquet files, in their order."""
    return f"SELECT * FROM read_parquet([{', '.join(quoted(path) for path in paths)}])"


def regular(batches: Iterable[pa.RecordBatch], size: int = BATCH) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of `size`, whatever they came in; the last may be shorter, none is empty."""
    held: list[pa.RecordBatch] = []
    waiting = 0
    for batch in batches:
        at = 0
        while batch.num_rows - at >= size - waiting:
            held.append(batch.slice(at, size - waiting))
            at += size - waiting
            yield _whole(held)
            held, waiting = [], 0
        if at < batch.num_rows:
            held.append(batch.slice(at))
            waiting += batch.num_rows - at
    if held:
        yield _whole(held)


def grouped(batches: Iterable[pa.RecordBatch], rows: int, size: int) -> Iterator[pa.Table]:
    """The same rows in tables that are as large as they may be; one row at least. Equal rows are cut at equal places.

    Args:
        batches: the rows.
        rows: how many a group may have.
        size: how many bytes, counted by what the values hold.
    """
    held: list[pa.RecordBatch] = []
    n = weight = 0
    for batch in regular(batches, 128):
        heavy = _weight(batch)
        if held and (n + batch.num_rows > rows or weight + heavy > size):
            yield pa.Table.from_batches(held)
            held, n, weight = [], 0, 0
        held.append(batch)
        n, weight = n + batch.num_rows, weight + heavy
    if held:
        yield pa.Table.from_batches(held)


def _weight(batch: pa.RecordBatch) -> int:
    """Bytes of a batch's values, whatever lies around them in memory."""
    total = 0
    for column in batch.columns:
        if pa.types.is_list(column.type):
            column = pc.list_flatten(column)
        texts = pa.types.is_string(column.type)
        total += (pc.sum(pc.binary_length(column)).as_py() or 0) if texts else 8 * len(column)
    return total


def _whole(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    (batch,) = pa.Table.from_batches(batches).combine_chunks().to_batches()
    return batch


def quoted(value: str | Path) -> str:
    """A text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"
