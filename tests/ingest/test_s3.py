"""Raw files in an S3-compatible store, which is a real server on this machine."""

import json

import fsspec
import pytest

from tests.conftest import few_samples
from tests.graph.conftest import materialize
from tests.ingest import samples


@pytest.fixture
def bucket(tmp_path, s3_server):
    """The URL of a folder in a bucket that holds some samples and an archive."""
    store = fsspec.filesystem("s3")
    store.mkdir("pages")
    for path in few_samples(tmp_path / "few").iterdir():
        store.put_file(str(path), f"pages/raw/{path.name}")
    store.pipe_file("pages/raw/more.zip", samples.zipped({"x.jsonl": samples.jsonl()}))
    yield "s3://pages/raw"
    store.rm("pages", recursive=True)


def test_a_release_from_a_bucket(bucket, tmp_path):
    from pipeline.engine.store import Store

    assert materialize(bucket, tmp_path / "out").success
    store = Store(tmp_path / "out")
    sources = store.read("ingest", "raw_documents")["source"].to_pylist()
    assert "more.zip#x.jsonl#0" in sources and len(sources) == 7
    before = json.loads((tmp_path / "out" / ".stage" / "ingest" / "current.json").read_text())
    assert materialize(bucket, tmp_path / "out").success
    assert json.loads((tmp_path / "out" / ".stage" / "ingest" / "current.json").read_text()) == before
