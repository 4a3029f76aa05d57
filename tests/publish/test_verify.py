"""Whoever touches a release, its ledger or its raw files is found out."""

from pathlib import Path

import pytest

from pipeline.contract.tables import PUBLISHED
from pipeline.publish.checksums import seal
from pipeline.publish.opened import NotARelease
from pipeline.publish.verify import verify
from tests.publish.sample import RAW, build

IDS = [f"{0xA000000000000000 + n * 7919:016x}" for n in range(3)]
RAW_FILES = [(doc_id * 4, RAW) for doc_id in IDS]


def release(folder: Path, change=lambda field, value: value, tables=PUBLISHED) -> Path:
    build(folder, tables=tables, change=change)
    seal(folder)
    return folder


def failed(folder: Path, raw=RAW_FILES) -> list[str]:
    return [verdict.check.name for verdict in verify(folder, raw=raw) if not verdict.passed]


def test_a_sound_release_passes_with_and_without_its_raw_files(tmp_path):
    release(tmp_path)
    assert failed(tmp_path) == failed(tmp_path, None) == []
    names = {verdict.check.name for verdict in verify(tmp_path, raw=RAW_FILES)}
    assert names - {verdict.check.name for verdict in verify(tmp_path)} == {"raw_there", "raw_inverts"}


@pytest.mark.parametrize(
    ("column", "old", "new", "found"),
    [
        pytest.param("text", "种植", "种直", ["raw_inverts"], id="text where no repair stands"),
        pytest.param("text", "青石县聚", "青石州聚", ["ledger_fits"], id="text where a repair stands"),
        pytest.param("before", "獼", "猴", ["raw_inverts"], id="what a repair took away"),
        pytest.param("before", "首頁", "首", ["ledger_fits", "raw_inverts"], id="its length"),
        pytest.param("after", "县", "州", ["ledger_fits"], id="what a repair put there"),
    ],
)
def test_what_was_tampered_with_before_sealing_is_found(tmp_path, column, old, new, found):
    def change(field, value):
        return value.replace(old, new) if field.name == column and isinstance(value, str) else value

    assert change(type("Field", (), {"name": column}), old) == new
    release(tmp_path, change)
    assert failed(tmp_path) == found


def test_raw_files_that_changed_or_went_are_named(tmp_path):
    release(tmp_path)
    told = {v.check.name: v for v in verify(tmp_path, raw=[(IDS[0] * 4, RAW + "。"), (IDS[1] * 4, RAW), ("f" * 64, "other")])}
    assert (told["raw_inverts"].value, told["raw_there"].value) == (1, 1)
    assert told["raw_inverts"].check.description.endswith("not so: 00000.txt")
    assert told["raw_there"].check.description.endswith("not so: 00002.txt")


@pytest.mark.parametrize("table", ["documents", "figures"])
def test_a_broken_table_is_a_verdict(tmp_path, table):
    release(tmp_path)
    next((tmp_path / "parquet" / table).glob("*.parquet")).write_bytes(b"broken")
    assert failed(tmp_path) == ["checksums", "readable"]


def test_facts_alone_cannot_be_set_against_raw_files(tmp_path):
    release(tmp_path, tables=tuple(spec.without_source_text() for spec in PUBLISHED))
    assert failed(tmp_path, None) == []
    with pytest.raises(NotARelease, match="facts alone"):
        failed(tmp_path)
