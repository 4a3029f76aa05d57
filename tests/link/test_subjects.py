"""Whose figure it is, after a whole run: the body or place named, or the place that the document is about."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipeline.engine.step import Task
from pipeline.engine.store import Store
from pipeline.link import subjects as subjects_sql
from pipeline.link.join import link
from tests.casefiles import CASES

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
ROWS: list[dict[str, Any]] = json.loads((CASES / "subjects.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over all cases."""
    folder = tmp_path_factory.mktemp("subjects")
    raw = folder / "raw"
    raw.mkdir()
    for n, row in enumerate(ROWS):
        (raw / f"{n}.txt").write_text(_MARK.sub(r"\1", row["marked"]), "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "run", str(raw), "--out", str(folder / "out")]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    return folder / "out"


@pytest.fixture(scope="module")
def subjects(out: Path) -> dict[str, list[tuple[str, str | None]]]:
    """Surface and subject of every figure of each case, in the order of its text."""
    tables = out / "latest" / "parquet"
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


def test_slices_hold_every_document_once_and_in_order() -> None:
    ids = [f"{n:04x}000000000000" for n in range(0, 65536, 97)]
    for n in (0, 2_999_999, 7_000_000, 10**9):
        slices = list(subjects_sql.slices(n))
        parted = [duckdb.sql(f"SELECT doc_id FROM (SELECT unnest({ids}) AS doc_id) WHERE {each}").fetchall() for each in slices]
        assert [doc_id for rows in parted for (doc_id,) in rows] == ids
    assert len(list(subjects_sql.slices(7_000_000))) == 3


def test_slices_change_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(out)
    steps = ("ingest", "repair", "entities", "figures", "signatures")
    folders = [(step, str(store.folder(step, key))) for step in steps for key in store.result(step).keys]
    task = Task("x", tuple(folder for _, folder in folders), tuple(step for step, _ in folders))
    whole = link(task)["figures"].read_all()
    monkeypatch.setattr(subjects_sql, "_SLICE", 20)
    assert len(list(subjects_sql.slices(whole.num_rows))) > 3
    assert link(task)["figures"].read_all().equals(whole)
