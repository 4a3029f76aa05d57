"""The ledger: what was changed between the decoded raw text and the repaired text, and how to undo it.

Here belong the record of a change and the arithmetic that composes the changes of many passes into one
ledger against the raw text. What counts as damage, and how it is mended, belongs in the passes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

# A span that a guess has touched is no better than the guess.
_CERTAINTY = {"restored": 0, "removed": 0, "inferred": 1, "unresolved": 2}
_FOREIGN = frozenset({"injected", "furniture"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a pass proposes.

    Args:
        start, end: the span, in code points of the text the pass was given.
        after: what shall stand there; the same text again marks a span without changing it.
        damage: the damage class, a value of the contract's `damage`.
        status: restored, inferred, removed or unresolved.
        confidence: 0 to 1, how likely `after` is what once stood there.
        suggestion: what may have stood there, where it is not sure enough to be put in.
    """

    start: int
    end: int
    after: str
    damage: str
    status: str
    confidence: float = 1.0
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One row of the ledger; all positions are code points."""

    raw_start: int
    raw_end: int
    text_start: int
    text_end: int
    before: str
    after: str
    damage: str
    status: str
    confidence: float
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """Repaired text with its ledger, sorted by position."""

    text: str
    ledger: tuple[Repair, ...]

    def undo(self) -> str:
        """The raw text again, character for character."""
        return undo(self.text, self.ledger)

    def raw_positions(self, positions: Iterable[int]) -> list[int]:
        """Where places of the text stand in the raw text; a place within what was changed is where that began.

        Args:
            positions: places in the text, in rising order.
        """
        found: list[int] = []
        rows, shift = iter(self.ledger), 0  # raw place minus place in the text, behind the last row passed
        row = next(rows, None)
        for position in positions:
            while row is not None and row.text_end <= position:
                shift = row.raw_end - row.text_end
                row = next(rows, None)
            inside = row is not None and row.text_start < position
            found.append(row.raw_start if inside and row is not None else position + shift)
        return found


def undo(text: str, ledger: Iterable[Repair]) -> str:
    """Apply a ledger backwards.

    Args:
        text: the repaired text.
        ledger: its rows, sorted by position.

    Returns:
        The decoded raw text.

    Raises:
        ValueError: the ledger does not belong to this text.
    """
    parts: list[str] = []
    position = 0
    for row in ledger:
        if row.text_start < position or text[row.text_start : row.text_end] != row.after:
            raise ValueError(f"the ledger does not fit the text at character {row.text_start}")
        parts += (text[position : row.text_start], row.before)
        position = row.text_end
    return "".join((*parts, text[position:]))


class _Change(NamedTuple):
    """A ledger row in the making: which raw span became which span of the draft, and why."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    edit: Edit


