"""Numbers as Chinese prose writes them: Arabic with separators and multipliers, and Chinese numerals.

What is counted, and how it is meant, belongs in `pipeline.extract.figures`.
"""

from __future__ import annotations

from decimal import Decimal

import cn2an

MULTIPLIERS = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip
_COLLOQUIAL = str.maketrans("两〇", "二零")


def arabic(digits: str, multiplier: str | None = None) -> float:
    """The value of Arabic digits, with thousands separators, full-width ones too, and a multiplier.

    Args:
        digits: for example 17,413.5.
        multiplier: for example 万; None for none.

    Raises:
        ValueError: these are no digits.
    """
    number = Decimal(digits.replace(",", "").replace("，", "")) * MULTIPLIERS.get(multiplier or "", 1)
    return float(number)


def chinese(numeral: str) -> float:
    """The value of a Chinese numeral (二十三, 两百, 十); 百 alone is a hundred.

    Raises:
        ValueError: this is no numeral.
    """
    if numeral[0] in "百千万亿":
        numeral = f"一{numeral}"
    return float(cn2an.cn2an(numeral.translate(_COLLOQUIAL), "smart"))
