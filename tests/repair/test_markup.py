from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import repair
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("markup"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["expected"]
    assert repaired.undo() == case["text"]
