"""Campaigns and mechanisms: the cases, and what every result keeps to."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.extract.initiatives import find_initiatives
from tests.extract.test_organizations import params

CASES = json.loads((Path(__file__).parents[1] / "cases" / "initiatives.json").read_text("utf-8"))


@pytest.mark.parametrize("case", params(CASES))
def test_cases(case: dict[str, Any]) -> None:
    geography: Any = SimpleNamespace(**case["geography"])
    found = find_initiatives(case["text"], case.get("title"), geography)
    assert sorted({m.name for m in found}) == sorted(case["expected"])
    for mention in found:
        assert mention.type in ("campaign", "mechanism")
        if mention.start >= 0:
            assert case["text"][mention.start : mention.end] == mention.surface
        components = case["expected"][mention.name]
        if components is not None:
            assert list(mention.components) == components


def test_mechanisms_belong_to_the_county_and_campaigns_do_not() -> None:
    geography: Any = SimpleNamespace(province="陕西省", prefecture="安康市", county="平利县", county_code="610926")
    found = find_initiatives("推行“三单制”管理,推进脱贫攻坚。", None, geography)
    assert {m.type: m.county_code for m in found} == {"mechanism": "610926", "campaign": None}
