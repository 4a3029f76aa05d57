"""Which characters may have stood where misaligned GBK has lost bytes: one of a pair, or a private-use pair between two.

Here belong the tables of code page 936 turned round, from a known byte to the characters that have it, and whether a character
that stands there is two run together. The whole of a window is read in `misaligned_search`.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from pipeline.repair.adapted_model import Context
from pipeline.repair.language_model import BOUNDARY, UNKNOWN, language_model
from pipeline.repair.misaligned_generator import UNFOLDS, codes, is_private, pairs
from pipeline.repair.pinyin import is_reading

PRIVATE_PAIR = (2.0, 3.0)  # nats of a pair taken out, in Simplified text, whose trail bytes are all high, and in Traditional
_FITS_WELL = -2.0  # nats a character: nothing else need be tried
_RIVALS = 8
_PRIVATE_LEADS = (*range(0xA1, 0xB0), *range(0xF8, 0xFF))  # first bytes of pairs that are left to users or not defined


def readings_of(char: str) -> list[int]:
    """The pairs of bytes that a character that stands there may have been read from."""
    return [codes()[c] for c in (char, UNFOLDS.get(char, "")) if c and c in codes()]


@lru_cache(maxsize=4096)
def fits(lead: int, trail: int) -> str:
    """The characters that a pair with one byte unknown (-1) may be, private-use and unassigned ones left out."""
    table = pairs()
    if lead < 0:
        found = [table[byte << 8 | trail] for byte in range(0x81, 0xFF)]
    else:
        found = [table[lead << 8 | byte] for byte in range(0x80, 0xFF)]
    return _known(found)


@lru_cache(maxsize=256)
def before_private(lead: int) -> str:
    """The characters with this lead byte whose trail byte may begin a private-use pair."""
    table = pairs()
    trails = _PRIVATE_LEADS
    return _known([table[lead << 8 | trail] for trail in trails])


@lru_cache(maxsize=256)
def inside_private(begun: int) -> str:
    """The characters that lie in two private-use pairs, the first of which has begun."""
    table = pairs()
    leads = [lead for lead in range(0x81, 0xFF) if is_private(table[begun << 8 | lead])]
    return _known([table[lead << 8 | trail] for lead in leads for trail in _PRIVATE_LEADS])


@lru_cache(maxsize=4096)
def after_private(begun: int, trail: int) -> str:
    """The characters with this trail byte whose lead byte ends the private-use pair that has begun."""
    table = pairs()
    return _known([table[lead << 8 | trail] for lead in range(0x81, 0xFF) if is_private(table[begun << 8 | lead])])


@lru_cache(maxsize=1024)
def annotated(lead: int, reading: str) -> str:
    """The characters with this lead byte that mirrors annotate with this reading: those that GB 2312 lacks."""
    table = pairs()
    found = [table[lead << 8 | trail] for trail in range(0x40, 0xFF)]
    return _known([char for char in found if char and _beyond_gb2312(char) and is_reading(char, reading)])


def _beyond_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return not is_private(char)
    return False


def _known(chars: list[str]) -> str:
    """The characters that can be guessed at all: those the language model knows, spaces left out."""
    model = language_model()
    return "".join(char for char in chars if char and model.symbol(char) not in (UNKNOWN, BOUNDARY))


def fusion(char: str, before: str, after: str, context: Context) -> float:
    """By how many nats a character is likelier than two of which a private-use pair took the inner bytes.

    Args:
        char: the character whose two bytes stand there.
        before, after: at least two characters on either side, as far as there are any.
    """
    model = context.model
    pair = codes().get(char)
    if pair is None:
        return math.inf
    one, two = [BOUNDARY, BOUNDARY, *map(model.symbol, before[-2:])][-2:]
    behind = [model.symbol(each) for each in after[:2]]
    plain = _follow(context, one, two, model.symbol(char), behind)
    if plain > _FITS_WELL * (1 + len(behind)):
        return math.inf
    firsts = before_private(pair >> 8)
    if not firsts:
        return math.inf
    symbols, foreign = context.choices(firsts)
    scores = context.scores(one, two, symbols) - foreign
    best = -math.inf
    for n in np.argsort(-scores, kind="stable")[:_RIVALS].tolist():
        seconds = after_private(codes()[firsts[n]] & 255, pair & 255)
        if not seconds:
            continue
        first = int(symbols[n])
        inner, strange = context.choices(seconds)
        following = context.scores(two, first, inner) - strange
        for m in np.argsort(-following, kind="stable")[:_RIVALS].tolist():
            rest = _follow(context, two, first, int(inner[m]), behind) - float(strange[m])
            best = max(best, float(scores[n]) + rest)
    return plain - context.foreign(char) - best + PRIVATE_PAIR[context.traditional]


def _follow(context: Context, one: int, two: int, three: int, behind: list[int]) -> float:
    total = context.score(one, two, three)
    for four in behind:
        total += context.score(two, three, four)
        two, three = three, four
    return total
