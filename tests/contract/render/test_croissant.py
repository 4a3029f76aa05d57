"""A loader that knows Croissant gets every table from the descriptor."""

from __future__ import annotations

from pathlib import Path

import mlcroissant as mlc
import pyarrow.parquet as pq
import pytest

from pipeline.contract.render.croissant import CONFORMS_TO, croissant
from pipeline.contract.render.release_info import to_json
from pipeline.contract.tables import PUBLISHED
from tests.publish.sample import build


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    (folder / "croissant.json").write_text(to_json(croissant(PUBLISHED, build(folder))), "utf-8")
    return folder


def test_is_valid(release: Path) -> None:
    dataset = mlc.Dataset(release / "croissant.json")
    assert str(dataset.metadata.ctx.conforms_to.value) == CONFORMS_TO
    assert not dataset.metadata.ctx.issues.errors
    # A release is named by its time and content, not by a major, minor and patch number.
    assert all("MAJOR.MINOR.PATCH" in warning for warning in dataset.metadata.ctx.issues.warnings)


@pytest.mark.parametrize("name", [spec.name for spec in PUBLISHED])
def test_records_load(release: Path, name: str) -> None:
    records = list(mlc.Dataset(release / "croissant.json").records(name))
    rows = pq.read_table(release / "parquet" / name)
    assert len(records) == rows.num_rows
    assert {key.removeprefix(f"{name}/") for key in records[0]} == set(rows.column_names)
