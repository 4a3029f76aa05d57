"""The command line as a user meets it, and one release to use it on."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main

RAW = Path(__file__).resolve().parents[2] / "raw"


@pytest.fixture
def cli():
    return lambda *args, **kw: CliRunner().invoke(main, [str(a) for a in args], **kw)


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """An output folder with two releases, the second of fewer documents."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "raw").mkdir()
    for name in ("midu-three-slips", "longde-supervision", "huzhu-potatoes"):
        shutil.copy(RAW / "txt" / f"{name}.txt", folder / "raw")
    for gone in (None, "huzhu-potatoes.txt"):
        if gone:
            (folder / "raw" / gone).unlink()
        done = CliRunner().invoke(main, ["run", str(folder / "raw"), "--out", str(folder / "out")])
        assert done.exit_code == 0, done.output
    return folder / "out"
