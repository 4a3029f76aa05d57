from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import pinyin
from pipeline.repair.ledger import Draft
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("pinyin"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = Draft(case["text"]).apply(pinyin.find(case["text"])).finish()
    assert repaired.text == case["expected"]
    assert repaired.undo() == case["text"]
