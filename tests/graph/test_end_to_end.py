"""The real graph, in process, over the project's own samples."""

import json

import dagster as dg
import duckdb
import pandas as pd
import polars as pl
import pytest

from pipeline.contract.tables import PUBLISHED
from pipeline.publish.verify import verify
from tests.graph.conftest import RAW, materialize


def table(out, name):
    return pd.read_parquet(out / "latest" / "parquet" / name)


def test_the_run_succeeds_and_every_check_ran(run):
    result, out = run
    assert result.success
    evaluations = result.get_asset_check_evaluations()
    told = {(e.check_name, e.passed) for e in evaluations}
    quality = table(out, "quality")
    assert {(r.check, r.passed) for r in quality.itertuples()} == told
    assert not [e.check_name for e in evaluations if not e.passed and e.severity.value == "ERROR"]


def test_every_raw_file_is_a_document_or_in_quarantine(run):
    _, out = run
    files = {p.relative_to(RAW).as_posix() for p in RAW.rglob("*") if p.is_file() and ".source.json" not in p.name}
    told = {s.split("#")[0] for s in [*table(out, "documents")["source"], *table(out, "quarantine")["source"]]}
    assert told == files
    assert len(table(out, "documents")) >= 14


@pytest.mark.parametrize("spec", PUBLISHED, ids=lambda spec: spec.name)
def test_every_table_is_filled_and_reads_alike_everywhere(run, spec):
    _, out = run
    glob = f"{out}/latest/parquet/{spec.name}/*.parquet"
    rows = len(table(out, spec.name))
    assert rows > 0
    assert duckdb.sql(f"SELECT count(*) FROM '{glob}'").fetchall() == [(rows,)]
    assert pl.read_parquet(glob).height == rows
    assert len(pd.read_csv(out / "latest" / "csv" / f"{spec.name}.csv", encoding="utf-8-sig")) == rows
    assert list(table(out, spec.name).columns) == list(spec.columns)


def test_the_release_has_all_that_the_contract_names(run):
    _, out = run
    release = out / "latest"
    assert release.is_symlink()
    for name in ("datapackage.json", "croissant.json", "README.md", "report/index.html", "CHECKSUMS.sha256"):
        assert (release / name).is_file(), name
    assert json.loads((release / "datapackage.json").read_text("utf-8"))["resources"]
    assert all(verdict.passed for verdict in verify(release))


def test_a_second_run_reuses_everything_and_publishes_nothing_new(run):
    _, out = run
    before = (out / "latest").readlink()
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(RAW, out, instance)
        assert instance.get_run_by_id(result.run_id).tags["xianqing/release"] == before.name
    assert result.success
    assert (out / "latest").readlink() == before
    for event in result.get_asset_materialization_events():
        metadata = event.materialization.metadata
        if "shards" in metadata:
            assert metadata["shards"] == metadata["shards_reused"]


def test_another_run_gives_byte_identical_tables(run, tmp_path):
    _, out = run
    assert materialize(RAW, tmp_path / "again", workers=2).success
    for path in sorted((out / "latest" / "parquet").rglob("*.parquet")):
        again = tmp_path / "again" / "latest" / path.relative_to(out / "latest")
        assert again.read_bytes() == path.read_bytes(), path


def test_facts_only_leaves_the_texts_out(some_raw, tmp_path):
    out = tmp_path / "out"
    assert materialize(some_raw, out, facts_only=True).success
    assert "text" not in table(out, "documents").columns
    assert not {"before", "after"} & set(table(out, "repairs").columns)
    assert "context" not in table(out, "figures").columns
    assert all(verdict.passed for verdict in verify(out / "latest"))
    words = table_text(out)
    assert not [line for line in words if line in (out / "latest" / "report" / "index.html").read_text("utf-8")]


def table_text(out):
    """Lines of the texts, from the results between the steps."""
    from pipeline.engine.store import Store

    texts = Store(out).read("repair", "repaired_documents")["text"].to_pylist()
    return [line for text in texts for line in text.split("\n") if len(line) > 40]


def test_a_removed_raw_file_leaves_the_dataset(some_raw, tmp_path):
    out = tmp_path / "out"
    assert materialize(some_raw, out).success
    gone = sorted(some_raw.glob("*.txt"))[0]
    gone.unlink()
    assert materialize(some_raw, out).success
    assert gone.name not in set(table(out, "documents")["source"])
