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


def test_run_says_which_promise_was_broken_and_what_to_do(cli, tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for n in range(40):
        (raw / f"{n}.txt").write_text(f"青石县第{n}号通报：今年修建公路{n + 3}公里，惠及群众{n + 100}户。\n", "utf-8")
    assert cli("run", raw, "--out", out).exit_code == 0
    for n in range(30):
        (raw / f"{n}.txt").unlink()
    result = cli("run", raw, "--out", out)
    assert result.exit_code == 1
    assert "nothing was published" in result.output and "moved" in result.output
    assert "--accept-change REASON" in result.output and "dagster" not in result.output
