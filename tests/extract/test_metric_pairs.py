"""Figures of one sentence that measure one thing together."""

from __future__ import annotations

import pytest

from pipeline.extract.figures import find_figures


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("46家龙头企业年销售收入9.3亿元。", ["龙头企业", "龙头企业年销售收入"]),
        ("消除5个年收入低于10万元的薄弱村。", ["薄弱村", "年收入"]),
        ("修通长600米、宽6米的公路。", ["公路长", "公路宽"]),
        ("建成3个、5个和8个示范点。", ["示范点", "示范点", "示范点"]),
    ],
)
def test_together(text: str, metrics: list[str]) -> None:
    assert [figure.metric for figure in find_figures(text)] == metrics
