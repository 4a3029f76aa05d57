"""`xianqing verify` as a user meets it."""


def test_verify_fails_on_a_changed_file(cli, some_raw, tmp_path):
    cli("run", some_raw, "--out", tmp_path / "out")
    with (tmp_path / "out" / "latest" / "csv" / "figures.csv").open("a") as file:
        file.write("x")
    result = cli("verify", tmp_path / "out" / "latest")
    assert result.exit_code == 1
    assert "changed: csv/figures.csv" in result.output


def test_verify_of_something_else_says_so(cli, tmp_path):
    result = cli("verify", tmp_path)
    assert result.exit_code == 3
    assert "is it a release?" in result.output


def test_verify_undoes_the_ledger_against_the_raw_files(cli, some_raw, tmp_path):
    cli("run", some_raw, "--out", tmp_path / "out")
    result = cli("verify", tmp_path / "out", "--raw", some_raw, "--all")
    assert result.exit_code == 0
    assert "raw_inverts" in result.output
    next(some_raw.rglob("*.txt")).unlink()
    result = cli("verify", tmp_path / "out", "--raw", some_raw)
    assert result.exit_code == 1
    assert "raw_there" in result.output
