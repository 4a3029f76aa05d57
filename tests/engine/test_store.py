import pyarrow.parquet as pq
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


def test_the_first_rows_are_read_without_the_rest(tmp_path):
    store = Store(tmp_path)
    many = table("quarantine").rows(
        [{"source": f"{n:06}", "sha256": None, "n_bytes": n, "reason": "empty", "detail": "x" * 900} for n in range(3000)]
    )
    store.write("toy", "none", {"quarantine": many.slice(0, 0)}, {}, 0.1)
    store.write("toy", "many", {"quarantine": many}, {}, 0.1)
    store.settle("toy", ["none", "many"], [])
    path = store.folder("toy", "many") / "quarantine.parquet"
    second = pq.read_metadata(path).row_group(1).column(0)
    begin = second.dictionary_page_offset or second.data_page_offset
    raw = bytearray(path.read_bytes())
    raw[begin : begin + second.total_compressed_size] = bytes(second.total_compressed_size)  # whoever reads it must fail
    path.write_bytes(raw)
    assert store.head("toy", "quarantine", 4).equals(many.slice(0, 4))
    with pytest.raises(OSError):
        store.read("toy", "quarantine")


def test_an_empty_result_has_no_first_rows(tmp_path):
    store = Store(tmp_path)
    store.settle("toy", [], [])
    assert store.head("toy", "quarantine").equals(table("quarantine").arrow.empty_table())


def test_the_version_of_a_result_tells_its_content(tmp_path):
    store = Store(tmp_path)
    assert store.settle("toy", ["a"], []).version != store.settle("toy", ["b"], []).version


def test_a_small_file_is_replaced_whole(tmp_path):
    path = tmp_path / "x.json"
    for text in ("one", "two"):
        write_text(path, text)
        assert path.read_text() == text
    assert [p.name for p in tmp_path.iterdir()] == ["x.json"]


@pytest.mark.parametrize("harm", ["cut", "flip", "gone", "receipt cut", "receipt of another", "receipt without files", "no json"])
def test_what_is_not_as_it_was_written_counts_as_not_done(tmp_path, harm):
    store = Store(tmp_path)
    store.write("toy", "k", {"quarantine": rows()}, {}, 0.1)
    data, receipt = store.folder("toy", "k") / "quarantine.parquet", store.folder("toy", "k") / "receipt.json"
    raw, told = data.read_bytes(), receipt.read_text()
    match harm:
        case "cut":
            data.write_bytes(raw[:-9])
        case "flip":
            data.write_bytes(raw[:40] + bytes([raw[40] ^ 1]) + raw[41:])
        case "gone":
            data.unlink()
        case "receipt cut":
            receipt.write_text(told[:30])
        case "receipt of another":
            receipt.write_text(told.replace('"k"', '"j"'))
        case "receipt without files":
            receipt.write_text('{"key": "k", "rows": {}, "tallies": {}, "seconds": 1}')
        case "no json":
            receipt.write_text("[]")
    assert store.receipt("toy", "k") is None


def test_a_copied_stage_is_still_whole(tmp_path):
    import shutil

    Store(tmp_path / "a").write("toy", "k", {"quarantine": rows()}, {}, 0.1)
    shutil.copytree(tmp_path / "a", tmp_path / "b", copy_function=shutil.copyfile)  # with new times
    assert Store(tmp_path / "b").receipt("toy", "k") is not None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"step": "toy"}'])
def test_a_broken_pointer_is_a_missing_result(tmp_path, text):
    store = Store(tmp_path)
    store.settle("toy", [], [])
    (store.root / "toy" / "current.json").write_text(text)
    with pytest.raises(Missing, match="materialize it first"):
        store.result("toy")
