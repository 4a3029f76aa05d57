"""Periods with their first and last day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.periods import Period, find_periods, reported_in

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "periods.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    published = dt.date.fromisoformat(case["published_on"]) if case["published_on"] else None
    found = list(find_periods(case["text"], published))
    if case["class"] == "negative":
        assert not found
        return
    day = {name: dt.date.fromisoformat(case[name]) if case[name] else None for name in ("start", "end")}
    assert (found[0][1].start, found[0][1].end) == (day["start"], day["end"])


def test_same_days_of_the_year_before() -> None:
    """去年同期 after a period means its days a year earlier."""
    found = list(find_periods("今年1-10月完成5亿元，去年同期为3亿元。", dt.date(2024, 11, 2)))
    assert (found[1][1].start, found[1][1].end) == (dt.date(2023, 1, 1), dt.date(2023, 10, 31))


def test_the_title_tells_the_year() -> None:
    on = [period for _, period in find_periods("1-5月，全县完成收入8亿元。", None, "某县2024年1-5月财政收支情况")]
    assert on == [Period(dt.date(2024, 1, 1), dt.date(2024, 5, 31))]
    assert not list(find_periods("全年完成收入8亿元。", None, "2024年政府工作报告"))  # of the year before, mostly


def test_reported_in() -> None:
    assert reported_in("某县2021年国民经济和社会发展统计公报") == Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert reported_in("某县2024年1-5月财政收支情况") == Period(dt.date(2024, 1, 1), dt.date(2024, 5, 31))
    assert reported_in("某县2024年工作要点完成情况") is None
    assert reported_in("2015年某省计划生育统计公报") == Period(dt.date(2015, 1, 1), dt.date(2015, 12, 31))
    assert reported_in("2024年春耕见闻") is None
