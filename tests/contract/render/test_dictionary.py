"""The committed data dictionary is what the contract renders."""

from __future__ import annotations

from pathlib import Path

from pipeline.contract.render.dictionary import dictionary
from pipeline.contract.tables import PUBLISHED
from pipeline.contract.views import VIEWS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "data-dictionary.md"


def test_committed_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == dictionary(PUBLISHED), (
        "docs/data-dictionary.md is stale; write it anew: "
        "python -c 'from pipeline.contract.render.dictionary import *; from pipeline.contract.tables import PUBLISHED; "
        'open("docs/data-dictionary.md", "w").write(dictionary(PUBLISHED))\''
    )


def test_every_column_is_there() -> None:
    text = dictionary(PUBLISHED)
    for spec in PUBLISHED:
        assert f"## {spec.name}\n" in text
        for field in spec.fields:
            assert f"| `{field.name}` |" in text
    for view in VIEWS:
        assert f"**{view.name}**: {view.description} {view.description_zh}" in text
