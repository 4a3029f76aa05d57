"""Names that stand beside the matter."""

from __future__ import annotations

import pytest

from pipeline.extract.asides import Asides


@pytest.mark.parametrize(
    ("text", "name", "beside"),
    [
        ("在市委的坚强领导下，区委狠抓落实", "市委", True),
        ("在市委的坚强领导下，区委狠抓落实", "区委", False),
        ("在市委领导下，县人大有力监督下，完成任务", "县人大", True),
        ("被省水利厅授予先进单位", "省水利厅", True),
        ("省水利厅授予该站先进单位称号", "省水利厅", False),
        ("柑橘远销广州、深圳等地", "深圳", True),
        ("来自山东的客商在南沟镇投资", "山东", True),
        ("来自山东的客商在南沟镇投资", "南沟镇", False),
        ("与浙江大学合作", "浙江大学", True),
        ("县政协第九届三次会议提出提案", "县政协", True),
        ("实施一中综合楼等项目", "一中", True),
        ("一中综合楼等已经建成", "一中", False),
        ("上报市财政局", "市财政局", True),
    ],
)
def test_holds(text: str, name: str, beside: bool) -> None:
    start = text.index(name)
    assert Asides(text).holds(start, start + len(name)) is beside


@pytest.mark.parametrize(("ends", "beside"), [((3,), True), ((), False)])
def test_where_a_named_thing_lies(ends: tuple[int, ...], beside: bool) -> None:
    assert Asides("青龙村位于南沟镇，有农户", ends).holds(5, 8) is beside


def test_a_list_that_is_summed_up() -> None:
    text = "深入县教育局、县水利局、县民政局三个单位"
    assert [Asides(text).holds(start, start + 4) for start in (2, 7, 12)] == [True, True, True]
    assert not Asides("在建项目中，白河县56个、岚皋县32个").holds(12, 15)


def test_outside_the_text() -> None:
    assert not Asides("被省水利厅授予").holds(-1, -1)
