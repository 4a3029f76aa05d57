"""Numbers as Chinese prose writes them: Arabic with separators and multipliers, and Chinese numerals.

What is counted, and how it is meant, belongs in `pipeline.extract.quantities`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

MULTIPLIERS = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
_ALL_DIGITS = re.compile(r"[零〇一二三四五六七八九]+")
_SEPARATORS = str.maketrans("", "", ", ")
_NEIGHBOURS = re.compile(
    r"(?P<ten>[二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<place>[十百千万亿]*)"
)


def arabic(digits: str, multiplier: str | None = None) -> float:
    """The value of Arabic digits, with thousands separators, full-width ones too, and a multiplier.

    Args:
        digits: for example 17,413.5; separators that stand at the wrong place are ignored.
        multiplier: for example 万; None for none.

    Raises:
        decimal.InvalidOperation: these are no digits.
    """
    if not multiplier and digits.isdecimal() and digits.isascii():
        return float(digits)
    if not digits.isascii():
        digits = unicodedata.normalize("NFKC", digits)
    number = Decimal(digits.translate(_SEPARATORS))
    return float(number * MULTIPLIERS[multiplier]) if multiplier else float(number)


_FULL_WIDTH = re.compile(r"[０-９．％]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def half_width(text: str) -> str:
    """The text with full-width digits, points and per cent signs narrowed; each character keeps its place."""
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


@lru_cache(maxsize=4096)
def chinese(numeral: str) -> float:
    """The value of a Chinese numeral (二十三, 两百, 十, 五点六, 二〇二六); 百 alone is a hundred.

    Raises:
        ValueError: this is no numeral.
    """
    whole, point, decimals = numeral.partition("点")
    if point:
        if not decimals or not all(c in DIGITS for c in decimals):
            raise ValueError(f"{numeral} is no numeral")
        return float(f"{chinese(whole):.0f}.{''.join(str(DIGITS[c]) for c in decimals)}")
    if len(whole) > 1 and _ALL_DIGITS.fullmatch(whole):
        return float("".join(str(DIGITS[c]) for c in whole))
    total = section = 0
    digit: int | None = None
    last_place = 10**9
    for c in whole:
        if c in DIGITS:
            if digit:
                raise ValueError(f"{numeral} is no numeral")
            digit = DIGITS[c]
            if not digit:
                last_place = 10  # 一千零五: what follows the zero is ones
        elif c in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[c]
            last_place, digit = _PLACES[c], None
        elif c in _SECTIONS:
            section += digit or 0
            if not section and not total:
                section = 1
            total = (total + section) * _SECTIONS[c] if c == "亿" else total + section * _SECTIONS[c]
            section, digit, last_place = 0, None, _SECTIONS[c]
        else:
            raise ValueError(f"{numeral} is no numeral")
    if not whole:
        raise ValueError("no numeral")
    # 三百五 is 350, 两万五 25,000: a bare last digit takes the place below the last one named
    ones = (digit or 0) * (last_place // 10 if 100 <= last_place < 10**9 else 1)
    return float(total + section + ones)


def neighbours(numeral: str) -> tuple[float, float] | None:
    """The bounds that two digits in a row mean (两三个, 三四十, 五六百); None for any other numeral."""
    match = _NEIGHBOURS.fullmatch(numeral)
    if not match or DIGITS[match["high"]] != DIGITS[match["low"]] + 1:
        return None
    if match["ten"]:  # 十五六, 三十七八
        ten = chinese(match["ten"])
        section = chinese(match["place"]) if match["place"] else 1.0
        return (ten + DIGITS[match["low"]]) * section, (ten + DIGITS[match["high"]]) * section
    if match["low"] == "一":
        return None
    factor = chinese(match["place"]) if match["place"] else 1.0
    return DIGITS[match["low"]] * factor, DIGITS[match["high"]] * factor
