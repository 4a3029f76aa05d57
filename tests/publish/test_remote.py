"""A release in an object store: whole or not there, uploaded once, old ones removed, refusals that say what to do."""

import hashlib
import io
import json
import uuid

import duckdb
import fsspec
import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.publish import remote
from pipeline.publish.checksums import seal
from pipeline.publish.remote import Unreachable, check, send
from tests.graph.conftest import materialize

VERSIONS = ("20260101T000000Z-aaaaaa", "20260102T000000Z-bbbbbb", "20260103T000000Z-cccccc")


@pytest.fixture
def url():
    """The address of a folder in memory that nothing else uses."""
    return f"memory://{uuid.uuid4().hex}/county"


def made(folder, version, content="a,b\n1,2\n"):
    """Something that is sealed as a release is."""
    release = folder / version
    (release / "csv").mkdir(parents=True)
    (release / "csv" / "figures.csv").write_text(content)
    (release / "README.md").write_text(version)
    seal(release)
    return release


def cli(*arguments) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def held(url):
    system, root = fsspec.core.url_to_fs(url)
    return {path.removeprefix(root).lstrip("/"): system.cat_file(path) for path in system.find(root)}


def test_a_release_is_uploaded_once_and_pointed_to(tmp_path, url):
    release = made(tmp_path, VERSIONS[0])
    sent = send(release, url, 7)
    assert (sent.url, sent.uploaded, sent.removed) == (f"{url}/releases/{VERSIONS[0]}", 3, ())
    there = held(url)
    for path in ("README.md", "csv/figures.csv", "CHECKSUMS.sha256"):
        assert there[f"releases/{VERSIONS[0]}/{path}"] == (release / path).read_bytes()
    pointer = json.loads(there["latest.json"])
    assert pointer["path"] == f"releases/{VERSIONS[0]}"
    assert pointer["checksums"] == hashlib.sha256((release / "CHECKSUMS.sha256").read_bytes()).hexdigest()
    assert send(release, url, 7).uploaded == 0
    assert held(url) == there


def test_an_upload_that_broke_off_goes_on_and_nothing_points_to_it(tmp_path, url, monkeypatch):
    send(made(tmp_path, VERSIONS[0]), url, 7)
    release = made(tmp_path, VERSIONS[1])
    upload = remote._Store.upload

    def broken(store, local, path):
        if local.name == "CHECKSUMS.sha256":
            raise ConnectionError("the line is gone")
        upload(store, local, path)

    monkeypatch.setattr(remote._Store, "upload", broken)
    with pytest.raises(Unreachable, match="the line is gone"):
        send(release, url, 1)
    assert json.loads(held(url)["latest.json"])["version"] == VERSIONS[0]
    assert f"releases/{VERSIONS[0]}/README.md" in held(url)
    monkeypatch.undo()
    assert send(release, url, 7).uploaded == 1
    assert json.loads(held(url)["latest.json"])["version"] == VERSIONS[1]


def test_a_damaged_copy_is_uploaded_again(tmp_path, url):
    release = made(tmp_path, VERSIONS[0])
    send(release, url, 7)
    system, root = fsspec.core.url_to_fs(url)
    system.pipe_file(f"{root}/releases/{VERSIONS[0]}/csv/figures.csv", b"")
    system.pipe_file(f"{root}/latest.json", b"{")
    assert send(release, url, 7).uploaded == 1
    assert json.loads(held(url)["latest.json"])["version"] == VERSIONS[0]


def test_a_store_that_loses_what_is_written_is_told(tmp_path, url, monkeypatch):
    monkeypatch.setattr(remote._Store, "upload", lambda *_: None)
    with pytest.raises(Unreachable, match="does not hold"):
        send(made(tmp_path, VERSIONS[0]), url, 7)
    assert held(url) == {}


@pytest.mark.parametrize(("keep", "stay"), [(0, VERSIONS), (2, VERSIONS[1:]), (1, VERSIONS[2:])])
def test_old_releases_go(tmp_path, url, keep, stay):
    for version in VERSIONS:
        send(made(tmp_path, version), url, 0)
    system, root = fsspec.core.url_to_fs(url)
    system.pipe_file(f"{root}/releases/notes.txt", b"somebody else's")
    removed = send(tmp_path / VERSIONS[2], url, keep).removed
    assert removed == VERSIONS[: len(VERSIONS) - len(stay)]
    names = {path.split("/")[1] for path in held(url) if path.startswith("releases/")}
    assert names == {*stay, "notes.txt"}


