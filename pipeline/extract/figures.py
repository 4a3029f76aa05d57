"""Figures: a number with its unit, how it is meant, what it measures and when.

Puts together what `quantities` (number, qualifier, unit), `metrics` (what is measured) and `periods` (when) say
around one hit, and says what speaks against it.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pipeline.extract.metrics import measure
from pipeline.extract.periods import Period, find_periods
from pipeline.extract.quantities import Quantity, find_quantities, read_quantity
from pipeline.extract.units import unit_of

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_OPENING = 12  # code points; a period that stands so early governs its paragraph


@dataclass(frozen=True, slots=True)
class Figure:
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


def find_figures(
    text: str, published_on: dt.date | None = None, suspect_spans: Sequence[tuple[int, int, str]] = ()
) -> list[Figure]:
    """Find the figures of a text.

    Args:
        text: repaired text.
        published_on: the document's date, the anchor of 今年 and the like.
        suspect_spans: start, end and reason of spans that cannot be trusted.

    Returns:
        Figures in the order of the text.
    """
    periods = list(find_periods(text, published_on))
    figures: list[Figure] = []
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for number, group in groupby(find_quantities(text), key=lambda quantity: bisect_right(ends, quantity.start)):
        start, end = ends[number - 1], ends[min(number, len(ends) - 1)]
        sentence = text[start:end]
        own = list(group)
        spans = [(q.start - start, q.end - start, unit_of(q.unit).kind) for q in own]
        context = sentence.strip()
        for quantity, answer in zip(own, measure(sentence, spans), strict=True):
            period = _period_at(periods, text, quantity.start)
            for metric in dict.fromkeys((answer.metric, *answer.also)):
                found = replace(
                    _figure(text, quantity), metric=metric, per=answer.per, change=answer.change,
                    period_start=period.start, period_end=period.end, context=context,
                )  # fmt: skip
                reason = _doubt(found, suspect_spans)
                figures.append(replace(found, trust="suspect", trust_reason=reason) if reason else found)
    return figures


def reparse(surface: str) -> Figure | None:
    """Read a figure's surface by itself; None where it is no figure."""
    found = read_quantity(surface)
    return _figure(surface, found) if found else None


def implausible(row: Mapping[str, Any]) -> str | None:
    """Why no place could report this figure; None where one could.

    Args:
        row: a figure's columns by name.
    """
    top = max((row[name] for name in ("value", "lower", "upper") if row[name] is not None), default=0.0)
    if row["unit"] == "%" and row["change"] == "none" and top > 100 and "占" in (row["metric"] or ""):
        return "a share above 100 %"
    if row["kind"] == "money" and top > 2e14:
        return "more money than the country makes in a year"
    if row["kind"] == "count" and row["unit"] in ("人", "户", "名") and top > 1.5e9:
        return "more people than the country has"
    return None


def _figure(text: str, quantity: Quantity) -> Figure:
    unit = unit_of(quantity.unit)
    base = quantity.value * unit.factor if quantity.value is not None and unit.factor is not None else None
    return Figure(
        quantity.start, quantity.end, text[quantity.start : quantity.end], quantity.value, quantity.lower,
        quantity.upper, quantity.qualifier, quantity.unit, unit.kind, base, unit.base_unit,
    )  # fmt: skip


def _period_at(periods: Sequence[tuple[int, Period]], text: str, start: int) -> Period:
    """The period named last before a figure in its sentence, else the one that its paragraph opens with."""
    paragraph = text.rfind("\n", 0, start) + 1
    sentence = max((text.rfind(mark, paragraph, start) for mark in "。！？；;!?"), default=-1)
    named = [period for at, period in periods if max(sentence, paragraph - 1) < at < start]
    opening = [period for at, period in periods if paragraph <= at < min(start, paragraph + _OPENING)]
    return (named or opening or [Period(None, None)])[-1]


def _doubt(figure: Figure, suspects: Sequence[tuple[int, int, str]]) -> str | None:
    for start, end, reason in suspects:
        if start <= figure.end + 2 and figure.start - 2 <= end:
            return reason
    return implausible({name: getattr(figure, name) for name in ("value", "lower", "upper", "unit", "kind", "change", "metric")})
