"""Relations give back the rows they were given, in order, in batches that do not depend on how rows came in."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.contract.relations import BATCH, Relations, grouped, quoted, regular

ROWS = pa.table(
    {"n": pa.array(range(5000)), "text": ["县" * (n % 7) for n in range(5000)], "list": [["甲"] * (n % 3) for n in range(5000)]}
)


@pytest.mark.parametrize("size", [1, 7, BATCH, 4999, 5000, 9000])
def test_batches_are_regular_however_rows_come(size):
    batches = list(regular(ROWS.to_batches(max_chunksize=size)))
    assert [batch.num_rows for batch in batches] == [BATCH] * 4 + [5000 - 4 * BATCH]
    assert pa.Table.from_batches(batches).equals(ROWS.combine_chunks())


def test_groups_are_cut_at_equal_places():
    cuts = [[group.num_rows for group in grouped(ROWS.to_batches(max_chunksize=size), 3000, 60_000)] for size in (13, 5000)]
    assert cuts[0] == cuts[1]
    assert len(cuts[0]) > 1 and sum(cuts[0]) == 5000
    assert list(grouped([], 10, 10)) == []


def test_files_are_read_in_their_order(tmp_path):
    paths = [tmp_path / name for name in ("b's.parquet", "a.parquet")]
    for path, start in zip(paths, (0, 2000), strict=True):
        pq.write_table(ROWS.slice(start, 2000), path)
    relations = Relations.of_files({"t": paths}, spill=tmp_path / "spill")
    assert relations["t"].read_all()["n"].to_pylist() == list(range(4000))
    assert relations.count("SELECT count(*) FROM t") == 4000
    assert relations.schema("t").names == ["n", "text", "list"]


def test_two_readers_run_side_by_side():
    relations = Relations.of({"t": ROWS})
    up, down = relations.rows("SELECT n FROM t ORDER BY n"), relations.rows("SELECT n FROM t ORDER BY n DESC")
    pairs = list(zip(up, down, strict=True))
    assert [(a["n"], b["n"]) for a, b in pairs] == [(n, 4999 - n) for n in range(5000)]


def test_a_batch_gets_the_types_asked_for():
    relations = Relations.of({"t": ROWS})
    schema = pa.schema([pa.field("n", pa.float64())])
    assert relations.batches("SELECT n FROM t", schema).read_all().schema == schema


def test_quotes_are_doubled():
    assert quoted("a'b") == "'a''b'"


def test_steps_are_there_for_a_while():
    relations = Relations.of({"rows": ROWS})
    queries = {"even": "SELECT n FROM rows WHERE n % 2 = 0", "few": "SELECT n FROM even WHERE n < 10"}
    with relations.steps(queries):
        assert relations.count("SELECT count(*) FROM few") == 5
    with pytest.raises(duckdb.CatalogException):
        relations.ask("SELECT * FROM even")
    with pytest.raises(duckdb.CatalogException), relations.steps({**queries, "wrong": "SELECT * FROM nowhere"}):
        pass
    with relations.steps(queries):  # nothing was left behind
        assert relations.count("SELECT count(*) FROM even") == 2500
