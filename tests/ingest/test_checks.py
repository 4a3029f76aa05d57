"""Each check passes on good data and fails on bad."""

import pyarrow as pa

from pipeline.contract.checks import Tally
from pipeline.contract.relations import Relations
from pipeline.ingest import checks


def tables(
    sources=("a",), documents=({"source": "a", "doc_id": "1", "encoding_confidence": 1.0},), quarantine=(), reason="empty"
):
    shape = {"source": pa.string(), "doc_id": pa.string(), "encoding_confidence": pa.float64()}
    return Relations.of(
        {
            "sources": pa.table({"source": pa.array(sources, pa.string())}),
            "raw_documents": pa.Table.from_pylist(list(documents), pa.schema(shape)),
            "quarantine": pa.table(
                {"source": pa.array(quarantine, pa.string()), "reason": pa.array([reason] * len(quarantine), pa.string())}
            ),
        }
    )


def test_accounted():
    assert checks.accounted(tables()).wrong == 0
    assert checks.accounted(tables(sources=("a", "b"))).wrong == 1
    assert checks.accounted(tables(sources=("a", "b"), quarantine=("b#3",))).wrong == 0
    assert checks.accounted(tables(sources=("a", "b#.zip"), quarantine=("b#.zip#c.jsonl#3",))).wrong == 0


def test_unique_ids():
    twice = [{"source": s, "doc_id": "1", "encoding_confidence": 1.0} for s in "ab"]
    assert checks.unique_ids(tables()).wrong == 0
    assert checks.unique_ids(tables(documents=twice)).wrong == 1


def test_charset_sure():
    unsure = [{"source": "a", "doc_id": "1", "encoding_confidence": 0.2}]
    assert checks.charset_sure(tables()).wrong == 0
    assert checks.charset_sure(tables(documents=unsure)).wrong == 1


def test_readable():
    assert checks.readable(tables()) == Tally(0, 1)
    assert checks.readable(tables(quarantine=("b",))) == Tally(1, 2)
    assert checks.readable(tables(quarantine=("b",), reason="identical")) == Tally(0, 1)
