"""`xianqing run` as a user meets it."""

import json


def test_help_shows_examples(cli):
    assert "Examples" in cli("run", "--help").output
    for command in ("run", "repair", "verify"):
        assert command in cli("--help").output


def test_run_on_a_missing_folder_says_what_to_do(cli, tmp_path):
    result = cli("run", tmp_path / "nowhere", "--out", tmp_path)
    assert result.exit_code == 3
    assert "give the folder that holds the raw files" in result.output
    assert "Traceback" not in result.output


def test_run_summarises_and_verify_agrees(cli, some_raw, tmp_path):
    result = cli("run", some_raw, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    for word in ("documents", "repairs", "entities", "figures", "checks", "release", "index.html"):
        assert word in result.output
    assert cli("verify", tmp_path / "out" / "latest").exit_code == 0
    again = cli("run", some_raw, "--out", tmp_path / "out", "--json")
    assert json.loads(again.stdout)["documents"] == 4
