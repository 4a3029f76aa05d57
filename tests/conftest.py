"""Fixtures that every test folder shares."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

RAW = Path(__file__).resolve().parents[1] / "raw"
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seed documents and their gold; the test is skipped where it does not exist."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs ../shared (seed documents and gold), which is not on this machine")
    return SHARED


@pytest.fixture
def some_raw(tmp_path: Path) -> Path:
    """A raw folder of a few samples, for tests that change it."""
    return few_samples(tmp_path / "raw")


def few_samples(folder: Path) -> Path:
    """Copy a few samples to a folder."""
    folder.mkdir()
    for path in sorted(RAW.rglob("*.txt"))[-4:]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def s3_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an S3-compatible server on this machine, for which the environment is set."""
    moto_server = pytest.importorskip("moto.server", reason="needs moto: pip install 'moto[server]'")
    s3fs = pytest.importorskip("s3fs", reason="needs s3fs: pip install 'xianqing[s3]'")
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "nobody"),
        ("AWS_SECRET_ACCESS_KEY", "nothing"),
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"),
        ("AWS_EC2_METADATA_DISABLED", "true"),  # without keys it would be asked for some, and waited for
        ("AWS_CONFIG_FILE", "/nonexistent"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
    ):
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield f"http://{host}:{port}"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()
