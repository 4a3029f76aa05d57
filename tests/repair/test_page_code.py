from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import page_code, repair
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("page_code"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["mended"]
    assert repaired.undo() == case["text"]
    assert {row.damage for row in repaired.ledger} == ({"html"} if case["text"] != case["mended"] else set())


@pytest.mark.parametrize("piece", ["<!--", "a{", ".a p{margin:0;", "[size=1]", "\\n", "var a=", "{margin:0}", " ", "a,"])
def test_hostile_text_is_looked_through_in_bounded_steps(piece: str) -> None:
    text = "全县召开会议，部署春耕生产。[/b]" + piece * 2_000
    for edit in page_code.find(text):
        assert 0 <= edit.start < edit.end <= len(text)
