"""People: the cases, and what every result keeps to."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.extract.people import find_people
from tests.extract.test_organizations import params

CASES = json.loads((Path(__file__).parents[1] / "cases" / "people.json").read_text("utf-8"))


@pytest.mark.parametrize("case", params(CASES))
def test_cases(case: dict[str, Any]) -> None:
    geography: Any = SimpleNamespace(**case["geography"])
    found = find_people(case["text"], None, [(n, r) for n, r in case["bylines"]], geography)
    assert sorted({m.name for m in found}) == sorted(case["expected"])
    for name, role in case["expected"].items():
        assert any(role in (m.role or "") for m in found if m.name == name), (name, role)
    for mention in found:
        if mention.start >= 0:
            assert case["text"][mention.start : mention.end] == mention.surface


def test_one_person_once_in_one_place() -> None:
    geography: Any = SimpleNamespace(province=None, prefecture=None, county=None, county_code=None)
    found = find_people("县长李明来了。李明说,好。", None, [("李明", "作者")], geography)
    spans = [(m.start, m.end) for m in found if m.start >= 0]
    assert len(spans) == len(set(spans)) == 2
