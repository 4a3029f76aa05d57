"""What stands on both sides of a quotation, and says what it is."""

from __future__ import annotations

import pytest

from pipeline.extract.initiative_frames import by_form, framed, not_the_work, only_described


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("把", "作为重要抓手。", True),
        ("探索出", "的发展方式。", True),
        ("采取", "，效果好。", True),
        ("他说起", "，大家笑了。", False),
        ("采取", "的措施不够。", False),
    ],
)
def test_frames_of_ways_of_working(before: str, after: str, expected: bool) -> None:
    text = f"{before}“村校同管”{after}"
    assert framed(text, len(before), len(before) + 6) is expected


def test_a_manner_described_is_no_name_until_something_sets_it_up() -> None:
    assert only_described("从“漫灌式”帮扶转向", 1, "漫灌式")
    assert only_described("开展“走读式”监督", 2, "走读式")
    assert not only_described("推行“走读式”监督", 2, "走读式")


def test_the_object_of_a_verb_is_not_the_work() -> None:
    assert not_the_work("服务群众", 2)
    assert not not_the_work("服务，", 2)


@pytest.mark.parametrize(
    ("before", "inner", "after", "expected"),
    [
        ("按照", "一塘一证", "要求", True),
        ("形成", "看病—配药—回访", "循环", True),
        ("形成", "育苗—种植—加工", "链条", False),
        ("推行", "划片包干、月底对账", "，", True),
        ("坚持", "先易后难、分批推进", "原则", False),
        ("他唱", "一山一水", "，", False),
    ],
)
def test_forms_that_something_sets_up(before: str, inner: str, after: str, expected: bool) -> None:
    text = f"{before}“{inner}”{after}"
    assert by_form(text, len(before), len(before) + len(inner) + 2, inner) is expected
