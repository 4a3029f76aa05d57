from __future__ import annotations

import pytest

from pipeline.repair import html
from pipeline.repair.article import judge
from pipeline.repair.page_lines import lines_of

BODY = "全县召开春耕工作会议，安排部署农业生产各项工作。"


def kept(text: str) -> list[str]:
    lines = lines_of(text)
    judge(lines, html.Source())
    return [line.text for line in lines if line.body]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"首页 > 县区 > 正文\n东河县部署春耕\n{BODY}\n责任编辑：张三", [BODY]),
        (f"东河县部署春耕\n{BODY}\n强化措施\n{BODY}", [BODY, "强化措施", BODY]),
        (f"{BODY}\n{BODY}\n东河县农业农村局\n2020年3月5日", [BODY, BODY]),
        ("一个词\n另一个", ["一个词", "另一个"]),
    ],
)
def test_what_is_article(text: str, body: list[str]) -> None:
    assert kept(text) == body


def test_what_follows_an_editor_late_in_the_text_is_another_article() -> None:
    assert kept(f"{BODY}\n{BODY}\n{BODY}\n责任编辑：张三\n上一篇：西河县部署防汛\n{BODY}") == [BODY] * 3