class Draft:
    """A text on its way through the passes, always with one ledger against the raw text.

    `apply` takes the edits of one pass in the coordinates of the present text. Where an edit overlaps an
    earlier one, both become one row that keeps the class of the earlier (the deeper damage) and the
    weaker of the two certainties; where it only touches it, both stay. The cost is linear in the text and the number of edits.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._changes: list[_Change] = []

    def apply(self, edits: Sequence[Edit]) -> Draft:
        """Make the edits of one pass.

        Args:
            edits: sorted by position and not overlapping.

        Raises:
            ValueError: edits overlap, are unsorted or leave the text.
        """
        if not edits:
            return self
        self._check(edits)
        out: list[_Change] = []
        parts: list[str] = []
        copied = 0  # how far the old text has been copied
        length = 0  # length of the new text so far
        old = self._changes
        i = 0  # the next earlier change
        raw_shift = 0  # raw position minus old position, between changes
        e = 0
        while i < len(old) or e < len(edits):
            # Collect one cluster of edits and earlier changes that overlap each other.
            if e < len(edits) and (i >= len(old) or not _before(old[i].start, old[i].end, edits[e].start, edits[e].end)):
                start, end = edits[e].start, edits[e].end
            else:
                start, end = old[i].start, old[i].end
            first_i, first_e = i, e
            grown = True
            while grown:
                grown = False
                if i < len(old) and _overlap(start, end, old[i].start, old[i].end):
                    start, end = min(start, old[i].start), max(end, old[i].end)
                    i, grown = i + 1, True
                if e < len(edits) and _overlap(start, end, edits[e].start, edits[e].end):
                    start, end = min(start, edits[e].start), max(end, edits[e].end)
                    e, grown = e + 1, True
            changes, news = old[first_i:i], edits[first_e:e]
            raw_start = start + raw_shift
            if changes:
                raw_shift = changes[-1].raw_end - changes[-1].end
            raw_end = end + raw_shift
            after = self._rewrite(start, end, news)
            parts += (self.text[copied:start], after)
            length += start - copied
            out.append(_Change(raw_start, raw_end, length, length + len(after), _merge(changes, news)))
            length += len(after)
            copied = end
        self.text = "".join((*parts, self.text[copied:]))
        self._changes = [c for c in out if self._tells(c)]
        return self

    def finish(self) -> Repaired:
        """The repaired text and its ledger."""
        rows = tuple(
            Repair(
                c.raw_start,
                c.raw_end,
                c.start,
                c.end,
                self.raw[c.raw_start : c.raw_end],
                self.text[c.start : c.end],
                c.edit.damage,
                c.edit.status,
                c.edit.confidence,
                c.edit.suggestion,
            )
            for c in self._changes
        )
        return Repaired(self.text, rows)

    def unresolved(self, damages: Collection[str]) -> list[tuple[int, int]]:
        """The spans of the present text that are marked as unresolved damage of one of these classes."""
        return [(c.start, c.end) for c in self._changes if c.edit.status == "unresolved" and c.edit.damage in damages]

    def _check(self, edits: Sequence[Edit]) -> None:
        position = 0
        for edit in edits:
            if not position <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"edits must be sorted, apart and inside the text: {edit}")
            position = edit.end

    def _rewrite(self, start: int, end: int, news: Sequence[Edit]) -> str:
        parts: list[str] = []
        position = start
        for edit in news:
            parts += (self.text[position : edit.start], edit.after)
            position = edit.end
        return "".join((*parts, self.text[position:end]))

    def _tells(self, change: _Change) -> bool:
        """Whether a row still says something: it changes the text, or marks a span as unresolved."""
        same = self.raw[change.raw_start : change.raw_end] == self.text[change.start : change.end]
        return not same or change.edit.status == "unresolved"


def _before(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether a span lies wholly before another, an empty one at its edge included."""
    return (end, start) <= (other_start, other_end) and not _overlap(start, end, other_start, other_end)


def _overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two spans share a character, or an empty one lies inside the other or is the same."""
    return (start < other_end and other_start < end) or (start, end) == (other_start, other_end)


def _merge(changes: Sequence[_Change], news: Sequence[Edit]) -> Edit:
    """One edit that speaks for all of a cluster: the earliest class, the weakest certainty."""
    edits = [c.edit for c in changes] + list(news)
    if len(edits) == 1:
        return edits[0]
    confidence = min(e.confidence for e in edits)
    # What somebody put in and what was never the article's own is gone, whatever was mended inside or beside it.
    foreign = next((e for e in edits if e.status == "removed" and e.damage in _FOREIGN), None)
    if foreign:
        return replace(foreign, confidence=confidence)
    weakest = max(edits, key=lambda e: (_CERTAINTY[e.status], -e.confidence))
    status = weakest.status
    if status == "removed" and any(e.status == "restored" for e in edits):
        status = "restored"
    return replace(
        edits[0],
        status=status,
        confidence=min(e.confidence for e in edits),
        suggestion=next((e.suggestion for e in edits if e.suggestion), None),
    )
