"""Reads the word lists that ship in `pipeline/reference`, and searches for many words at once.

Only reading and searching belong here; what a list means is said in the module that uses it and in the
README beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_REFERENCE = Path(__file__).resolve().parent / "reference"


def reference(topic: str, name: str) -> Path:
    """Where a list lies: `pipeline/reference/<topic>/<name>`."""
    return _REFERENCE / topic / name


@cache
def rows(topic: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `pipeline/reference/<topic>/<name>`: tab-separated; blank lines and `#` lines are left out."""
    text = reference(topic, name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(topic: str, name: str) -> tuple[str, ...]:
    """The first column of a list."""
    return tuple(row[0] for row in rows(topic, name))


def any_of(choices: Iterable[str]) -> str:
    """A regular expression for one of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(choices), key=lambda word: (-len(word), word)))


class Words:
    """Many words, searched for at once: the leftmost, of those the longest, never overlapping.

    Args:
        choices: the words; their order is the number that `find` gives.
        quick: search twice as fast, by a table of a kilobyte for each byte of the words; for a few hundred words.
    """

    def __init__(self, choices: Iterable[str], quick: bool = False) -> None:
        self.choices = tuple(dict.fromkeys(choices))
        how = Implementation.DFA if quick else None
        self._matcher = AhoCorasick(self.choices, matchkind=MatchKind.LeftmostLongest, implementation=how)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and word of each hit in the text, in order."""
        return [(start, end, self.choices[i]) for i, start, end in self._matcher.find_matches_as_indexes(text)]

    def present(self, text: str) -> set[str]:
        """The words that are in the text, which may hold lone surrogates."""
        try:
            found = self._matcher.find_matches_as_indexes(text)
        except UnicodeEncodeError:
            found = self._matcher.find_matches_as_indexes(text.encode("utf-8", "replace").decode())
        return {self.choices[i] for i, _, _ in found}
