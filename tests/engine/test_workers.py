"""A document that crashes, hangs or raises costs itself alone, in worker processes that are real."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pipeline.engine.store import Store, read_parquet
from pipeline.engine.workers import WorkerDied, work
from tests.engine.toy import TOY, calls, tasks


def done(folder, *keys, **options):
    """Sources kept and failures told of, by task."""
    receipts = dict(work(TOY, list(enumerate(tasks(folder, *keys))), str(folder), 2, **options))
    found = {}
    for number, key in enumerate(keys):
        where = Store(folder).folder("toy", receipts[number].key)
        failures = where / "failures.parquet"
        found[key] = (
            read_parquet(where / "quarantine.parquet")["source"].to_pylist(),
            {row["doc_id"]: row["detail"] for row in read_parquet(failures).to_pylist()} if failures.exists() else {},
        )
    return found


def test_a_document_that_crashes_its_process_is_left_out_after_two_tries(tmp_path):
    found = done(tmp_path, "a+crash1+b", "c", "d+crash2")
    assert found["c"] == (["c"], {})
    assert found["a+crash1+b"][0] == ["a", "b"]
    assert found["a+crash1+b"][1] == {"crash1": f"toy: its process died (signal {signal.SIGABRT.value}), 2 times"}
    assert found["d+crash2"][0] == ["d"]
    assert calls(tmp_path).count("a+crash1+b") == 3


def test_a_document_that_takes_too_long_is_stopped(tmp_path):
    found = done(tmp_path, "a+hang", "b", limit=0.5)
    assert found == {"a+hang": (["a"], {"hang": "toy: it took longer than 0.5 seconds, 2 times"}), "b": (["b"], {})}


def test_a_document_on_which_the_step_raises_is_left_out(tmp_path):
    found = done(tmp_path, "a+raise1+b+raise2", "c")
    assert found["a+raise1+b+raise2"][0] == ["a", "b"]
    assert "RuntimeError: an odd document" in found["a+raise1+b+raise2"][1]["raise2"]


def test_a_document_that_takes_all_memory_is_left_out(tmp_path):
    found = done(tmp_path, "a+greedy+b", "c", memory=2 << 30)
    assert found["c"] == (["c"], {})
    assert found["a+greedy+b"][0] == ["a", "b"]
    assert "MemoryError: more than a worker may hold" in found["a+greedy+b"][1]["greedy"]


def test_deaths_outside_documents_end_the_run_with_advice(tmp_path):
    with pytest.raises(WorkerDied, match="fewer --workers"):
        done(tmp_path, "outside", "b")


def test_a_killed_run_leaves_no_processes(tmp_path):
    (tmp_path / "killed.py").write_text(
        "import sys\nfrom tests.engine.toy import TOY, tasks\nfrom pipeline.engine.workers import work\n"
        "if __name__ == '__main__': list(work(TOY, list(enumerate(tasks(sys.argv[1], 'hang', 'hang2'))), sys.argv[1], 2))"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, str(tmp_path / "killed.py"), str(tmp_path)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(root)}) as run:
        while len(calls(tmp_path)) < 2:
            time.sleep(0.1)
        workers = psutil.Process(run.pid).children(recursive=True)
        assert len(workers) >= 2
        run.kill()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive
