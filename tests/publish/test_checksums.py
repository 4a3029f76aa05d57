import shutil
import subprocess

import pytest

from pipeline.publish.checksums import NAME, broken, seal


@pytest.fixture
def release(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "数据.csv").write_text("1")
    (tmp_path / "b.json").write_text("2")
    seal(tmp_path)
    return tmp_path


def test_a_sealed_release_is_whole(release):
    assert broken(release) == []


def test_each_kind_of_harm_is_named(release):
    (release / "b.json").write_text("3")
    (release / "c.txt").write_text("new")
    (release / "a" / "数据.csv").unlink()
    assert broken(release) == ["missing: a/数据.csv", "not sealed: c.txt", "changed: b.json"]


def test_a_folder_without_seal_is_no_release(tmp_path):
    with pytest.raises(FileNotFoundError, match=NAME):
        broken(tmp_path)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_usual_tool_reads_the_seal(release):
    assert subprocess.run(["sha256sum", "-c", "--quiet", NAME], cwd=release, check=False).returncode == 0
