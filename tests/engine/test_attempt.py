"""One task: odd documents are left out and told of, a step at fault is not hidden."""

from dataclasses import replace

import pytest

from pipeline.engine import attempt
from pipeline.engine.attempt import key_of, perform
from pipeline.engine.step import each
from pipeline.engine.store import Store, read_parquet
from tests.engine.toy import TOY, tasks


def test_the_result_has_one_name_whatever_was_left_out(tmp_path):
    (task,) = tasks(tmp_path, "a+raise")
    receipt = perform(TOY, task, str(tmp_path))
    assert receipt.key == key_of(TOY, task)
    assert receipt.rows == {"quarantine": 1, "failures": 1}
    again = perform(TOY, task, str(tmp_path))
    assert again.reused and again.rows == receipt.rows
    (row,) = read_parquet(Store(tmp_path).folder("toy", receipt.key) / "failures.parquet").to_pylist()
    assert row["doc_id"] == "raise" and "please report it" in row["detail"]


def test_too_many_failures_are_the_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(attempt, "MOST_FAILURES", 2)
    (task,) = tasks(tmp_path, "raise1+raise2+raise3")
    with pytest.raises(RuntimeError, match="odd"):
        perform(TOY, task, str(tmp_path))


def test_what_fails_outside_documents_fails(tmp_path):
    def process(task):
        list(each(["a"], str))
        raise ValueError("after them")

    (task,) = tasks(tmp_path, "a")
    with pytest.raises(ValueError, match="after them"):
        perform(replace(TOY, process=process), task, str(tmp_path))
