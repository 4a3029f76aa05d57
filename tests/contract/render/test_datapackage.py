"""The data package is valid, and says of each file what the file is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from frictionless import Package

from pipeline.contract.render.datapackage import datapackage
from pipeline.contract.render.release_info import FileInfo, ReleaseInfo, to_json
from pipeline.contract.tables import PUBLISHED, table
from tests.publish.sample import CREATED, build


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    (folder / "datapackage.json").write_text(to_json(datapackage(PUBLISHED, build(folder))), "utf-8")
    return folder


def test_descriptor_is_valid(release: Path) -> None:
    descriptor = json.loads((release / "datapackage.json").read_text("utf-8"))
    assert list(Package.metadata_validate(descriptor)) == []
    package = Package(str(release / "datapackage.json"))
    assert {spec.name for spec in PUBLISHED} <= set(package.resource_names)


def test_data_is_as_described(release: Path) -> None:
    package = Package(str(release / "datapackage.json"))
    for name in [n for n in package.resource_names if n.endswith("-parquet")]:
        package.remove_resource(name)  # this library reads Parquet by another engine, which is not here
    report = package.validate()
    assert report.valid, report.to_summary()


def test_keys_and_hashes(release: Path) -> None:
    resources = json.loads((release / "datapackage.json").read_text("utf-8"))["resources"]
    for resource in resources:
        data = (release / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
    schema = next(r["schema"] for r in resources if r["name"] == "documents")
    assert schema["primaryKey"] == ["doc_id"]
    assert schema["foreignKeys"] == [{"fields": ["duplicate_of"], "reference": {"resource": "", "fields": ["doc_id"]}}]


def test_many_parts_have_a_hash_each() -> None:
    parts = [FileInfo(f"parquet/figures/part-{n:05d}.parquet", 10 + n, f"{n:064x}", 5) for n in range(2)]
    (resource,) = datapackage([table("figures")], ReleaseInfo("v", CREATED, {"figures": parts}))["resources"]
    assert resource["path"] == [part.path for part in parts]
    assert (resource["bytes"], resource["rows"]) == (21, 10)
    assert [part["hash"] for part in resource["parts"]] == [f"sha256:{part.sha256}" for part in parts]
