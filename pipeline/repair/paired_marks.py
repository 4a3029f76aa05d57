"""Quotation marks and brackets, which come in pairs: what is open, and which guessed mark fits beside it.

Here belongs what the other half of a pair says about a mark of which bytes were lost.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon import rows
from pipeline.repair.language_model import PUNCTUATION

QUOTE = 3.5  # nats that a quotation mark gains or loses by the one before it
PAIRED = dict(zip("“‘（《「『【", "”’）》」』】", strict=True))
_OPENING, _CLOSING = "“‘「『", "”’」』"


def quoting(text: str) -> bool:
    """Whether a quotation mark is open at the end of a text."""
    line = text[text.rfind("\n") + 1 :]
    return max(map(line.rfind, _OPENING)) > max(map(line.rfind, _CLOSING))


def still_quoting(open_: bool, char: str) -> bool:
    """Whether a quotation mark is open behind a character."""
    return char in _OPENING or (open_ and char not in _CLOSING + "\n")


@lru_cache(maxsize=4096)
def balance(fitting: str, open_: bool, last: bool) -> NDArray[np.float64]:
    """What quotation marks gain by closing what is open, and lose by not fitting what is, or at the end of a line."""
    gain = dict.fromkeys(_OPENING, -QUOTE if open_ else 0.0) | dict.fromkeys(_CLOSING, QUOTE if open_ else -QUOTE / 4)
    if last:
        gain |= dict.fromkeys(_OPENING + "《（(【", -2 * QUOTE)
    return np.array([gain.get(char, 0.0) for char in fitting])


def fitting_mark(char: str, chars: str, before: str, after: str, awaited: str) -> str:
    """A guessed mark as what stands beside it asks for it, where the model knows too little.

    Quotation marks and brackets close only what is open, and do so at the end of a line; labels and the parts of a ratio
    are followed by a colon.

    Args:
        char, chars: the guess, and all that fits.
        before, after: the line on either side.
        awaited: the mark that would close the last one that was opened; empty if none is open.
    """
    if char not in PUNCTUATION:
        return char
    for left, right in PAIRED.items():
        if char in (left, right) and left in chars and right in chars:
            return right if awaited == right else left
    if awaited and awaited in chars and not after:
        return awaited
    ratio = char == "，" and before[-1:].isdigit() and after[:1].isdigit()
    return "：" if "：" in chars and (ratio or before.endswith(_labels())) else char


@cache
def _labels() -> tuple[str, ...]:
    """What bylines begin with."""
    return tuple(label for label, *_ in rows("bylines", "labels.tsv") if len(label) > 1)
