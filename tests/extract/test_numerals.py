"""Numerals read by themselves, in every spelling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.numerals import arabic, chinese, neighbours

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "numerals.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    if case["class"] == "negative":
        with pytest.raises(ValueError, match="numeral"):
            chinese(case["chinese"])
    elif "digits" in case:
        assert arabic(case["digits"], case["multiplier"]) == pytest.approx(case["value"])
    else:
        assert chinese(case["chinese"]) == pytest.approx(case["value"])


@pytest.mark.parametrize(
    ("numeral", "bounds"),
    [
        ("两三", (2, 3)),
        ("五六百", (500, 600)),
        ("三四十", (30, 40)),
        ("三五", None),
        ("二十", None),
        ("七八万", (7e4, 8e4)),
    ],
)
def test_neighbours(numeral: str, bounds: tuple[float, float] | None) -> None:
    assert neighbours(numeral) == bounds
