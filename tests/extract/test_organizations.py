"""Organisations: the cases, and what every result keeps to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.extract.mentions import Mention
from pipeline.extract.organizations import find_organizations

CASES = json.loads((Path(__file__).parents[1] / "cases" / "organizations.json").read_text("utf-8"))
LEVELS = {"省": "province", "市": "prefecture", "州": "prefecture", "县": "county", "区": "county", "镇": "township"}


def params(cases: list[dict[str, Any]]) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=pytest.mark.xfail(strict=True) if case["class"] == "known_failure" else (),
        )
        for case in cases
    ]


def place_mentions(text: str, given: list[str]) -> list[Mention]:
    """Mentions of places written as surface or surface=name, the longest first."""
    found: list[Mention] = []
    for surface, _, name in sorted((g.partition("=") for g in given), key=lambda g: -len(g[0])):
        for match in re.finditer(surface, text):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                full = name or surface
                level = LEVELS.get(full[-1], "township" if full[-1] in "乡道" else "natural")
                found.append(Mention(*match.span(), surface, "place", full, level=level))
    return sorted(found, key=lambda m: m.start)


@pytest.mark.parametrize("case", params(CASES))
def test_cases(case: dict[str, Any]) -> None:
    geography: Any = SimpleNamespace(**case["geography"])
    found = find_organizations(case["text"], None, geography, place_mentions(case["text"], case["places"]))
    assert sorted({m.name for m in found}) == sorted(case["expected"])
    for mention in found:
        assert case["text"][mention.start : mention.end] == mention.surface


def test_a_body_only_in_the_title_has_no_span() -> None:
    geography: Any = SimpleNamespace(province="陕西省", prefecture="安康市", county="平利县", county_code="610926")
    (mention,) = find_organizations("一切顺利。", "平利县财政局优化服务", geography, [])
    assert (mention.start, mention.end, mention.name) == (-1, -1, "平利县财政局")
