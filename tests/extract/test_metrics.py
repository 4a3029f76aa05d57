"""What figures measure, clause by clause; whole sentences are in the cases of `test_figures`."""

from __future__ import annotations

import pytest

from pipeline.extract.metrics import measure


@pytest.mark.parametrize(
    ("sentence", "surface", "kind", "metric", "per", "change"),
    [
        ("全县粮食总产量9万吨", "9万吨", "mass", "粮食总产量", None, "none"),
        ("同比增长5%", "5%", "ratio", None, None, "增长"),
        ("蔬菜产量比上年下降2%", "2%", "ratio", "蔬菜产量", None, "下降"),
        ("选派30名干部驻村", "30名", "count", "干部", None, "none"),
        ("实现户均增收2000元", "2000元", "money", "增收", "户均", "none"),
        ("发展3万亩茶园", "3万亩", "area", "茶园", None, "none"),
        ("投入500万元资金", "500万元", "money", "资金", None, "none"),
        ("城镇居民人均可支配收入3万元", "3万元", "money", "城镇居民人均可支配收入", "人均", "none"),
        ("PM2.5浓度下降至28微克/立方米", "28微克/立方米", "other", "PM2.5浓度", None, "none"),
        ("城镇化率(常住人口)为62%", "62%", "ratio", "城镇化率", None, "none"),
    ],
)
def test_measure(sentence: str, surface: str, kind: str, metric: str | None, per: str | None, change: str) -> None:
    start = sentence.index(surface)
    (answer,) = measure(sentence, [(start, start + len(surface), kind)])
    assert (answer.metric, answer.per, answer.change) == (metric, per, change)


def test_carried_from_the_sentence_before() -> None:
    (answer,) = measure("同比增长5%", [(4, 6, "ratio")], carried="出口总额")
    assert answer.metric == "出口总额"


def test_respectively() -> None:
    sentence = "工业、建筑业增加值分别为3亿元和1亿元"
    spans = [(sentence.index(s), sentence.index(s) + 3, "money") for s in ("3亿元", "1亿元")]
    assert [m.metric for m in measure(sentence, spans)] == ["工业增加值", "建筑业增加值"]
