from __future__ import annotations

import pytest

from pipeline.repair import html
from pipeline.repair.headline import pick_title
from pipeline.repair.page_lines import Findings, lines_of


@pytest.mark.parametrize(
    ("head", "title", "subtitle", "left"),
    [
        ("青山网\n东河县春耕进行时", "东河县春耕进行时", None, []),
        ("东河县春耕进行时\n——来自清水镇的报道", "东河县春耕进行时", "——来自清水镇的报道", []),
        ("东河县春耕进行时\n东河县春耕进行时\n备耕忙", "东河县春耕进行时", None, ["备耕忙"]),
        ("各位代表：", None, None, ["各位代表："]),
        ("一、工作情况\n东河县春耕进行时", "东河县春耕进行时", None, ["一、工作情况"]),
    ],
)
def test_the_title_and_what_stands_below_it(head: str, title: str | None, subtitle: str | None, left: list[str]) -> None:
    lines, found = lines_of(head), Findings()
    pick_title(lines, html.Source(), found)
    assert (found.title, found.subtitle) == (title, subtitle)
    assert [line.text for line in lines if line.body] == left


def test_who_issued_it_stands_below_the_title() -> None:
    lines, found = lines_of("关于做好春耕工作的通知\n东河县农业农村局"), Findings()
    pick_title(lines, html.Source(), found)
    assert found.info.publisher == "东河县农业农村局"
    assert not any(line.body for line in lines)


def test_the_sources_own_headline_comes_first() -> None:
    lines, found = lines_of("走进东河县\n清水镇备耕忙"), Findings()
    pick_title(lines, html.Source(headline="清水镇备耕忙"), found)
    assert found.title == "清水镇备耕忙"
