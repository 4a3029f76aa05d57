"""One run at a time; the next one finds no litter."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.engine.lock import Busy, only_run, sweep

HOLD = """
import sys, time
from pipeline.engine.lock import only_run
with only_run(sys.argv[1]):
    print("has it", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path):
    """Another process that is at work in the folder."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_run_is_told_who_is_at_work(tmp_path, other):
    with pytest.raises(Busy, match=rf"process {other.pid} on .* since 20.*wait for it"), only_run(tmp_path, wait=0):
        pass


def test_a_second_run_waits_and_says_so(tmp_path, other):
    told = []

    def hear(sentence):
        told.append(sentence)
        other.kill()

    with only_run(tmp_path, wait=30, told=hear):
        assert told[0].endswith("waiting for it")


def test_a_process_may_ask_again(tmp_path):
    with only_run(tmp_path), only_run(tmp_path, wait=0):
        assert (tmp_path / ".stage" / "run.json").exists()
    assert not (tmp_path / ".stage" / "run.json").exists()


def test_litter_is_swept_before_work(tmp_path):
    litter = [
        tmp_path / ".stage" / "repair" / ".writing-x",
        tmp_path / ".stage" / ".spill" / "y",
        tmp_path / "releases" / ".building-z",
    ]
    for path in litter:
        path.mkdir(parents=True)
        (path / "half.parquet").write_bytes(b"PAR1")
    kept = tmp_path / ".stage" / "repair" / "0123"
    kept.mkdir()
    (tmp_path / ".latest-99").symlink_to("releases/nowhere")
    with only_run(tmp_path):
        assert not any(path.exists() for path in litter)
        assert not (tmp_path / ".latest-99").is_symlink()
        assert kept.exists()
    assert sweep(tmp_path) == []


def test_the_output_folder_is_made(tmp_path):
    with only_run(tmp_path / "new"):
        assert Path(tmp_path / "new" / ".stage").is_dir()
