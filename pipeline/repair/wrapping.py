"""Paragraphs that were broken into lines of one width: which line goes on with the one before.

Mail programs, text exports and old sites break lines where the screen ended, within a sentence, a number or a name.
Judging what a line is belongs in `furniture` and `bylines`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Such lines were broken at a width, and not where a poem, a table or a list breaks.
NARROWEST, WIDEST = 18, 120  # characters of a full line
FEWEST = 3  # full lines
RAGGED = 3  # characters that a full line may be short of: marks are not put at the head of a line
_ENDED = re.compile(r"(?:[。！？!?；;：:…”」』）)》】]|(?<!\d)\.)$")
_NEVER_FIRST = frozenset("，。、；：？！,.;:?!）)”’》】")
_INDENT = re.compile(r"\n[ \t\u3000\xa0]{2,}$|\n\u3000+$")


def continuations(lines: Sequence[str], gaps: Sequence[str], raw_lengths: Sequence[int] = ()) -> list[bool]:
    """Whether each line goes on with the one before it.

    Args:
        lines: the lines of a body, without what stands around them.
        gaps: what stands before each line; the first one's is not looked at.
        raw_lengths: characters that each line had before it was repaired, where that is known.

    Returns:
        One verdict a line; where the lines were not broken at a width, only of one that begins with a comma or the like.
    """
    begun = [n > 0 and _begins_within(line) for n, line in enumerate(lines)]
    measures = [([*map(len, lines)], 1), ([*map(_columns, lines)], 2), *([([*raw_lengths], 1)] if raw_lengths else [])]
    full = next((found for lengths, scale in measures if (found := _full(lines, lengths, scale))), None)
    if full is None:
        return begun
    blank = any(gap.count("\n") > 1 for gap in gaps[1:])
    wrapped = (n > 0 and full[n - 1] and _goes_on(lines[n - 1], gaps[n], blank, lines[n]) for n in range(len(lines)))
    return [by_mark or by_width for by_mark, by_width in zip(begun, wrapped, strict=True)]


def _begins_within(line: str) -> bool:
    """Whether a line begins within a sentence, by the mark at its head."""
    return line[:1] in tuple("，、；。,;") and line[1:2] not in ("", line[:1])


def _full(lines: Sequence[str], lengths: Sequence[int], scale: int) -> list[bool] | None:
    """Which lines reach the width at which all were broken; None where there is no such width.

    Args:
        lines: the lines.
        lengths: how long each is, or was.
        scale: what a Chinese character counts.
    """
    width = max(lengths, default=0)
    if not NARROWEST * scale <= width <= WIDEST * scale:
        return None
    full = [length >= width - RAGGED * scale for length in lengths]
    several = [line for line, reaches in zip(lines, full, strict=True) if reaches]
    broken = [line for line in several if not _ENDED.search(line)]
    # Nearly all lines are full or the end of a paragraph, and most full ones end within a sentence.
    long = zip(lines, lengths, full, strict=True)
    odd = sum(not _ENDED.search(line) for line, length, reaches in long if not reaches and length >= NARROWEST * scale)
    if len(several) < FEWEST or len(broken) < max(2, 0.6 * len(several)) or odd > 0.2 * len(lines):
        return None
    return full


def _goes_on(before: str, gap: str, blank: bool, line: str) -> bool:
    """Whether a line behind a full one goes on with it."""
    if gap.count("\n") > 1 or _INDENT.search(gap):
        return False
    return blank or not _ENDED.search(before) or line[0] in _NEVER_FIRST


def _columns(line: str) -> int:
    """Width on a screen, in columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
