"""The unit table: sound rows, conversions, quotients."""

from __future__ import annotations

import re

import pytest

from pipeline.contract.fields import BASE_UNIT, KIND
from pipeline.extract.units import known_unit, stock_phrases, unit_of, unit_pattern, units


def test_table_is_sound() -> None:
    for unit in units().values():
        assert unit.kind in KIND, unit
        assert unit.base_unit is None or unit.base_unit in BASE_UNIT, unit
        assert (unit.base_unit is None) == (unit.factor is None), unit
        assert unit.chinese in ("yes", "big", "no"), unit


@pytest.mark.parametrize(
    ("name", "kind", "base", "factor"),
    [
        ("亩", "area", "m2", 10000 / 15), ("公顷", "area", "m2", 1e4), ("斤", "mass", "kg", 0.5),
        ("吨", "mass", "kg", 1e3),
        ("公里", "length", "m", 1e3), ("兆瓦", "power", "W", 1e6), ("千瓦时", "energy", "J", 3.6e6),
        ("%", "ratio", "1", 0.01),
        ("百分点", "ratio", "1", 0.01), ("立方米", "volume", "m3", 1), ("元", "money", "CNY", 1),
        ("标箱", "count", "1", 1),
        ("天", "duration", "s", 86400), ("元/亩", "money", None, None), ("微克/立方米", "other", None, None),
        ("美元", "money", None, None), ("没见过的量词", "count", "1", 1),
    ],
)  # fmt: skip
def test_unit_of(name: str, kind: str, base: str | None, factor: float | None) -> None:
    unit = unit_of(name)
    assert (unit.kind, unit.base_unit) == (kind, base)
    assert unit.factor == (pytest.approx(factor) if factor else None)


def test_known_unit() -> None:
    assert known_unit("元/亩")
    assert known_unit("辆/日")
    assert known_unit("个百分点")
    assert not known_unit("怪/亩")


@pytest.mark.parametrize(("text", "unit"), [("家企业", "家"), ("家庭", None), ("人次", "人次"), ("吨标准煤", "吨标准煤")])
def test_pattern(text: str, unit: str | None) -> None:
    match = re.match(unit_pattern(), text)
    assert (match[0] if match else None) == unit


def test_stock_phrases() -> None:
    assert "两个维护" in stock_phrases()
    assert all(re.match("[一二两三四五六七八九十百千]", phrase) for phrase in stock_phrases())
