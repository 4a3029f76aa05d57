import pyarrow as pa
import pytest

from pipeline.contract.tables import table
from pipeline.publish import parquet
from pipeline.publish.parquet import read_parquet, write_parquet

SPEC = table("quarantine")


def rows(n):
    return SPEC.rows(
        [{"source": f"{i:06}", "sha256": None, "n_bytes": i, "reason": "empty", "detail": "x" * 50} for i in range(n)]
    )


@pytest.mark.parametrize("n", [0, 1, 1000])
def test_what_was_written_is_read_back(tmp_path, n):
    write_parquet(rows(n), tmp_path)
    assert read_parquet(tmp_path, SPEC.arrow).equals(rows(n))


def test_the_same_rows_give_the_same_bytes(tmp_path):
    files = [write_parquet(rows(100), tmp_path / name)[0].read_bytes() for name in "ab"]
    assert files[0] == files[1]


def test_a_large_table_becomes_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "PART_BYTES", 300_000)
    monkeypatch.setattr(parquet, "ROW_GROUP_BYTES", 100_000)
    files = write_parquet(rows(20_000), tmp_path)
    assert len(files) > 2
    assert [f.name for f in files[:2]] == ["part-00000.parquet", "part-00001.parquet"]
    assert read_parquet(tmp_path, SPEC.arrow).equals(rows(20_000))


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="not whole"):
        read_parquet(tmp_path, SPEC.arrow)


def test_descriptions_travel_inside(tmp_path):
    write_parquet(rows(1), tmp_path)
    import pyarrow.parquet as pq

    schema = pq.read_schema(tmp_path / "part-00000.parquet")
    assert b"description" in schema.field("reason").metadata
    assert pa.types.is_string(schema.field("reason").type)


def test_readers_over_a_network_can_skip(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROW_GROUP_BYTES", 100_000)
    (path,) = write_parquet(rows(5000), tmp_path, ["source"], ["detail"])
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(path)
    assert metadata.num_row_groups > 2
    group = metadata.row_group(1)
    columns = {group.column(n).path_in_schema: group.column(n) for n in range(group.num_columns)}
    assert columns["source"].statistics.min == f"{group.num_rows:06}"
    assert all(column.compression == "ZSTD" and column.has_offset_index for column in columns.values())
    assert columns["reason"].has_dictionary_page and not columns["detail"].has_dictionary_page
    assert [SPEC.columns[s.column_index] for s in group.sorting_columns] == ["source"]


def test_lists_have_dictionaries(tmp_path):
    import pyarrow.parquet as pq

    table = pa.table({"damage": pa.array([["codec"], ["html", "codec"]] * 50, pa.list_(pa.field("element", pa.string())))})
    (path,) = write_parquet(table, tmp_path)
    assert pq.read_metadata(path).row_group(0).column(0).has_dictionary_page
