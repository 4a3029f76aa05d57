"""Reads the case files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def cases(topic: str) -> list[Any]:
    """The cases of a topic as pytest parameters; a known failure must fail."""
    rows = json.loads((Path(__file__).parents[1] / "cases" / f"{topic}.json").read_text("utf-8"))
    return [
        pytest.param(row, id=f"{row['class']}-{row['label']}",
                     marks=[pytest.mark.xfail(strict=True)] if row["class"] == "known_failure" else [])
        for row in rows
    ]
