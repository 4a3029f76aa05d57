from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import script
from pipeline.repair.ledger import Draft
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("script"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = Draft(case["text"]).apply(script.find(case["text"])).finish()
    assert repaired.text == case["expected"]
    assert repaired.undo() == case["text"]
