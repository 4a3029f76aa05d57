"""What moved beyond its bounds is told, small jumps are not, and a broken promise always is."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.contract.relations import Relations
from pipeline.contract.tables import PUBLISHED, table
from pipeline.publish.changes import broken_promises, moved
from pipeline.publish.parquet import read_parquet
from tests.publish.sample import build


def tables(folder):
    return {spec.name: read_parquet(folder / "parquet" / spec.name, spec.arrow) for spec in PUBLISHED}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (100, 100, ()),
        (100, 90, ()),
        (100, 70, ("rows of documents went from 100 to 70",)),
        (100, 290, ()),
        (100, 310, ("rows of documents went from 100 to 310",)),
        (10, 3, ()),  # so few documents jump about
    ],
)
def test_rows(tmp_path, before, after, told):
    build(tmp_path / "a", documents=before)
    build(tmp_path / "b", documents=after)
    found = moved(tmp_path / "a", Relations.of(tables(tmp_path / "b")))
    assert tuple(line for line in found if "rows of documents" in line) == told
    assert bool(found) == bool(told)


def test_damage_and_counties(tmp_path):
    build(tmp_path, documents=60)
    new = tables(tmp_path)
    documents = new["documents"].to_pylist()
    for n, row in enumerate(documents):
        row["damage"] = ["codec"]
        row["county_code"] = f"{110000 + n}"
    told = moved(tmp_path, Relations.of({**new, "documents": table("documents").rows(documents)}))
    assert "counties covered went from 3 to 60" in told
    assert "documents with damage codec went from 0% to 100%" in told
    assert "documents with damage pinyin went from 100% to 0%" in told


def test_promises(tmp_path):
    build(tmp_path, documents=1)
    assert broken_promises(tmp_path, PUBLISHED) == []
    facts = tuple(spec.without_source_text() for spec in PUBLISHED)
    assert broken_promises(tmp_path, facts) == []
    lesser = [replace(spec, fields=spec.fields[:-1]) if spec.name == "mentions" else spec for spec in PUBLISHED]
    assert broken_promises(tmp_path, lesser) == ["column mentions.confidence is gone"]
    assert broken_promises(tmp_path, PUBLISHED[:-1]) == ["table quality is gone"]
    part = tmp_path / "parquet" / "quarantine" / "part-00000.parquet"
    rows = pq.read_table(part)
    pq.write_table(rows.set_column(2, "n_bytes", rows["n_bytes"].cast(pa.int32())), part)
    assert broken_promises(tmp_path, PUBLISHED) == ["column quarantine.n_bytes was int32 and is int64"]
