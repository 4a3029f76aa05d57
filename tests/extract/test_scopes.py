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
        ("全自治区新增", "全自治区", "province"),
        ("雪山镇全镇种植", "", None),
        ("草海镇和全县域旅游", "", None),
        ("雪山镇新建\n全省完成\n小海镇建成", "雪山镇新建\n全省完成\n", "province"),
    ],
)
def test_at(text: str, behind: str, level: str | None) -> None:
    assert Scopes(text).at(len(text)) == (len(behind), level)


def test_level_is_that_of_the_text_before_it_is_said() -> None:
    assert Scopes("完成投资3亿元。全省增长").at(4) == (0, "province")
