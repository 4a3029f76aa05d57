"""A quantity as read from text, and a figure: a quantity with what it measures and when.

Named tuples, since a page of statistics makes hundreds of them: they are made three times as fast as frozen dataclasses.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Quantity(NamedTuple):
    """A quantity; value, bounds, qualifier and unit as in the contract's table `figures`."""

    start: int
    end: int
    value: float | None
    lower: float | None
    upper: float | None
    qualifier: str
    unit: str


class Figure(NamedTuple):
    """One figure; names, units and meaning as in the contract's table `figures`."""

    start: int
    end: int
    surface: str
    value: float | None
    lower: float | None
    upper: float | None
    qualifier: str
    unit: str
    kind: str
    base_value: float | None
    base_unit: str | None
    metric: str | None = None
    per: str | None = None
    change: str = "none"
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    context: str = ""
    trust: str = "sound"
    trust_reason: str | None = None
    named_from: int = 0  # where the text begins in which a name says whose figure this is
    whole: str | None = None  # the level of the place that 全省, 全市 or 全县 spoke of last
    said_at: int | None = None  # where 该村 or 公司 went back to something named before
    said_sort: str | None = None  # and to what sort of thing
