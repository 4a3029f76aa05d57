"""Rows are matched by key; columns and changed values are told."""

import pyarrow.parquet as pq

from pipeline.publish.diff import diff
from tests.publish.sample import build


def test_added_removed_and_changed(tmp_path):
    build(tmp_path / "a", documents=3)
    build(tmp_path / "b", documents=4)
    part = tmp_path / "b" / "parquet" / "quarantine" / "part-00000.parquet"
    rows = pq.read_table(part)
    pq.write_table(rows.set_column(3, "reason", [["empty"]]).append_column("added", [["x"]]), part)
    told = {table.table: table for table in diff(tmp_path / "a", tmp_path / "b")}
    assert (told["documents"].added, told["documents"].removed, told["documents"].changed) == (1, 0, 0)
    assert told["entities"].changed_in == {"n_documents": 2, "n_mentions": 2}
    assert told["quarantine"].changed_in == {"reason": 1}
    assert told["quarantine"].columns_added == ("added",)
    assert told["quality"].same
    assert len(told["figures"].examples["added"]) == 3


def test_the_other_way_round(tmp_path):
    build(tmp_path / "a", documents=3)
    build(tmp_path / "b", documents=4)
    told = {table.table: table for table in diff(tmp_path / "b", tmp_path / "a")}
    assert (told["documents"].added, told["documents"].removed) == (0, 1)