def test_the_current_release_stays_although_its_clock_is_behind(tmp_path, url):
    send(made(tmp_path, VERSIONS[2]), url, 1)
    assert send(made(tmp_path, VERSIONS[0]), url, 1).removed == ()
    assert json.loads(held(url)["latest.json"])["version"] == VERSIONS[0]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("output", "--out"),
        ("file:///tmp/x", "--out"),
        ("memory://", "names no bucket"),
        ("nosuchstore://bucket/x", "cannot be used.*nosuchstore"),
    ],
)
def test_an_address_that_is_none_is_told(address, told):
    with pytest.raises(Unreachable, match=told):
        check(address)


def test_the_missing_extra_is_named(monkeypatch):
    def missing(*_):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(Unreachable, match=r"pip install 'xianqing\[s3\]'"):
        check("s3://bucket/x")


def test_a_run_that_cannot_upload_keeps_its_release(some_raw, tmp_path, monkeypatch, url):
    def refused(*_):
        raise PermissionError("Access Denied")

    monkeypatch.setattr(remote._Store, "upload", refused)
    result = materialize(some_raw, tmp_path / "out", publish_to=url)
    assert not result.success
    failure = next(event for event in result.all_events if event.is_step_failure)
    assert "Access Denied; look who may list, write and delete there" in str(failure.step_failure_data)
    assert (tmp_path / "out" / "latest").exists()
    monkeypatch.undo()
    assert materialize(some_raw, tmp_path / "out", publish_to=url).success
    assert "latest.json" in held(url)


@pytest.fixture
def server(s3_server):
    """An S3-compatible server on this machine that holds the bucket `county`."""
    store = fsspec.filesystem("s3")
    store.mkdir("county")
    yield s3_server
    store.rm("county", recursive=True)


def test_from_a_bucket_into_a_bucket_and_read_there(server, some_raw, tmp_path, monkeypatch):
    store = fsspec.filesystem("s3")
    for path in some_raw.iterdir():
        store.put_file(str(path), f"county/raw/{path.name}")
    monkeypatch.chdir(tmp_path)
    result = cli("run", "s3://county/raw", "--out", "s3://county/data", "--json")
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["published_to"] == "s3://county/data"
    pointer = json.loads(store.cat_file("county/data/latest.json"))
    here = tmp_path / "output" / "releases" / pointer["version"]
    path = f"county/data/{pointer['path']}"
    there = {name.removeprefix(f"{path}/"): store.cat_file(name) for name in store.find(path)}
    assert there == {p.relative_to(here).as_posix(): p.read_bytes() for p in here.rglob("*") if p.is_file()}

    figures = f"s3://{path}/parquet/figures/part-00000.parquet"
    n = summary["figures"]
    assert n > 0
    assert len(pd.read_parquet(figures)) == n
    options = {"aws_endpoint_url": server, "aws_access_key_id": "nobody", "aws_secret_access_key": "nothing"}
    lazy = pl.scan_parquet(figures, storage_options={**options, "aws_region": "us-east-1", "aws_allow_http": "true"})
    assert lazy.select(pl.len()).collect().item() == n
    with duckdb.connect() as db:
        db.register_filesystem(store)
        assert db.sql(f"SELECT count(*) FROM '{figures}'").fetchall() == [(n,)]
    assert len(pd.read_csv(io.BytesIO(there["csv/figures.csv"]), encoding="utf-8-sig")) == n

    before = {name: info["LastModified"] for name, info in store.find("county/data", detail=True).items()}
    assert cli("run", "s3://county/raw", "--out", "s3://county/data").exit_code == 0
    store.invalidate_cache()
    assert {name: info["LastModified"] for name, info in store.find("county/data", detail=True).items()} == before


def test_refusals_of_a_store_are_told_before_the_work(server, some_raw, tmp_path, monkeypatch):
    result = cli("run", some_raw, "--out", tmp_path / "out", "--publish-to", "s3://nosuchbucket/x")
    assert result.exit_code == 3 and "make the bucket first" in result.output
    assert not (tmp_path / "out").exists()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    result = cli("run", some_raw, "--out", tmp_path / "out", "--publish-to", "s3://county/x")
    assert result.exit_code == 3 and "AWS_ACCESS_KEY_ID" in result.output
    assert "Traceback" not in result.output
    result = cli("run", some_raw, "--out", "s3://county/x", "--publish-to", "s3://county/y")
    assert result.exit_code == 2
