"""`xianqing query` and `xianqing sample` as a user meets them."""

import csv
import io
import json

import pytest

from pipeline.contract.tables import PUBLISHED
from pipeline.contract.views import VIEWS


def test_rows_for_machines_and_for_people(cli, released):
    sql = "select source, county from documents order by source"
    rows = json.loads(cli("query", sql, "--release", released, "--json").stdout)
    assert [row["source"] for row in rows] == ["longde-supervision.txt", "midu-three-slips.txt"]
    assert list(csv.DictReader(io.StringIO(cli("query", sql, "--release", released, "--csv").stdout))) == rows
    assert "midu-three-slips.txt" in cli("query", sql, "--release", released).output
    assert "the first 1 rows" in cli("query", sql, "--release", released, "--limit", 1).output


def test_a_query_from_standard_input(cli, released):
    assert json.loads(cli("query", "-", "--release", released, "--json", input="select 1 as one").stdout) == [{"one": 1}]


@pytest.mark.parametrize(
    "sql",
    [
        "selec 1",
        "delete from figures",
        "copy figures to 'stolen.csv'",
        "from read_csv('/etc/hostname')",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
    ],
)
def test_what_is_no_reading_is_refused(cli, released, tmp_path, monkeypatch, sql):
    monkeypatch.chdir(tmp_path)
    result = cli("query", sql, "--release", released)
    assert result.exit_code == 3
    assert "Error" in result.output and "Traceback" not in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [*(spec.name for spec in PUBLISHED), *(view.name for view in VIEWS)])
def test_each_table_and_view_gives_a_sample(cli, released, name):
    result = cli("sample", name, "--release", released, "-n", 2, "--json")
    assert result.exit_code == 0, result.output
    assert result.stdout == cli("sample", name, "--release", released, "-n", 2, "--json").stdout
    if name == "documents":
        assert len(json.loads(result.stdout)) == 2


def test_an_unknown_table_is_named(cli, released):
    result = cli("sample", "nothing", "--release", released)
    assert result.exit_code == 3
    assert "there is no table or view nothing" in result.output
