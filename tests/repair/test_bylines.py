from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline.repair import bylines
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("bylines"))
def test_cases(case: dict[str, Any]) -> None:
    info = bylines.read_line(case["line"])
    if case["people"] is None:
        assert info is None
        return
    assert info is not None
    assert [list(person) for person in info.people] == case["people"]
    assert (info.publisher, info.section) == (case["publisher"], case["section"])
    assert info.date == (dt.date.fromisoformat(case["date"]) if case["date"] else None)


def test_a_day_that_does_not_exist_is_none() -> None:
    assert bylines.date_in("发布于2019-02-30") is None
    assert bylines.date_in("发布于2019年2月28日") == dt.date(2019, 2, 28)
