"""A release is found, opened for reading only, and holds what it declares."""

import duckdb
import pytest

from pipeline.contract.tables import PUBLISHED
from pipeline.contract.views import VIEWS
from pipeline.publish.opened import NotARelease, declared, find, reading
from tests.publish.sample import build

FACTS = tuple(spec.without_source_text() for spec in PUBLISHED)


@pytest.mark.parametrize("specs", [PUBLISHED, FACTS], ids=["whole", "facts"])
def test_tables_and_views_answer(tmp_path, specs):
    build(tmp_path, tables=specs)
    assert declared(tmp_path) == specs
    with reading(tmp_path) as db:
        for name in (*(spec.name for spec in specs), *(view.name for view in VIEWS)):
            assert db.sql(f"from {name}").fetchall(), name
        with pytest.raises(duckdb.Error):
            db.execute("select * from read_csv('/etc/hostname')")


def test_an_output_folder_stands_for_its_latest(tmp_path):
    build(tmp_path / "releases" / "one")
    (tmp_path / "latest").symlink_to("releases/one")
    assert find(tmp_path) == find(tmp_path / "latest") == (tmp_path / "releases" / "one").resolve()


def test_what_is_no_release_is_told(tmp_path):
    with pytest.raises(NotARelease, match="is it a release"):
        find(tmp_path)
    build(tmp_path)
    (tmp_path / "parquet" / "figures" / "part-00000.parquet").unlink()
    with pytest.raises(NotARelease, match="lacks parquet/figures"):
        declared(tmp_path)
