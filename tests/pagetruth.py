"""Whole pages with every line named, and how what was read off them is held against that.

The format is told in `tests/page_truth/README.md`. Texts are compared as the project's score does: after folding width and
dropping white space.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.repair.page import Page, read_page

FOLDER = Path(__file__).resolve().parent / "page_truth"
COLUMNS = ("title", "subtitle", "published_on", "publisher", "section", "authors", "editors")


@dataclass(frozen=True, slots=True)
class PageTruth:
    """A raw page and what is to be read off it; `leaks` are the lines that must not be in the text."""

    name: str
    raw: str
    body: tuple[str, ...]
    leaks: tuple[str, ...]
    right: dict[str, list[str | None]]
    names: dict[str, tuple[set[str], set[str]]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read off one page, held against its truth."""

    wanted: int
    wrong: int
    leaked: tuple[str, ...]
    lost: tuple[str, ...]
    columns: dict[str, bool]
    errors: tuple[str, ...]


@cache
def read(folder: Path = FOLDER) -> tuple[PageTruth, ...]:
    """Every page of a folder, by name."""
    return tuple(_parse(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json")))


def compare(truth: PageTruth, page: Page | None = None) -> Verdict:
    """Hold a page (read from the raw text, if not given) against its truth."""
    page = page or read_page(truth.raw)
    got, want = fold(page.repaired.text), fold("".join(truth.body))
    wrong = distance(got, want)
    leaked = tuple(line for line in truth.leaks if len(fold(line)) > 2 and fold(line) in got and fold(line) not in want)
    lost = tuple(line for line in truth.body if fold(line) not in got)
    said: dict[str, str | None] = {
        "title": page.title,
        "subtitle": page.subtitle,
        "published_on": page.published_on.isoformat() if page.published_on else None,
        "publisher": page.publisher,
        "section": page.section,
    }
    columns = {name: any(fold(value) == fold(right) for right in truth.right[name]) for name, value in said.items()}
    for name, value in (("authors", page.author), ("editors", page.editor)):
        required, optional = truth.names[name]
        found = {fold(one) for one in (value or "").split("、") if one}
        columns[name] = required <= found <= required | optional
        said[name] = value
    errors = [f"{truth.name}: {wrong} characters of {len(want)}"] if wrong else []
    errors += [f"{truth.name}: leaked {line!r}" for line in leaked] + [f"{truth.name}: lost {line!r}" for line in lost]
    errors += [
        f"{truth.name}: {name} {said[name]!r} for {truth.right.get(name, truth.names.get(name))!r}"
        for name in COLUMNS
        if not columns[name]
    ]
    return Verdict(len(want), wrong, leaked, lost, columns, tuple(errors))


def totals(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """Character error rate, exact texts, lines leaked and lost, and the share of each column that is right."""
    every = list(verdicts)
    return {
        "cer": sum(one.wrong for one in every) / max(1, sum(one.wanted for one in every)),
        "exact": sum(not one.wrong for one in every) / max(1, len(every)),
        "leaked": float(sum(len(one.leaked) for one in every)),
        "lost": float(sum(len(one.lost) for one in every)),
    } | {name: sum(one.columns[name] for one in every) / max(1, len(every)) for name in COLUMNS}


def fold(text: str | None) -> str:
    """Fold width and quotes, unify dashes, drop white space."""
    table = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "－": "-", "…": "."})
    return "".join(unicodedata.normalize("NFKC", text or "").translate(table).split())


def distance(one: str, other: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def _parse(case: dict[str, object]) -> PageTruth:
    lines = case["lines"]
    assert isinstance(lines, list)
    right = {name: _listed(case[name]) for name in COLUMNS[:5]}
    names: dict[str, tuple[set[str], set[str]]] = {}
    for name in COLUMNS[5:]:
        optional = {fold(one) for one in _listed(case[f"{name}_optional"]) if one}
        names[name] = {fold(one) for one in _listed(case[name]) if one} - optional, optional
    return PageTruth(
        name=str(case["name"]),
        raw="\n".join(line[1] for line in lines),
        body=tuple(line[-1] for line in lines if line[0] == "body"),
        leaks=tuple(line[-1] for line in lines if line[0] not in ("body", "blank")),
        right=right,
        names=names,
    )


def _listed(value: object) -> list[str | None]:
    return value if isinstance(value, list) else [value if value is None else str(value)]


if __name__ == "__main__":
    verdicts = [compare(truth) for truth in read() if truth.name.startswith(sys.argv[1] if sys.argv[1:] else "")]
    print(*(error for one in verdicts for error in one.errors), sep="\n")
    print({name: round(value, 4) for name, value in totals(verdicts).items()})
