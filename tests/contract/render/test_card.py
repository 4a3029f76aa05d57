"""The card's front matter finds each table, and its ways to load the data run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from pipeline.contract.render.card import SNIPPETS, card
from pipeline.contract.render.release_info import ReleaseInfo
from pipeline.contract.tables import PUBLISHED
from pipeline.publish.database import create, fill
from tests.publish.sample import build


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ReleaseInfo]:
    folder = tmp_path_factory.mktemp("release")
    info = build(folder)
    create(folder, PUBLISHED)
    for spec in PUBLISHED:
        fill(folder, spec, pq.read_table(folder / "parquet" / spec.name))
    (folder / "README.md").write_text(card(PUBLISHED, info), "utf-8")
    return folder, info


def front_matter(text: str) -> dict[str, object]:
    return yaml.safe_load(text.split("---\n")[1])


def test_front_matter_names_each_table(release: tuple[Path, ReleaseInfo]) -> None:
    matter = front_matter(card(PUBLISHED, release[1]))
    assert [config["config_name"] for config in matter["configs"]] == [spec.name for spec in PUBLISHED]
    assert matter["license"] == "other"
    facts = ReleaseInfo(release[1].version, release[1].created, release[1].files, facts_only=True)
    assert front_matter(card(PUBLISHED, facts))["license"] == "cc-by-4.0"


def test_a_table_without_rows_is_not_offered_to_datasets(release: tuple[Path, ReleaseInfo]) -> None:
    files = {name: parts for name, parts in release[1].files.items() if name != "quarantine"}
    matter = front_matter(card(PUBLISHED, ReleaseInfo(release[1].version, release[1].created, files)))
    assert "quarantine" not in [config["config_name"] for config in matter["configs"]]


def test_every_column_is_described(release: tuple[Path, ReleaseInfo]) -> None:
    text = card(PUBLISHED, release[1])
    for spec in PUBLISHED:
        for field in spec.fields:
            assert f"`{field.name}`" in text and field.description_zh in text


def test_datasets_loads_each_table(release: tuple[Path, ReleaseInfo], tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="the library datasets is not installed")
    for spec in PUBLISHED:
        rows = datasets.load_dataset(str(release[0]), spec.name, split="train", cache_dir=str(tmp_path))
        assert rows.num_rows == pq.read_table(release[0] / "parquet" / spec.name).num_rows
        assert rows.column_names == list(spec.columns)


@pytest.mark.parametrize(("name", "language", "code"), SNIPPETS, ids=[s[0] for s in SNIPPETS])
def test_snippet_runs(release: tuple[Path, ReleaseInfo], tmp_path: Path, name: str, language: str, code: str) -> None:
    assert f"```{language}\n{code}```" in (release[0] / "README.md").read_text("utf-8")
    if language == "r":
        command = shutil.which("Rscript")
        if command is None:
            pytest.skip("R is not installed")
        for package in re.findall(r"^library\((\w+)\)", code, re.M):
            if subprocess.run([command, "-e", f"quit(status = !requireNamespace('{package}'))"], capture_output=True).returncode:
                pytest.skip(f"the R package {package} is not installed")
        run = [command, "-e", code]
    else:
        for module in re.findall(r"^(?:from|import) (\w+)", code, re.M):
            pytest.importorskip(module, reason=f"the library {module} is not installed")
        run = [sys.executable, "-c", code]
    environment = {**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(run, cwd=release[0], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
