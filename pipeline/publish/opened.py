"""A release as its readers open it: which tables it holds, and a DuckDB connection that can only read them.

Looking whether it is whole belongs in `verify`; setting two side by side in `diff`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipeline.contract.render.sql import create_views
from pipeline.contract.tables import PUBLISHED, Table


class NotARelease(Exception):
    """The folder does not hold a release."""


def parts(release: Path, name: str) -> list[Path]:
    """The Parquet files of a table, in order; none where the release does not have it."""
    return sorted((release / "parquet" / name).glob("part-*.parquet"))


def find(folder: str | Path) -> Path:
    """The release that someone means by a folder: the release itself, or an output folder that has a `latest`.

    Raises:
        NotARelease: it is neither.
    """
    given = Path(folder)
    for candidate in (given, given / "latest"):
        if parts(candidate, "documents"):
            return candidate.resolve()
    what = "is not there" if not given.exists() else "has no parquet/documents"
    raise NotARelease(f"{given} {what}; is it a release? `xianqing run` makes one, output/latest is its usual place")


def declared(release: Path) -> tuple[Table, ...]:
    """The tables as this release declares them: all of their columns, or the facts alone.

    Raises:
        NotARelease: it lacks a table.
    """
    lacking = [spec.name for spec in PUBLISHED if not parts(release, spec.name)]
    if lacking:
        raise NotARelease(f"{release} lacks parquet/{lacking[0]}; the release is not whole")
    whole = "text" in pq.read_schema(parts(release, "documents")[0]).names
    return PUBLISHED if whole else tuple(spec.without_source_text() for spec in PUBLISHED)


@contextmanager
def reading(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the release's tables and the contract's views can be asked, and nothing else.

    Rows are read from Parquet as they are asked for. No file can be read or written and no setting changed, so
    that a query of unknown origin does no harm.

    Args:
        release: as `find` gives it.

    Raises:
        NotARelease: it lacks a table.
    """
    specs = declared(release)
    with duckdb.connect() as db:
        for spec in specs:
            db.register(spec.name, dataset(release, spec))
        for statement in create_views(specs, temporary=True):
            db.execute(statement)
        db.execute("SET enable_external_access = false")
        db.execute("SET lock_configuration = true")
        yield db


def dataset(release: Path, spec: Table) -> ds.Dataset:
    """A table of a release, unread."""
    return ds.dataset([str(path) for path in parts(release, spec.name)], format="parquet")


def row_counts(release: Path, names: Iterable[str]) -> dict[str, int]:
    """How many rows each of these tables has."""
    return {name: sum(pq.read_metadata(path).num_rows for path in parts(release, name)) for name in names}
