"""`xianqing describe` as a user meets it."""

import json

from pipeline.contract.tables import PUBLISHED, table
from pipeline.contract.views import VIEWS


def test_a_release_is_described(cli, released):
    facts = json.loads(cli("describe", "--release", released, "--json").stdout)
    assert {row["table"]: row["rows"] for row in facts["tables"]}["documents"] == 2
    text = cli("describe", "--release", released).output
    for name in (*(spec.name for spec in PUBLISHED), *(view.name for view in VIEWS), facts["release"]):
        assert name in text


def test_columns_are_described_in_both_languages(cli, released):
    for option, want in (((), "description"), (("--zh",), "description_zh")):
        columns = json.loads(cli("describe", "figures", "--release", released, "--json", *option).stdout)["columns"]
        for column, field in zip(columns, table("figures").fields, strict=True):
            assert column["what it holds"].startswith(getattr(field, want))


def test_views_are_described_in_both_languages(cli, released):
    for option, want in (((), "description"), (("--zh",), "description_zh")):
        facts = json.loads(cli("describe", "--release", released, "--json", *option).stdout)
        assert [row["what it answers"] for row in facts["views"]] == [getattr(view, want) for view in VIEWS]
        columns = json.loads(cli("describe", VIEWS[0].name, "--release", released, "--json", *option).stdout)["columns"]
        assert [row["what it holds"] for row in columns] == [getattr(column, want) for column in VIEWS[0].columns]


def test_an_unknown_table_is_answered_with_those_there_are(cli, released):
    result = cli("describe", "figure", "--release", released)
    assert result.exit_code == 3
    assert "figures_in_place" in result.output
