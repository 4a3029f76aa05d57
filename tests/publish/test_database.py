"""The DuckDB file gives every table back as it was, with comments and views."""

import duckdb
import pyarrow as pa
import pytest

from pipeline.contract.tables import PUBLISHED
from pipeline.contract.views import VIEWS
from pipeline.publish.database import NAME, create, fill, read_database
from pipeline.publish.parquet import read_parquet
from tests.publish.sample import build


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("database")
    build(folder)
    create(folder, PUBLISHED)
    for spec in PUBLISHED:
        fill(folder, spec, read_parquet(folder / "parquet" / spec.name, spec.arrow))
    return folder


@pytest.mark.parametrize("spec", PUBLISHED, ids=lambda spec: spec.name)
def test_tables_read_back_equal(release, spec):
    want = read_parquet(release / "parquet" / spec.name, spec.arrow)
    assert pa.Table.from_batches(read_database(release, spec)).cast(spec.arrow).equals(want)


def test_every_column_has_its_comment(release):
    with duckdb.connect(release / NAME, read_only=True) as db:
        told = dict(
            db.sql("select table_name || '.' || column_name, comment from duckdb_columns() where not internal").fetchall()
        )
    for spec in PUBLISHED:
        for field in spec.fields:
            assert told[f"{spec.name}.{field.name}"].startswith(field.description)
    for view in VIEWS:
        for column in view.columns:
            assert told[f"{view.name}.{column.name}"] == f"{column.description} {column.description_zh}"


def test_views_answer(release):
    with duckdb.connect(release / NAME, read_only=True) as db:
        assert db.sql("select issues_found, resolution_rate from issues_by_county limit 1").fetchall() == [(120.0, 0.95)]
        assert db.sql("select distinct county from figures_in_place where trust = 'suspect'").fetchall()
