"""How far a release may move from the last one before a person must say that it is right.

The bounds are declared here. A release beyond them is refused unless it is published with a reason, which then
stands in it. Whether a release is sound in itself belongs in `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.contract.relations import Relations
from pipeline.contract.tables import PUBLISHED, Table
from pipeline.publish.opened import parts


@dataclass(frozen=True, slots=True)
class Bound:
    """How far one measure may move.

    Args:
        fall, rise: shares of the last release's value (0.2 is a fifth); of the documents, for a share of damage.
        least: a move of fewer units than this never counts: small collections jump about.
    """

    fall: float
    rise: float
    least: int


ROWS: Mapping[str, Bound] = {
    "documents": Bound(0.2, 2.0, 20),
    "repairs": Bound(0.4, 4.0, 200),
    "entities": Bound(0.3, 3.0, 100),
    "mentions": Bound(0.3, 3.0, 200),
    "figures": Bound(0.3, 3.0, 100),
    "quarantine": Bound(1.0, 2.0, 20),
}
COUNTIES = Bound(0.1, 2.0, 5)
DAMAGE = Bound(0.2, 0.2, 10)


def measure(release: Relations) -> dict[str, float]:
    """What is bounded, of one release: rows a table, counties covered, documents that each damage class touches."""
    measured = {f"rows of {name}": float(release.count(f'SELECT count(*) FROM "{name}"')) for name in ROWS}
    measured["counties"] = float(release.count("SELECT count(DISTINCT county_code) FROM documents"))
    for name, n in release.ask("SELECT unnest(damage) AS name, count(*) FROM documents GROUP BY name"):
        measured[f"damage {name}"] = float(n)
    return measured


def moved(previous: Path, release: Relations) -> list[str]:
    """What moved beyond its bound since the last release, one sentence each.

    Args:
        previous: the last release.
        release: the tables of the new one.
    """
    before = measure(Relations.of_files({name: parts(previous, name) for name in ROWS}))
    after = measure(release)
    found = [
        f"rows of {name} went from {before[f'rows of {name}']:,.0f} to {after[f'rows of {name}']:,.0f}"
        for name, bound in ROWS.items()
        if _beyond(before[f"rows of {name}"], after[f"rows of {name}"], bound)
    ]
    if _beyond(before["counties"], after["counties"], COUNTIES):
        found.append(f"counties covered went from {before['counties']:,.0f} to {after['counties']:,.0f}")
    then, now = before["rows of documents"], after["rows of documents"]
    for name in sorted(key for key in before.keys() | after.keys() if key.startswith("damage ")):
        old, new = before.get(name, 0.0) / max(then, 1.0), after.get(name, 0.0) / max(now, 1.0)
        if not -DAMAGE.fall <= new - old <= DAMAGE.rise and abs(new - old) * min(then, now) >= DAMAGE.least:
            found.append(f"documents with {name} went from {old:.0%} to {new:.0%}")
    return found


def broken_promises(previous: Path, specs: Sequence[Table]) -> list[str]:
    """Columns of the last release that this one no longer has, or has with another type; one sentence each.

    Those that only a release of facts leaves out are not counted.
    """
    theirs = {spec.name: {f.name for f in spec.fields if f.source_text} for spec in PUBLISHED}
    ours = {spec.name: spec for spec in specs}
    found = []
    for folder in sorted((previous / "parquet").iterdir()):
        held = parts(previous, folder.name)
        if not held:
            continue
        if folder.name not in ours:
            found.append(f"table {folder.name} is gone")
            continue
        spec = ours[folder.name]
        for field in pq.read_schema(held[0]):
            if field.name not in spec.columns:
                if field.name not in theirs[folder.name]:
                    found.append(f"column {folder.name}.{field.name} is gone")
            elif spec.column(field.name).type != field.type:
                found.append(f"column {folder.name}.{field.name} was {field.type} and is {spec.column(field.name).type}")
    return found


def _beyond(before: float, after: float, bound: Bound) -> bool:
    moved_enough = abs(after - before) >= bound.least
    return moved_enough and (after < before * (1 - bound.fall) or after > before * (1 + bound.rise))
