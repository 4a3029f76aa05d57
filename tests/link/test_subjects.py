"""Whose figure it is, after a whole run: the body or place named, or the place that the document is about."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.casefiles import CASES

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
ROWS: list[dict[str, Any]] = json.loads((CASES / "subjects.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def subjects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str | None]]]:
    """Surface and subject of every figure of each case, in the order of its text."""
    folder = tmp_path_factory.mktemp("subjects")
    raw = folder / "raw"
    raw.mkdir()
    for n, row in enumerate(ROWS):
        (raw / f"{n}.txt").write_text(_MARK.sub(r"\1", row["marked"]), "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "run", str(raw), "--out", str(folder / "out")]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    tables = folder / "out" / "latest" / "parquet"
    sources = pd.read_parquet(tables / "documents").set_index("doc_id")["source"]
    names = pd.read_parquet(tables / "entities").set_index("entity_id")["name"]
    figures = pd.read_parquet(tables / "figures").sort_values(["doc_id", "start"])
    found: dict[str, list[tuple[str, str | None]]] = {}
    for row in figures.itertuples():
        found.setdefault(ROWS[int(Path(sources[row.doc_id]).stem)]["label"], []).append((row.surface, names.get(row.subject_id)))
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["label"])
def test_subjects(row: dict[str, Any], subjects: dict[str, list[tuple[str, str | None]]]) -> None:
    wanted = _MARK.findall(row["marked"])
    found = [(surface, name) for surface, name in subjects[row["label"]] if any(surface == mark for mark, _ in wanted)]
    assert [surface for surface, _ in found] == [surface for surface, _ in wanted]
    for (surface, name), (_, part) in zip(found, wanted, strict=True):
        assert part in (name or ""), f"{surface} is of {part}, not {name}"
