from pathlib import Path

import pytest

from pipeline.engine.attempt import perform
from pipeline.engine.local import reporting, run
from pipeline.engine.store import Store, read_parquet
from tests.engine.toy import TOY, calls, tasks


def test_a_second_run_does_only_what_is_new(tmp_path):
    run(TOY, tasks(tmp_path, "a", "b"), str(tmp_path))
    _, receipts = run(TOY, tasks(tmp_path, "a", "c", "b"), str(tmp_path))
    assert calls(tmp_path) == ["a", "b", "c"]
    assert [receipt.reused for receipt in receipts] == [True, False, True]


def test_what_is_no_longer_asked_for_leaves_the_result_and_the_disk(tmp_path):
    first, _ = run(TOY, tasks(tmp_path, "a", "b"), str(tmp_path))
    second, _ = run(TOY, tasks(tmp_path, "a"), str(tmp_path))
    store = Store(tmp_path)
    assert store.read("toy", "quarantine")["source"].to_pylist() == ["a"]
    (gone,) = set(first.keys) - set(second.keys)
    assert not store.folder("toy", gone).exists()


def test_the_checks_of_all_shards_are_added_reused_ones_too(tmp_path):
    run(TOY, tasks(tmp_path, "bad1"), str(tmp_path))
    result, _ = run(TOY, tasks(tmp_path, "bad1", "good", "bad2"), str(tmp_path))
    assert result.verdicts[0]["value"] == 2.0
    assert result.blocked == ("bad_key",)


def test_a_document_that_takes_too_long_is_left_out_in_this_process_too(tmp_path):
    _, (receipt,) = run(TOY, tasks(tmp_path, "a+hang+b"), str(tmp_path), limit=0.5)
    folder = Store(tmp_path).folder("toy", receipt.key)
    (failure,) = read_parquet(folder / "failures.parquet").to_pylist()
    assert failure["doc_id"] == "hang" and "longer than 0.5 seconds" in failure["detail"]
    assert Store(tmp_path).read("toy", "quarantine")["source"].to_pylist() == ["a", "b"]


def test_many_processes_give_the_same_result_as_one(tmp_path):
    keys = [f"k{n}" for n in range(6)]
    roots = [tmp_path / "one", tmp_path / "many"]
    for root in roots:
        root.mkdir()
    run(TOY, tasks(roots[0], *keys), str(roots[0]))
    run(TOY, tasks(roots[1], *keys, n_bytes=2_000_000), str(roots[1]), workers=2)
    pids = {line.split()[1] for line in (roots[1] / "calls").read_text().splitlines()}
    assert len(pids) >= 1
    assert pids != {line.split()[1] for line in (roots[0] / "calls").read_text().splitlines()}
    one, many = (sorted(p.relative_to(r) for p in Path(r).rglob("*.parquet")) for r in roots)
    assert one == many
    for path in one:
        assert (roots[0] / path).read_bytes() == (roots[1] / path).read_bytes()


def test_progress_is_told(tmp_path):
    told = []
    with reporting(lambda *report: told.append(report)):
        run(TOY, tasks(tmp_path, "a", "b"), str(tmp_path))
    assert told == [("toy", 0, 2), ("toy", 1, 2), ("toy", 2, 2)]


def test_a_task_that_fails_leaves_no_litter_and_the_others_are_kept(tmp_path):
    class Crash(RuntimeError):
        """What no document is to blame for."""

    def process(task):
        if task.key == "b":
            raise Crash
        return TOY.process(task)

    from dataclasses import replace

    step = replace(TOY, process=process)
    with pytest.raises(Crash):
        run(step, tasks(tmp_path, "a", "b"), str(tmp_path))
    assert not list((tmp_path / ".stage" / "toy").glob(".writing-*"))
    run(TOY, tasks(tmp_path, "a", "b"), str(tmp_path))
    assert calls(tmp_path) == ["a", "b"]


def test_what_killed_this_process_is_tried_in_workers_next_time(tmp_path):
    (tmp_path / ".stage" / "toy").mkdir(parents=True)
    (tmp_path / ".stage" / "toy" / ".attempt").touch()
    run(TOY, tasks(tmp_path, "a+crash", n_bytes=1), str(tmp_path))
    assert Store(tmp_path).read("toy", "quarantine")["source"].to_pylist() == ["a"]
    assert not (tmp_path / ".stage" / "toy" / ".attempt").exists()


def test_another_engine_does_only_what_is_left(tmp_path):
    run(TOY, tasks(tmp_path, "a"), str(tmp_path))
    asked = []

    def do(step, jobs, out):
        for number, task in jobs:
            asked.append(task.key)
            yield number, perform(step, task, out)

    _, receipts = run(TOY, tasks(tmp_path, "b", "a", n_bytes=1), str(tmp_path), do=do)
    assert asked == ["b"]
    assert [receipt.reused for receipt in receipts] == [False, True]
