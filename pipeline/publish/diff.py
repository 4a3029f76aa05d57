"""Two releases side by side: rows and columns that were added, removed or changed, matched by key.

Whether a difference is allowed belongs in `changes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.contract.relations import connect
from pipeline.contract.tables import Table
from pipeline.publish.opened import dataset, declared


@dataclass(frozen=True, slots=True)
class TableDiff:
    """How a table differs between two releases.

    Args:
        table: its name.
        rows: how many it has in each.
        added, removed, changed: rows by key; a changed row has its key in both and another value somewhere.
        columns_added, columns_removed: names.
        changed_in: of the changed rows, in how many each column differs.
        examples: up to a few keys of each kind.
    """

    table: str
    rows: tuple[int, int]
    added: int
    removed: int
    changed: int
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    changed_in: dict[str, int]
    examples: dict[str, list[tuple[object, ...]]]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed or self.columns_added or self.columns_removed)


def diff(before: Path, after: Path, *, examples: int = 3, told: Callable[[str], None] = lambda _: None) -> list[TableDiff]:
    """Compare two releases.

    Args:
        before, after: the releases, as `opened.find` gives them.
        examples: how many keys of each kind to show.
        told: hears the name of each table before it is compared.

    Returns:
        One difference a table, in the contract's order.

    Raises:
        NotARelease: one of them lacks a table.
    """
    old, new = ({spec.name: spec for spec in declared(release)} for release in (before, after))
    found = []
    for name, spec in new.items():
        told(name)
        with connect() as db:
            db.register("a", dataset(before, old[name]))
            db.register("b", dataset(after, spec))
            found.append(_compare(db, spec, examples))
    return found


def _compare(db: duckdb.DuckDBPyConnection, spec: Table, examples: int) -> TableDiff:
    columns = [[row[0] for row in db.sql(f"DESCRIBE {side}").fetchall()] for side in "ab"]
    shared = [name for name in columns[1] if name in columns[0]]
    key = [name for name in spec.primary_key if name in shared]
    values = [name for name in shared if name not in key]
    joined = "a FULL JOIN b ON " + " AND ".join(f"{_col('a', name)} = {_col('b', name)}" for name in key)
    differs = {name: f"({_col('a', name)} IS DISTINCT FROM {_col('b', name)})" for name in values}
    kinds = {
        "added": f"{_col('a', key[0])} IS NULL",
        "removed": f"{_col('b', key[0])} IS NULL",
        "changed": f"{_col('a', key[0])} IS NOT NULL AND {_col('b', key[0])} IS NOT NULL AND ({' OR '.join(differs.values())})",
    }
    counts = [f"count(*) FILTER ({where})" for where in kinds.values()]
    counts += [f"count(*) FILTER ({kinds['changed']} AND {condition})" for condition in differs.values()]
    (row,) = db.sql(f"SELECT {', '.join(counts)} FROM {joined}").fetchall()
    added, removed, changed, *changed_in = row
    keys = ", ".join(f"coalesce({_col('a', k)}, {_col('b', k)})" for k in key)
    shown = {
        kind: db.sql(f"SELECT {keys} FROM {joined} WHERE {where} ORDER BY ALL LIMIT {examples}").fetchall()
        for (kind, where), n in zip(kinds.items(), (added, removed, changed), strict=True)
        if n
    }
    return TableDiff(
        spec.name,
        (_count(db, "a"), _count(db, "b")),
        added,
        removed,
        changed,
        tuple(name for name in columns[1] if name not in columns[0]),
        tuple(name for name in columns[0] if name not in columns[1]),
        {name: n for name, n in zip(values, changed_in, strict=True) if n},
        shown,
    )


def _col(side: str, name: str) -> str:
    return f'{side}."{name}"'


def _count(db: duckdb.DuckDBPyConnection, side: str) -> int:
    return int(db.sql(f"SELECT count(*) FROM {side}").fetchall()[0][0])
