"""What must hold of a release before it is swapped in: readers get what was meant, and no less than before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from pipeline.contract.checks import Check, Tally, Verdict, error
from pipeline.contract.conformance import contract_checks
from pipeline.contract.relations import BATCH, Relations, connect, regular
from pipeline.contract.render.sql import select
from pipeline.contract.tables import Table
from pipeline.publish.changes import ROWS, broken_promises, moved
from pipeline.publish.csv import read_csv
from pipeline.publish.database import read_database
from pipeline.publish.opened import parts

# Rows that may go missing, of documents that both releases hold, without a reason given.
SHRINKAGE = 0.2
# Checks whose failure may be right, when a publisher gives the reason.
ACCEPTABLE = frozenset({"shrinkage", "moved"})


@dataclass(frozen=True)
class Candidate:
    """A release that is built and not yet published.

    Args:
        folder: where it lies.
        specs: the tables it holds, as declared.
        meant: their rows, as they were meant; all but `quality`.
        previous: the last release, None for the first.
    """

    folder: Path
    specs: tuple[Table, ...]
    meant: Relations
    previous: Path | None

    @cached_property
    def on_disk(self) -> Relations:
        """The tables as they were written."""
        return Relations.of_files({name: parts(self.folder, name) for name in self.meant.names})

    def want(self, spec: Table) -> pa.RecordBatchReader:
        """The rows of a table, as they were meant."""
        return self.meant.batches(select(spec), spec.arrow)


Read = Callable[[Path, Table], Iterable[pa.RecordBatch]]


def by_pandas(folder: Path, spec: Table) -> Iterator[pa.RecordBatch]:
    """A table as pandas reads it."""
    for path in parts(folder, spec.name):
        frame = pd.read_parquet(path, dtype_backend="pyarrow")
        yield from pa.Table.from_pandas(frame, preserve_index=False).to_batches()


def by_duckdb(folder: Path, spec: Table) -> Iterator[pa.RecordBatch]:
    """A table as DuckDB reads it."""
    with connect() as db:
        yield from db.read_parquet(str(folder / "parquet" / spec.name / "*.parquet")).to_arrow_reader(BATCH)


def by_polars(folder: Path, spec: Table) -> Iterator[pa.RecordBatch]:
    """A table as polars reads it."""
    for path in parts(folder, spec.name):
        yield from pl.read_parquet(path).to_arrow().to_batches()


def from_csv(folder: Path, spec: Table) -> Iterator[pa.RecordBatch]:
    """A table as its CSV gives it."""
    return read_csv(folder / "csv" / f"{spec.name}.csv", spec.arrow)


READERS: dict[str, Read] = {
    "pandas": by_pandas,
    "duckdb": by_duckdb,
    "polars": by_polars,
    "csv": from_csv,
    "database": read_database,
}


def reads_back(read: Read) -> Callable[[Candidate], Tally]:
    """Tables that a reader does not get as they were meant."""

    def look(candidate: Candidate) -> Tally:
        wrong = seen = 0
        for spec in candidate.specs:
            if spec.name in candidate.meant.names:
                seen += 1
                try:
                    wrong += not _same(candidate.want(spec), read(candidate.folder, spec))
                except (pa.ArrowInvalid, ValueError, OSError, duckdb.Error, pl.exceptions.PolarsError):
                    wrong += 1
        return Tally(wrong, seen)

    return look


def _same(want: pa.RecordBatchReader, got: Iterable[pa.RecordBatch]) -> bool:
    """Whether the same rows come in the same order."""
    theirs = regular(batch.cast(want.schema) for batch in got)
    return all(a is not None and b is not None and a.equals(b) for a, b in zip_longest(want, theirs))


# Of the documents that both releases hold, how many rows less each has now.
_LOST = """
    WITH shared AS (SELECT doc_id FROM documents INTERSECT SELECT doc_id FROM documents_before),
    old AS (SELECT count(*) AS n FROM {name}_before SEMI JOIN shared USING (doc_id)),
    new AS (SELECT count(*) AS n FROM {name} SEMI JOIN shared USING (doc_id))
    SELECT greatest(0, old.n - new.n), old.n FROM old, new
"""


def shrinkage(candidate: Candidate) -> Tally:
    """Figures and mentions that the last release had of documents in both, and this one has not."""
    if candidate.previous is None:
        return Tally(0, 0)
    files = {}
    for name in ("documents", "figures", "mentions"):
        files[name] = parts(candidate.folder, name)
        files[f"{name}_before"] = parts(candidate.previous, name)
    both = Relations.of_files(files)
    return sum((Tally(*both.ask(_LOST.format(name=name))[0]) for name in ("figures", "mentions")), Tally(0, 0))


def moves(candidate: Candidate) -> Tally:
    """Measures that moved beyond their bounds since the last release."""
    if candidate.previous is None:
        return Tally(0, 0)
    return Tally(len(moved(candidate.previous, candidate.meant)), len(ROWS) + 2)


def promises(candidate: Candidate) -> Tally:
    """Columns of the last release that are gone or of another type."""
    if candidate.previous is None:
        return Tally(0, 0)
    return Tally(len(broken_promises(candidate.previous, candidate.specs)), len(candidate.specs))


def accept(verdict: Verdict, reason: str | None) -> Verdict:
    """The same verdict; where it is one that a publisher may accept, and has, it stops nothing and says why."""
    if reason is None or verdict.passed or verdict.check.name not in ACCEPTABLE:
        return verdict
    check = replace(
        verdict.check, severity="warning", blocking=False, description=f"{verdict.check.description}; accepted: {reason}"
    )
    return replace(verdict, check=check)


def release_checks(specs: tuple[Table, ...]) -> tuple[Check, ...]:
    """The checks of a release that holds these tables."""
    facts = tuple(spec for spec in specs if spec.name != "quality")

    def on_tables(check: Check) -> Check:
        look = check.look

        def read_and_look(candidate: Candidate) -> Tally:
            return look(candidate.on_disk)

        return replace(check, look=read_and_look)

    return (
        *(
            error("release", f"reads_back_{name}", f"every table reads back as it was meant: {name}", reads_back(read))
            for name, read in READERS.items()
        ),
        *(on_tables(check) for check in contract_checks("release", facts)),
        Check(
            "release",
            "shrinkage",
            "error",
            True,
            "share",
            SHRINKAGE,
            "documents that were in the last release have not lost their figures and mentions",
            shrinkage,
        ),
        error("release", "moved", "rows, counties and damage have not moved beyond their bounds since the last release", moves),
        error("release", "promises", "every column of the last release is still there, with its type", promises),
    )
