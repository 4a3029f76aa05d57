import pyarrow as pa
import pytest

from pipeline.contract import fields
from pipeline.contract.tables import PUBLISHED, STAGED, table

# As the contract that others build on names them; it changes only by adding.
PROMISED = {
    "documents": "doc_id source sha256 n_bytes encoding script damage n_repairs n_unresolved title subtitle text "
    "author "
    "editor publisher "
    "section published_on published_on_basis province prefecture county county_code duplicate_of n_chars",
    "repairs": "doc_id seq raw_start raw_end text_start text_end before after damage status confidence suggestion",
    "entities": "entity_id type name aliases code level parent_id county_code n_documents n_mentions",
    "mentions": "doc_id start end surface type entity_id role confidence",
    "figures": "figure_id doc_id start end surface value lower upper qualifier unit kind base_value base_unit "
    "metric per change subject_id county_code period_start period_end context trust trust_reason",
    "issue_resolution": "doc_id county_code period_start period_end issues_found issues_resolved resolution_rate "
    "found_figure_id resolved_figure_id",
    "practices": "entity_id doc_id county_code name components quote",
    "quarantine": "source sha256 n_bytes reason detail",
    "quality": "step check severity passed value threshold description",
}


@pytest.mark.parametrize("name", PROMISED)
def test_every_promised_column_is_declared(name):
    assert set(PROMISED[name].split()) <= set(table(name).columns)


def test_every_promised_table_is_published():
    assert {spec.name for spec in PUBLISHED} == set(PROMISED)


@pytest.mark.parametrize("spec", (*PUBLISHED, *STAGED), ids=lambda spec: spec.name)
def test_keys_name_columns_that_exist(spec):
    assert set(spec.primary_key) <= set(spec.columns)
    assert set(spec.order) <= set(spec.columns)
    for key in spec.foreign_keys:
        assert set(key.columns) <= set(spec.columns)
        assert set(key.references) <= set(table(key.table).columns)


def test_every_column_is_described_in_both_languages():
    for spec in (*PUBLISHED, *STAGED):
        for field in spec.fields:
            assert field.description.endswith((".", "…")), field.name
            assert any("\u4e00" <= char <= "\u9fff" for char in field.description_zh), field.name


def test_rows_refuse_a_column_that_was_not_declared():
    with pytest.raises(KeyError, match="quarantine"):
        table("quarantine").rows([{"source": "a", "wrong": 1}])


def test_rows_keep_the_declared_types():
    row = {"source": "a", "sha256": None, "n_bytes": 1, "reason": "empty", "detail": "x"}
    assert table("quarantine").rows([row]).schema.equals(table("quarantine").arrow)


def test_facts_only_leaves_out_the_authors_words():
    gone = {f"{s.name}.{f.name}" for s in PUBLISHED for f in s.fields if f.source_text}
    assert {"documents.text", "repairs.before", "repairs.after", "figures.context", "practices.quote"} <= gone
    assert "text" not in table("documents").without_source_text().columns


def test_columns_give_the_table_that_rows_do():
    spec = table("signatures")
    rows = [{"doc_id": "a", "signature": None, "bands": []}, {"doc_id": "b", "signature": None, "bands": []}]
    columns = {name: [row[name] for row in rows] for name in reversed(spec.columns)}
    assert spec.of_columns(columns).equals(spec.rows(rows))
    with pytest.raises(KeyError, match="signatures lacks the columns"):
        spec.of_columns({"doc_id": ["a"], "wrong": [1]})


def test_an_unknown_table_is_named_with_those_there_are():
    with pytest.raises(KeyError, match="documents"):
        table("nothing")


def test_units_travel_in_the_arrow_metadata():
    assert fields.n_bytes.arrow.metadata[b"unit"] == b"byte"
    assert pa.types.is_int64(fields.n_bytes.type)
