"""What must hold of a release before it is swapped in: readers get what was meant, and no less than before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from pipeline.contract.checks import Check, Tables, Tally, Verdict, error
from pipeline.contract.conformance import contract_checks
from pipeline.contract.tables import Table
from pipeline.publish.changes import ROWS, broken_promises, moved
from pipeline.publish.csv import read_csv
from pipeline.publish.database import read_database
from pipeline.publish.parquet import read_parquet

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
        tables: their rows, as they were meant.
        previous: the last release, None for the first.
    """

    folder: Path
    specs: tuple[Table, ...]
    tables: Tables
    previous: Path | None

    @cached_property
    def on_disk(self) -> Tables:
        """The tables as they were written."""
        return {
            spec.name: read_parquet(self.folder / "parquet" / spec.name, spec.arrow)
            for spec in self.specs
            if spec.name in self.tables
        }


Read = Callable[[Path, Table], pa.Table]


def by_pandas(folder: Path, spec: Table) -> pa.Table:
    """A table as pandas reads it."""
    frame = pd.read_parquet(folder / "parquet" / spec.name, dtype_backend="pyarrow")
    return pa.Table.from_pandas(frame, preserve_index=False)


def by_duckdb(folder: Path, spec: Table) -> pa.Table:
    """A table as DuckDB reads it."""
    with duckdb.connect() as db:
        return db.read_parquet(str(folder / "parquet" / spec.name / "*.parquet")).to_arrow_table()


def by_polars(folder: Path, spec: Table) -> pa.Table:
    """A table as polars reads it."""
    return pl.read_parquet(folder / "parquet" / spec.name / "*.parquet").to_arrow()


def from_csv(folder: Path, spec: Table) -> pa.Table:
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
        wrong = 0
        for spec in candidate.specs:
            if spec.name in candidate.tables:
                want = candidate.tables[spec.name]
                try:
                    wrong += not read(candidate.folder, spec).cast(want.schema).equals(want)
                except (pa.ArrowInvalid, ValueError, OSError, duckdb.Error, pl.exceptions.PolarsError):
                    wrong += 1
        return Tally(wrong, len(candidate.tables))

    return look


def shrinkage(candidate: Candidate) -> Tally:
    """Figures and mentions that the last release had of documents in both, and this one has not."""
    if candidate.previous is None:
        return Tally(0, 0)
    before = {
        name: by_pandas(candidate.previous, spec)
        for spec in candidate.specs
        if (name := spec.name) in ("documents", "figures", "mentions")
    }
    both = set(before["documents"]["doc_id"].to_pylist()) & set(candidate.tables["documents"]["doc_id"].to_pylist())
    lost = had = 0
    for name in ("figures", "mentions"):
        old = sum(doc_id in both for doc_id in before[name]["doc_id"].to_pylist())
        new = sum(doc_id in both for doc_id in candidate.tables[name]["doc_id"].to_pylist())
        lost, had = lost + max(0, old - new), had + old
    return Tally(lost, had)


def moves(candidate: Candidate) -> Tally:
    """Measures that moved beyond their bounds since the last release."""
    if candidate.previous is None:
        return Tally(0, 0)
    return Tally(len(moved(candidate.previous, candidate.tables)), len(ROWS) + 2)


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
