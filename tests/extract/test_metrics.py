import pytest

from pipeline.extract.metrics import Measured, measure


@pytest.mark.parametrize(
    ("sentence", "surface", "kind", "expected"),
    [
        ("实现农业产值6亿元。", "6亿元", "money", Measured("农业产值", None, "none")),
        ("人均林地不足2亩。", "不足2亩", "area", Measured("林地", "人均", "none")),
        ("粮食产量增长3%。", "3%", "ratio", Measured("粮食产量", None, "增长")),
        ("选派40名青年骨干担任队长。", "40名", "count", Measured("青年骨干", None, "none")),
        ("从业人员5万人。", "5万人", "count", Measured("从业人员", None, "none")),
        ("每年安排2000万元奖补资金。", "2000万元", "money", Measured("奖补资金", "每年", "none")),
    ],
)
def test_a_figure_alone(sentence, surface, kind, expected):
    start = sentence.index(surface)
    assert measure(sentence, [(start, start + len(surface), kind)]) == [expected]


def test_a_share_without_its_whole_takes_the_thing_before():
    sentence = "完成投资5亿元、占年计划的58%。"
    spans = [(sentence.index(s), sentence.index(s) + len(s), k) for s, k in (("5亿元", "money"), ("58%", "ratio"))]
    assert [m.metric for m in measure(sentence, spans)] == ["完成投资", "完成投资占年计划"]


def test_nothing_to_measure():
    assert measure("5个。", [(0, 2, "count")]) == [Measured(None, None, "none")]
