"""The county that a document leaves unnamed."""

from __future__ import annotations

import pytest

from pipeline.extract.gazetteer import counties_with
from pipeline.extract.places import find_places
from pipeline.extract.unnamed_county import county_of_townships


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("调研组先后到龙场坝乡、石关镇。", (), None),  # there are no such townships
        ("书记到皇冠镇、筒车湾镇和江口回族镇走访。", (), "610923"),
        ("书记到皇冠镇、筒车湾镇走访。", ("51",), None),  # not in the province that is named
        ("书记到城关镇走访。", (), None),  # a hundred counties have one
        ("书记到城关镇、太平镇走访。", (), None),
        ("筒车湾镇的群众说，七里村路通了", (), "610923"),  # one, with a village of its own
        ("筒车湾镇的群众说", (), None),
        ("皇冠镇区、筒车湾乡村", (), None),
    ],
)
def test_the_county_that_has_them_all(text: str, within: tuple[str, ...], code: str | None) -> None:
    assert county_of_townships(text, within) == code


def test_former_townships_count_too() -> None:
    assert "610923" in counties_with("皇冠镇") and counties_with("没有这个镇") == ()


def test_a_document_is_at_home_there() -> None:
    found, geography = find_places("县委书记到皇冠镇、筒车湾镇和江口回族镇走访，我县药材长势好。")
    assert geography.county == "宁陕县" and geography.county_code == "610923" and "townships" in geography.reason
    assert {m.surface: m.county_code for m in found} == dict.fromkeys(("皇冠镇", "筒车湾镇", "江口回族镇"), "610923")


def test_a_county_that_is_named_comes_first() -> None:
    _, geography = find_places("镇安县工作组到皇冠镇、筒车湾镇和江口回族镇学习，镇安县的药材也要这样种。")
    assert geography.county == "镇安县"
