from __future__ import annotations

import pytest

from pipeline.repair.paired_marks import balance, fitting_mark, quoting, still_quoting


@pytest.mark.parametrize(
    ("text", "is_open"), [("他说：“好", True), ("他说：“好”", False), ("“上一行\n下一行", False), ("没有引号", False)]
)
def test_whether_a_quotation_is_open(text: str, is_open: bool) -> None:
    assert quoting(text) is is_open
    following = False
    for char in text:
        following = still_quoting(following, char)
    assert following is is_open


def test_an_open_quotation_asks_for_its_end() -> None:
    opening, closing, other = balance("“”县", True, False)
    assert closing > other > opening
    opening, closing, other = balance("“”县", False, True)
    assert opening < other and closing < other


@pytest.mark.parametrize(
    ("char", "chars", "before", "after", "awaited", "fits"),
    [
        ("“", "“”", "他说好", "", "”", "”"),
        ("”", "“”", "他说", "好", "", "“"),
        ("，", "，：", "责任编辑", "张", "", "："),
        ("，", "，：", "比例为3", "2", "", "："),
        ("，", "，：", "会议强调", "要", "", "，"),
        ("县", "县“”", "全", "", "”", "县"),
    ],
)
def test_a_guessed_mark_is_what_stands_beside_it_asks_for(
    char: str, chars: str, before: str, after: str, awaited: str, fits: str
) -> None:
    assert fitting_mark(char, chars, before, after, awaited) == fits
