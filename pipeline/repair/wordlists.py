"""Reads the word lists of repair that ship in `pipeline/reference`.

Only reading belongs here; what a list means is said in the module that uses it and in the README beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_REFERENCE = Path(__file__).resolve().parents[1] / "reference"


@cache
def rows(topic: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `pipeline/reference/<topic>/<name>`: tab-separated; blank lines and `#` lines are left out."""
    text = (_REFERENCE / topic / name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(topic: str, name: str) -> tuple[str, ...]:
    """The first column of a list."""
    return tuple(row[0] for row in rows(topic, name))


def any_of(choices: Iterable[str]) -> str:
    """A regular expression for one of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(choices), key=lambda word: (-len(word), word)))
