from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import furniture
from tests.casefiles import cases

TESTS = {
    "crumbs": furniture.is_crumbs,
    "strong": furniture.is_strong,
    "buttons": furniture.is_buttons,
    "menu": furniture.is_menu,
    "sign": furniture.is_sign,
    "site": furniture.is_site_name,
    "caption": furniture.is_caption,
    "prose": furniture.is_prose,
}


@pytest.mark.parametrize("case", cases("furniture"))
def test_cases(case: dict[str, Any]) -> None:
    line, kind = case["line"], case["kind"]
    if kind is None:
        assert not [name for name, test in TESTS.items() if test(line)]
    else:
        assert TESTS[kind](line)
    if kind == "prose":
        assert not any(TESTS[name](line) for name in ("strong", "buttons", "menu", "sign"))
