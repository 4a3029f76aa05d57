import pytest

from pipeline.contract.checks import Tally
from pipeline.contract.tables import table
from pipeline.engine.store import Missing, Store, write_text


def rows(source="a"):
    return table("quarantine").rows([{"source": source, "sha256": None, "n_bytes": 0, "reason": "empty", "detail": "x"}])


def test_what_was_written_is_read_back_with_its_receipt(tmp_path):
    store = Store(tmp_path)
    written = store.write("toy", "k", {"quarantine": rows()}, {"check": Tally(1, 2)}, 0.5)
    assert store.receipt("toy", "k") == written
    assert store.receipt("toy", "k").reused
    store.settle("toy", ["k"], [])
    assert store.read("toy", "quarantine").equals(rows())


def test_a_folder_without_receipt_is_not_done_and_is_written_anew(tmp_path):
    store = Store(tmp_path)
    store.folder("toy", "k").mkdir(parents=True)
    (store.folder("toy", "k") / "quarantine.parquet").write_bytes(b"half")
    assert store.receipt("toy", "k") is None
    store.write("toy", "k", {"quarantine": rows()}, {}, 0.1)
    store.settle("toy", ["k"], [])
    assert store.read("toy", "quarantine").num_rows == 1


def test_a_step_that_has_not_run_says_so(tmp_path):
    with pytest.raises(Missing, match="materialize it first"):
        Store(tmp_path).result("toy")


def test_an_empty_result_has_the_declared_columns(tmp_path):
    store = Store(tmp_path)
    store.settle("toy", [], [])
    assert store.read("toy", "quarantine").schema.equals(table("quarantine").arrow)


def test_the_version_of_a_result_tells_its_content(tmp_path):
    store = Store(tmp_path)
    assert store.settle("toy", ["a"], []).version != store.settle("toy", ["b"], []).version


def test_a_small_file_is_replaced_whole(tmp_path):
    path = tmp_path / "x.json"
    for text in ("one", "two"):
        write_text(path, text)
        assert path.read_text() == text
    assert [p.name for p in tmp_path.iterdir()] == ["x.json"]
