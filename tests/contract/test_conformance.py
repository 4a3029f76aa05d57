"""Each promise is kept by good tables and seen to be broken by bad ones."""

import pyarrow as pa
import pytest

from pipeline.contract import conformance
from pipeline.contract.relations import Relations
from pipeline.contract.tables import table

QUARANTINE = table("quarantine")
ROW = {"source": "a.bin", "sha256": "0" * 64, "n_bytes": 1, "reason": "empty", "detail": "x"}


def quarantine(*rows):
    return Relations.of({"quarantine": QUARANTINE.rows([{**ROW, **row} for row in rows])})


def test_schema_sees_a_missing_column_and_a_wrong_type():
    look = conformance.schema(QUARANTINE)
    good = QUARANTINE.rows([ROW])
    assert look(Relations.of({"quarantine": good})).wrong == 0
    assert look(Relations.of({"quarantine": good.drop_columns(["detail"])})).wrong == 1
    narrow = good.set_column(2, "n_bytes", pa.array([1], pa.int32()))
    assert look(Relations.of({"quarantine": narrow})).wrong == 1


def test_schema_sees_a_null_where_none_may_be():
    rows = pa.table({**QUARANTINE.rows([ROW]).to_pydict(), "reason": pa.array([None], pa.string())})
    assert conformance.schema(QUARANTINE)(Relations.of({"quarantine": rows})).wrong == 1


@pytest.mark.parametrize(("row", "wrong"), [({}, 0), ({"reason": "whim"}, 1), ({"sha256": "xyz"}, 1)])
def test_values_sees_what_is_not_in_the_vocabulary_or_pattern(row, wrong):
    assert conformance.values(QUARANTINE)(quarantine(row)).wrong == wrong


def test_unique_key_sees_a_repeat():
    look = conformance.unique_key(QUARANTINE)
    assert look(quarantine({}, {"source": "b"})).wrong == 0
    assert look(quarantine({}, {})).wrong == 1


def test_foreign_key_sees_what_points_to_nothing():
    practices = table("practices")
    key = practices.foreign_keys[1]
    row = {"entity_id": "e" * 16, "doc_id": "d" * 16, "county_code": None, "name": "n", "components": [], "quote": None}
    tables = {"practices": practices.rows([row]), "documents": pa.table({"doc_id": ["d" * 16]})}
    look = conformance.foreign_key(practices, key)
    assert look(Relations.of(tables)).wrong == 0
    assert look(Relations.of({**tables, "documents": pa.table({"doc_id": ["f" * 16]})})).wrong == 1


def test_values_looks_into_lists():
    documents = table("documents")
    look = conformance.values(documents)
    lists = [["codec"], [], ["codec", "whim"]]
    assert look(Relations.of({"documents": pa.table({"damage": lists})})).wrong == 1
