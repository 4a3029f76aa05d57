"""Townships, villages and zones in the counties of a document; more of them in the cases of `test_places`."""

from __future__ import annotations

import pytest

from pipeline.extract.gazetteer import load
from pipeline.extract.local_places import find_local

NINGSHAN = load().by_code("610923")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("筒车湾镇的村民来了。", {"筒车湾镇": "610923106000"}),
        ("筒车湾、江口等镇修路。", {"筒车湾": "610923106000", "江口": "610923102000"}),
        ("各镇村干部下乡，示范村里修路。", {}),
    ],
)
def test_names_of_a_county(text: str, expected: dict[str, str]) -> None:
    assert NINGSHAN
    assert {m.surface: m.code for m in find_local(text, [NINGSHAN], [])} == expected


def test_an_unknown_village_behind_its_township_needs_no_county() -> None:
    found = find_local("在青龙山镇黄泥岗村，合作社开张了。", [], [])
    assert ("黄泥岗村", "village", None) in {(m.surface, m.level, m.code) for m in found}
