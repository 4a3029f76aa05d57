from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import html
from pipeline.repair.ledger import Draft
from pipeline.repair.page import read_page
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("html"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = Draft(case["text"]).apply(html.read_source(case["text"]).edits).finish()
    assert repaired.text.strip() == case["expected"]
    assert repaired.undo() == case["text"]


def test_what_the_head_says() -> None:
    page = html.read_source(
        '<html><head><meta name="PubDate" content="2020-01-02 08:00"><meta content="张三" name=author>'
        "<title>标题&mdash;县政府</title></head><body><h1>大 标题</h1><nav><a href=/>首页</a></nav></body></html>"
    )
    assert page.meta == {"pubdate": "2020-01-02 08:00", "author": "张三", "title": "标题—县政府"}
    assert page.headline == "大 标题"
    assert len(page.links) == len(page.furniture) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><html></html>", True),
        ("\n<html lang=zh><body></body></html>", True),
        ("全县<b>召开</b>会议", False),
        ("<html", False),
    ],
)
def test_a_page_is_known_by_how_it_begins(text: str, expected: bool) -> None:
    assert html.is_page(text) is expected


def test_a_capital_that_is_longer_in_lower_case_shifts_nothing() -> None:
    source = "<html><body><p>" + "\u0130" * 9 + "<script>x</script>县里新修公路。</p></body></html>"
    assert read_page(source, is_html=True).repaired.text == "\u0130" * 9 + "\n县里新修公路。"
