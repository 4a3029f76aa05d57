"""Searching only where a pattern can begin finds what searching everywhere does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import contradictions, quantities, scopes, unitless
from pipeline.extract.numerals import half_width
from pipeline.extract.scan import NUMBER_LEADS, finditer
from tests.figuretruth import FOLDER, read

TEXTS = [half_width(read(path).text) for path in sorted(FOLDER.glob("*.txt"))]

PATTERNS = {
    "quantities in Arabic digits": (quantities._arabic(), NUMBER_LEADS),
    "quantities in Chinese numerals": (quantities._chinese(), quantities._CHINESE_LEADS),
    "amounts without a unit": (unitless._BARE, NUMBER_LEADS),
    "who is spoken of": (scopes._WHOLE, scopes._LEADS),
    "digits taken out": (contradictions._LOST, contradictions._LOST_LEADS),
}
LOST = ["从年到年，增长%，入亿元。", "截至年底，20XX年，xx万元", "占%，5万亿元，投入万元，"]


@pytest.mark.parametrize("name", PATTERNS)
def test_leads_miss_nothing(name: str) -> None:
    pattern, leads = PATTERNS[name]
    found = 0
    for text in [*TEXTS, *LOST]:
        everywhere = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in finditer(pattern, leads, text)] == everywhere
        found += len(everywhere)
    assert found


@given(st.text("123.,亿万年 "))
def test_numbers_begin_at_their_first_digit(text: str) -> None:
    number = re.compile(r"(?<![\d.])\d+(?:\.\d+)?[万亿]?")
    assert [m.span() for m in finditer(number, NUMBER_LEADS, text)] == [m.span() for m in number.finditer(text)]


def test_what_a_match_covers_is_not_searched_again() -> None:
    pairs = re.compile("(?:aa|ab)")
    assert [match[0] for match in finditer(pairs, re.compile("[ab]"), "aaab")] == ["aa", "ab"]
