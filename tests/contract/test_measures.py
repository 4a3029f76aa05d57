"""Measures are of tables that exist, give numbers, and say nothing of no rows."""

import pyarrow.parquet as pq
import pytest

from pipeline.contract.measures import MEASURES, measured
from pipeline.contract.tables import table
from tests.publish.sample import build


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measures")
    build(folder, documents=4)
    return folder


@pytest.mark.parametrize("name", MEASURES)
def test_of_no_rows_no_share_is_told(name, tmp_path):
    path = tmp_path / "empty.parquet"
    pq.write_table(table(name).arrow.empty_table(), path)
    assert not [key for key in measured(table(name), [path]) if key.endswith("_share")]
    assert measured(table(name), []) == {}


def test_shares_and_counts(release):
    def told(name):
        return measured(table(name), sorted((release / "parquet" / name).glob("*.parquet")))

    assert told("figures")["suspect_share"] == 0.25 and told("figures")["suspect_figures"] == 4
    assert told("documents")["damage_share"] == 1.0 and told("documents")["unresolved_spans"] == 4
    assert told("quality")["checks_failed"] == 1
    assert told("practices") == {}
