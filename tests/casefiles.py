"""Where the cases and the clean truth of the samples lie, and how cases become pytest parameters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).resolve().parent / "cases"
TRUTH = Path(__file__).resolve().parent / "truth"


def cases(topic: str) -> list[Any]:
    """The cases of a topic; a known failure must fail."""
    rows = json.loads((CASES / f"{topic}.json").read_text("utf-8"))
    return [
        pytest.param(
            row,
            id=f"{row['class']}-{row['label']}",
            marks=[pytest.mark.xfail(strict=True)] if row["class"] == "known_failure" else [],
        )
        for row in rows
    ]
