from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import control
from pipeline.repair.ledger import Draft
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("control"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = Draft(case["text"]).apply(control.find(case["text"])).finish()
    assert repaired.text == case["expected"]
    assert repaired.undo() == case["text"]


def test_a_sound_text_is_not_looked_at() -> None:
    assert not control.suspicious("全县召开会议。\n\t第二段\u3000")
