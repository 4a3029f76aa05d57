"""The units that figures are counted in: kind of quantity, base unit, factor. The table itself is data.

To add a unit, add a row to `pipeline/reference/units/units.tsv`. How a number stands before its unit
belongs in `pipeline.extract.figures`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parents[1] / "reference" / "units" / "units.tsv"
_ALIASES = {"％": "%", "个百分点": "百分点"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Args:
        name: as written.
        kind: kind of quantity, a value of the contract.
        base_unit: what it converts to; None where it does not (currencies, temperatures).
        factor: how many base units it is.
        chinese: whether a Chinese numeral before it counts (六个) rather than names (四支队伍).
    """

    name: str
    kind: str
    base_unit: str | None
    factor: float | None
    chinese: bool


@cache
def units() -> dict[str, Unit]:
    """All units by name."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["unit"]: Unit(
                row["unit"],
                row["kind"],
                row["base_unit"] or None,
                float(row["factor"]) if row["factor"] else None,
                row["chinese"] == "yes",
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


def unit_of(name: str) -> Unit:
    """A unit by name; one that is not in the table counts something by itself."""
    name = _ALIASES.get(name, name)
    found = units().get(name)
    if found:
        return found
    head = name.split("/")[0]
    kind = "other" if "/" in name else units()[head].kind if head in units() else "count"
    return Unit(name, kind, None if kind == "other" else "1", None if kind == "other" else 1.0, False)


def known_unit(name: str) -> bool:
    """Whether each part of a unit (元/亩) is in the table."""
    return all(part in units() for part in _ALIASES.get(name, name).split("/"))
