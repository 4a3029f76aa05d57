"""From where on names count for a figure."""

from __future__ import annotations

import pytest

from pipeline.extract.scopes import Scopes


@pytest.mark.parametrize(
    ("text", "behind", "level"),
    [
        ("雪山镇建成基地", "", None),
        ("雪山镇建成基地。全县种植", "雪山镇建成基地。全县", "county"),
        ("某省某市。\n在雪山镇，种植", "某省某市。\n", None),
        ("据县统计局数据，上半年", "据县统计局数据", None),
        ("雪山镇很美。我市接待", "雪山镇很美。我市", "prefecture"),
        ("全市增长9%，其中白银区增长10%。收入", "全市增长9%，其中白银区增长10%。", "prefecture"),
        ("全市增长9%，其中白银区增长", "全市", "prefecture"),
        ("全自治区新增", "全自治区", "province"),
        ("雪山镇全镇种植", "", None),
        ("草海镇和全县域旅游", "", None),
        ("全县种植。雪山镇建成。目前，已有", "全县种植。雪山镇建成。目前，", "county"),
        ("雪山镇建成。目前，已有", "", None),
        ("雪山镇新建\n全省完成\n小海镇建成", "雪山镇新建\n全省完成\n", "province"),
    ],
)
def test_at(text: str, behind: str, level: str | None) -> None:
    assert Scopes(text).at(len(text), text.rfind("\n") + 1) == (len(behind), level)


def test_level_is_that_of_the_text_before_it_is_said() -> None:
    assert Scopes("完成投资3亿元。全省增长").at(4, 0) == (0, "province")


@pytest.mark.parametrize(
    "text", ["居全市第三位，税收", "高于全省平均水平，税收", "入选全省十强县，税收", "全县领先水平，税收", "走在全省前列，税收"]
)
def test_what_a_place_is_held_against_is_no_whole(text: str) -> None:
    assert Scopes(text).at(len(text), 0) == (0, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("该村种植", (2, "village")),
        ("全镇共有", (2, "township")),
        ("“我们村种果", (4, "village")),
        ("形势向好。公司现有", (7, "company")),
        ("公司+农户带动", (None, None)),
        ("某公司现有", (None, None)),
        ("该村种植\n去年", (None, None)),
    ],
)
def test_said(text: str, said: tuple[int | None, str | None]) -> None:
    assert Scopes(text).said(len(text), text.rfind("\n") + 1) == said
