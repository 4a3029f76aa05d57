"""The clean truth of the sample documents: where it lies and how it is read. What it means: tests/truth/README.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "truth"

Truth = dict[str, Any]


def load() -> list[Truth]:
    """All documents, sorted by name."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def source(truth: Truth) -> str:
    """Where a document stands below raw/, as the column `source` has it."""
    raw = truth["raw"]
    return str(raw["path"]) if raw["record"] is None else f"{raw['path']}#{raw['record']}"


def expected_text(truth: Truth) -> str:
    """The body that a perfect repair gives: paragraphs by newline, without what is lost for good.

    Compare after folding width: mirrors write ASCII punctuation, and it stays as it stands.
    """
    text = "\n".join(truth["body"])
    for part in truth["lost"]:
        text = text.replace(part["was"], part["left"])
    return text
