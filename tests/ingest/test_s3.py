"""Raw files in an S3-compatible store, which is a real server on this machine."""

import json

import pytest

from tests.conftest import few_samples
from tests.graph.conftest import materialize
from tests.ingest import samples

moto_server = pytest.importorskip("moto.server", reason="needs moto: pip install 'moto[server]'")
s3fs = pytest.importorskip("s3fs", reason="needs s3fs: pip install 'xianqing[s3]'")


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """The URL of a folder in a bucket that holds some samples and an archive."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("FSSPEC_S3_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    s3fs.S3FileSystem.clear_instance_cache()
    store = s3fs.S3FileSystem(endpoint_url=f"http://{host}:{port}", key="nobody", secret="nothing")
    store.mkdir("pages")
    for path in few_samples(tmp_path / "few").iterdir():
        store.put_file(str(path), f"pages/raw/{path.name}")
    store.pipe_file("pages/raw/more.zip", samples.zipped({"x.jsonl": samples.jsonl()}))
    yield "s3://pages/raw"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_a_release_from_a_bucket(bucket, tmp_path):
    from pipeline.engine.store import Store

    assert materialize(bucket, tmp_path / "out").success
    store = Store(tmp_path / "out")
    sources = store.read("ingest", "raw_documents")["source"].to_pylist()
    assert "more.zip#x.jsonl#0" in sources and len(sources) == 7
    before = json.loads((tmp_path / "out" / ".stage" / "ingest" / "current.json").read_text())
    assert materialize(bucket, tmp_path / "out").success
    assert json.loads((tmp_path / "out" / ".stage" / "ingest" / "current.json").read_text()) == before
