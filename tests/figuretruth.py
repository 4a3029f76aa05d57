"""Texts with every figure marked in place, and how found figures are held against them.

A figure is marked as `{surface|value unit|metric/other metric|change|optional}`; before the value stands how it
is meant (`>` more than, `>=` at least, `<`, `<=`, `~` nearly, `≈` about), `1..2` is a range, and the unit `none` says
that there is none. Further parts say `at=2024-01-01..2024-06-30`, `per=人均`, `kind=area`, `trust=suspect`. The first
line of a file holds the day of publication. Marks are compared like the project's score: value or bounds, unit and
kind of qualifier must agree, each figure is used once, and what is optional is neither asked for nor charged (nor,
where its value is left out, read in any one way).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract.figures import Figure

FOLDER = Path(__file__).resolve().parent / "figure_truth"
_MARK = re.compile(r"\{([^{}|]+)\|([^{}]*)\}")
_SIGNS = {">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most", "~": "nearly", "≈": "about", "": "exact"}
_ALIKE = ({"more_than", "at_least"}, {"less_than", "at_most"}, {"nearly", "about"}, {"exact"}, {"range"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked figure; start and end in the text without marks."""

    start: int
    end: int
    surface: str
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    qualifier: str
    metrics: tuple[str, ...]
    change: str
    optional: bool
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks, the day it was published, and the marks."""

    name: str
    published_on: dt.date | None
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many figures were asked for and found, and what went wrong."""

    wanted: int
    found: int
    hit: int
    metric_hit: int
    errors: tuple[str, ...]

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            self.wanted + other.wanted,
            self.found + other.found,
            self.hit + other.hit,
            self.metric_hit + other.metric_hit,
            self.errors + other.errors,
        )

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / (self.found + self.wanted) if self.hit else 0.0

    @property
    def metric(self) -> float:
        """Share of the hits whose metric is right."""
        return self.metric_hit / self.hit if self.hit else 0.0


def read(path: Path) -> MarkedText:
    """Read one marked text.

    Raises:
        ValueError: a mark is not written as it must be.
    """
    head, _, body = path.read_text("utf-8").partition("\n")
    return parse(path.stem, body, dt.date.fromisoformat(head.lstrip("# ")))


def parse(name: str, marked: str, published_on: dt.date | None = None) -> MarkedText:
    """Take the marks out of a text.

    Raises:
        ValueError: a mark is not written as it must be.
    """
    text, marks, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        marks.append(_mark(len(text), match[1], match[2].split("|")))
        text += match[1]
        at = match.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise ValueError(f"{name}: a mark is not closed near {text[max(0, text.find('{')) :][:30]!r}")
    return MarkedText(name, published_on, text, tuple(marks))


def rewritten(path: Path, change: Callable[[str], str]) -> MarkedText:
    """A marked text whose words, but not what the marks say, are written another way."""
    body = path.read_text("utf-8").partition("\n")[2]
    changed, at = "", 0
    for match in _MARK.finditer(body):
        changed += f"{change(body[at : match.start()])}{{{change(match[1])}|{match[2]}}}"
        at = match.end()
    return parse(path.stem, changed + change(body[at:]))


def _mark(start: int, surface: str, parts: list[str]) -> Mark:
    optional = parts[-1] == "optional"
    rest = tuple(part for part in parts if re.match(r"[a-z]+=", part))
    parts = [*(part for part in parts if part not in rest and part != "optional"), "", ""]
    if optional and not parts[0]:
        parts[0] = "0 any"
    value = re.fullmatch(r"([<>]=?|[~≈]|)(-?[\d.]+?)(?:\.\.([\d.]+))? (\S+)", parts[0])
    if not value or (not parts[1] and not optional):
        raise ValueError(f"a mark says value, unit and metric: {surface}|{'|'.join(parts)}")
    sign, first, upper, unit = value.groups()
    low = float(first)
    return Mark(
        start, start + len(surface), surface, None if upper else low, low if upper else None, float(upper) if upper else None,
        "" if unit == "none" else unit,
        "range" if upper else _SIGNS[sign], tuple(parts[1].split("/")), parts[2] or "none", optional, rest,
    )  # fmt: skip


def compare(truth: MarkedText, figures: list[Figure]) -> Verdict:
    """Hold the figures found in a text against its marks."""
    used: set[int] = set()
    errors: list[str] = []
    hit = metric_hit = optional_used = 0
    for mark in sorted(truth.marks, key=lambda mark: mark.optional):
        fits = [n for n, figure in enumerate(figures) if n not in used and _same(mark, figure)]
        fits.sort(key=lambda n: (not _named(mark, figures[n]), abs(figures[n].start - mark.start)))
        if not fits:
            if not mark.optional:
                errors.append(f"missed {truth.name}: {mark.surface} {mark.metrics[0]}")
            continue
        used.add(fits[0])
        if mark.optional:
            optional_used += 1
            continue
        hit += 1
        figure = figures[fits[0]]
        metric_hit += _named(mark, figure)
        if not _named(mark, figure):
            errors.append(f"metric {truth.name}: {mark.surface} wants {'/'.join(mark.metrics)}, got {figure.metric!r}: "
                          f"{truth.text[max(0, mark.start - 40) : mark.end + 15]!r}")  # fmt: skip
        elif mark.change != figure.change and mark.change != "none":
            errors.append(f"change {truth.name}: {mark.surface} {figure.metric} wants {mark.change}, got {figure.change}")
        said = {name: part for part in mark.rest for name in (part.partition("=")[0],)}
        found = {
            "at": f"at={figure.period_start or ''}..{figure.period_end or ''}",
            "per": f"per={figure.per or ''}",
            "trust": f"trust={figure.trust}",
            "kind": f"kind={figure.kind}",
        }
        errors += [
            f"{name} {truth.name}: {mark.surface} wants {said[name]}, got {found[name]}"
            for name in said
            if said[name] != found[name]
        ]
    for n, figure in enumerate(figures):
        if n not in used:
            errors.append(f"extra {truth.name}: {figure.surface} {figure.qualifier} {figure.unit} {figure.metric!r}: "
                          f"{truth.text[max(0, figure.start - 20) : figure.end + 10]!r}")  # fmt: skip
    wanted = sum(not mark.optional for mark in truth.marks)
    return Verdict(wanted, len(figures) - optional_used, hit, metric_hit, tuple(errors))


def _named(mark: Mark, figure: Figure) -> bool:
    return any(metric in (figure.metric or "") for metric in mark.metrics)


def _same(mark: Mark, figure: Figure) -> bool:
    if mark.unit == "any":
        return figure.surface in mark.surface
    if mark.unit != figure.unit or not any({mark.qualifier, figure.qualifier} <= alike for alike in _ALIKE):
        return False
    if mark.qualifier == "range":
        return _near(mark.lower, figure.lower) and _near(mark.upper, figure.upper)
    return _near(mark.value, figure.value)


def _near(wanted: float | None, found: float | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return abs(wanted - found) <= 1e-6 * max(1.0, abs(wanted))
