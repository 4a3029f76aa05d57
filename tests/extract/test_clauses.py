"""Clauses around a figure, taken apart."""

from __future__ import annotations

import pytest

from pipeline.extract.clauses import after_figure, before_figure, words


@pytest.mark.parametrize(
    ("clause", "noun", "change"),
    [
        ("实现农业总产值", "农业总产值", "none"),
        ("规模以上工业增加值同比增长", "规模以上工业增加值", "增长"),
        ("失业率比上年下降", "失业率", "下降"),
        ("森林覆盖率高达", "森林覆盖率", "none"),
        ("申请材料由", "申请材料", "none"),
        ("补助标准", "补助标准", "none"),
        ("上线率", "上线率", "none"),
        ("经梳理归类为", "", "none"),
        ("按年平均汇率折算为", "", "none"),
        ("政策惠及", "政策惠及", "none"),
    ],
)
def test_before(clause: str, noun: str, change: str) -> None:
    before = before_figure(clause)
    assert (before.noun, before.change) == (noun, change)


def test_what_a_share_is_held_against() -> None:
    before = before_figure("一般公共预算收入完成年初预算的")
    assert (before.noun, before.against) == ("一般公共预算收入", "完成年初预算")


def test_the_noun_may_stand_a_clause_before() -> None:
    sentence = "红芯薯从过去零星种植，发展到"
    before = before_figure(sentence)
    assert (before.noun, before.own) == ("红芯薯", False)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("便民举措。", ("便民举措", False)),
        ("减至", ("", False)),
        ("也明确了时限", ("", False)),
        ("是建档立卡贫困户", ("建档立卡贫困户", False)),
        ("的标准厂房拔地而起", ("标准厂房", False)),
        ("，同比增长", ("", False)),
    ],
)
def test_after(text: str, answer: tuple[str, bool]) -> None:
    assert after_figure(text) == answer


def test_words_by_role() -> None:
    assert "增产" in words("up")
    assert "减产" in words("down")
    assert not words("up") & words("down")
