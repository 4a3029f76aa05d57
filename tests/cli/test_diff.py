"""`xianqing diff` as a user meets it."""

import json


def test_a_removed_document_is_told(cli, released):
    before, after = sorted((released / "releases").iterdir())
    result = cli("diff", before, after)
    assert result.exit_code == 1, result.output
    assert "removed in documents" in result.output
    told = {table["table"]: table for table in json.loads(cli("diff", before, after, "--json").stdout)["tables"]}
    assert (told["documents"]["rows"], told["documents"]["removed"], told["documents"]["added"]) == ([3, 2], 1, 0)


def test_a_release_is_like_itself(cli, released):
    result = cli("diff", released, released)
    assert result.exit_code == 0
    assert "0 of 9 tables differ" in result.output


def test_something_else_is_no_release(cli, released, tmp_path):
    assert cli("diff", released, tmp_path).exit_code == 3
