"""What is cut off the edges of a metric's phrase."""

from __future__ import annotations

import pytest

from pipeline.extract.metric_edges import trimmed


@pytest.mark.parametrize(
    ("phrase", "metric"),
    [
        ("常住人口计算人均地区生产总值", "人均地区生产总值"),
        ("最终核算2021年全县生产总值", "生产总值"),
        ("白河全县春播面积", "春播面积"),
        ("白河县仓上镇蔬菜占地面积", "蔬菜占地面积"),
        ("该园区年产蔬菜", "年产蔬菜"),
        ("县政府办理人大代表建议", "办理人大代表建议"),
        ("县政协九届三次会议提出的提案", "提案"),
        ("获农业部认定无公害农产品", "无公害农产品"),
        ("发生道路交通事故", "道路交通事故"),
        ("发生率", "发生率"),
        ("收案数同比", "收案数"),
        ("城居民人均收入", "城镇居民人均收入"),
        ("健全县乡村组织", "健全县乡村组织"),
        ("该县", "该县"),
        ("粮食产量", "粮食产量"),
    ],
)
def test_trimmed(phrase: str, metric: str) -> None:
    assert trimmed(phrase) == metric
