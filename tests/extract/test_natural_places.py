"""Mountains, rivers and landforms."""

from __future__ import annotations

import pytest

from pipeline.extract.natural_places import find_natural


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("秦岭南麓、嘉陵江畔。", ["秦岭", "嘉陵江"]),
        ("沿东辽河种树。", ["东辽河"]),
        ("走进毛乌素沙地，在金银滩草原放牧。", ["毛乌素沙地", "金银滩草原"]),
        ("退化草原和天然草原都要保护。", []),
    ],
)
def test_landforms(text: str, expected: list[str]) -> None:
    assert [m.surface for m in find_natural(text)] == expected
