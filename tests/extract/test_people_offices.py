"""Offices told by sentences and brackets: who has, gets or loses one."""

from __future__ import annotations

import pytest

from pipeline.extract.people_offices import appointed, in_brackets, introduced


def _told(text: str, found) -> list[tuple[str, str | None]]:  # type: ignore[no-untyped-def]
    return [(text[start:end], office) for start, end, office in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任命卜文涛为大姚县水务局局长。", [("卜文涛", "大姚县水务局局长")]),
        ("任命卜文涛为县水务局局长，矫立群为县财政局副局长。", [("卜文涛", "县水务局局长"), ("矫立群", "县财政局副局长")]),
        ("免去房玉刚、钱小满的县审计局副局长职务。", [("房玉刚", "县审计局副局长"), ("钱小满", "县审计局副局长")]),
        ("推选李春生同志为村委会主任。", [("李春生", "村委会主任")]),
        ("张大同现任县气象局局长。", [("张大同", "县气象局局长")]),
        ("免去不称职的站长职务。", []),
        ("目标为培养一名好局长。", []),
        ("任命了新一批村党支部书记。", []),
    ],
)
def test_appointed(text: str, expected: list[tuple[str, str]]) -> None:
    assert _told(text, appointed(text)) == expected


def test_introduced() -> None:
    text = "冉晓梅是县中医医院院长。杨秀兰，女，种了十亩茶。"
    assert _told(text, introduced(text)) == [("冉晓梅", "院长"), ("杨秀兰", None)]


def test_in_brackets() -> None:
    text = "组长：阙立新（县政府县长）、伍小军（县教育局局长）、名单（见附件）"
    assert _told(text, in_brackets(text)) == [("阙立新", "县政府县长"), ("伍小军", "县教育局局长")]
