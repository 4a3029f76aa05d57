"""Bodies in a row: whose they are, and where a row ends. The cases are in `cases/organizations.json`."""

from __future__ import annotations

import pytest

from pipeline.extract.mentions import Mention
from pipeline.extract.organization_lists import go_on


def mention(text: str, surface: str, name: str) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, "organization", name)


@pytest.mark.parametrize(
    ("text", "surface", "name", "expected"),
    [
        ("县公安局、法院、检察院到场", "县公安局", "大姚县公安局", ["大姚县人民法院", "大姚县人民检察院"]),
        ("龙街镇党委政府研究", "龙街镇党委", "中共龙街镇委员会", ["龙街镇人民政府"]),
        ("龙街镇党委、政府采购", "龙街镇党委", "中共龙街镇委员会", []),
        ("县公安局、政府", "县公安局", "大姚县公安局", []),
        ("龙街镇党委、法院", "龙街镇党委", "中共龙街镇委员会", []),
    ],
)
def test_a_row_goes_on(text: str, surface: str, name: str, expected: list[str]) -> None:
    found = list(go_on(text, [mention(text, surface, name)], ["大姚县", "龙街镇"]))
    assert [m.name for m in found] == expected
    assert all(text[m.start : m.end] == m.surface for m in found)


def test_what_is_found_already_is_not_found_again() -> None:
    text = "县公安局、法院"
    bodies = [mention(text, "县公安局", "大姚县公安局"), mention(text, "法院", "大姚县人民法院")]
    assert list(go_on(text, bodies, ["大姚县"])) == []
