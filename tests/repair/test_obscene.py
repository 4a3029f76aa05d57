from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import obscene
from pipeline.repair.ladder import repair
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("obscene"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["expected"]
    assert repaired.undo() == case["text"]
    assert all(row.damage == "injected" for row in repaired.ledger)


def test_what_is_found_is_announced_by_a_sign() -> None:
    for case in cases("obscene"):
        text = case.values[0]["text"]
        assert not obscene.find(text) or obscene.suspicious(text)
