from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import strewn
from pipeline.repair.ladder import repair
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("strewn"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["expected"]
    assert repaired.undo() == case["text"]


def test_every_mark_that_is_found_announces_itself() -> None:
    for comma in ",，":
        for mark in "。、；：！？":
            assert strewn.suspicious(f"卖出去了{comma}{mark}")
