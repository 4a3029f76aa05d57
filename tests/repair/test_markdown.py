from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import markdown, repair
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("markdown"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["mended"]
    assert repaired.undo() == case["text"]
    assert {row.damage for row in repaired.ledger} == ({"html"} if case["text"] != case["mended"] else set())


def test_a_long_line_of_brackets_takes_time_in_proportion() -> None:
    assert markdown.find("[](" * 20_000) == []
    assert len(markdown.find("[要闻](/a.html)" + " " * 200_000 + "** a")) == 2
