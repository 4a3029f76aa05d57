"""`xianqing doctor` as a user meets it."""

import json


def test_a_sound_place_is_sound(cli, some_raw, released):
    result = cli("doctor", "--raw", some_raw, "--out", released, "--json")
    states = {row["about"]: row["state"] for row in json.loads(result.stdout)}
    assert {states[name] for name in ("gazetteer", "raw files", "output folder", "latest release")} == {"ok"}


def test_each_problem_comes_with_advice(cli, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "latest").symlink_to("releases/gone")
    (tmp_path / "out" / "releases" / ".building-x").mkdir(parents=True)
    result = cli("doctor", "--raw", tmp_path / "nowhere", "--out", tmp_path / "out", "--json")
    assert result.exit_code == 1
    rows = {row["about"]: row for row in json.loads(result.stdout)}
    assert rows["raw files"]["state"] == rows["latest release"]["state"] == "problem"
    assert rows["interrupted runs"]["state"] == "warning"
    assert all(row["advice"] for row in rows.values() if row["state"] != "ok")
