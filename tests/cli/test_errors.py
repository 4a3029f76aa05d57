"""What users do wrong gets a sentence that says what to do and an exit code that means it, never a traceback."""

import shutil

import pytest

CASES = (
    # arguments, exit code, what is said
    ("describe --release NOWHERE", 3, "is not there"),
    ("describe figurs --release GOOD", 3, "there are documents, repairs"),
    ("describe --release BROKEN", 3, "a Parquet file is broken"),
    ("describe --release LACKING", 3, "lacks parquet/figures"),
    ("sample figurs --release GOOD", 3, "there are documents, repairs"),
    ("sample figures -n 0 --release GOOD", 2, "not in the range"),
    ("sample figures --release BROKEN", 3, "a Parquet file is broken"),
    ("query select+*+fro+figures --release GOOD", 3, "syntax error"),
    ("query select+nope+from+figures --release GOOD", 3, 'Referenced column "nope"'),
    ("query drop+table+figures --release GOOD", 3, "figures"),
    ("query copy+figures+to+'x.csv' --release GOOD", 3, "disabled by configuration"),
    ("query + --release GOOD", 3, "one query is wanted"),
    ("query select+1;select+2 --release GOOD", 3, "one query is wanted"),
    ("query select+1 --release BROKEN", 3, "a Parquet file is broken"),
    ("query select+1 --release EMPTY", 3, "is it a release?"),
    ("verify EMPTY", 3, "is it a release?"),
    ("verify FILE", 3, "is it a release?"),
    ("verify BROKEN", 1, "every table can be read"),
    ("verify UNSEALED", 3, "has no CHECKSUMS.sha256"),
    ("verify GOOD --raw EMPTY", 3, "holds no files"),
    ("verify GOOD --jsn", 2, "No such option"),
    ("verfy GOOD", 2, "No such command"),
    ("diff GOOD EMPTY", 3, "is it a release?"),
    ("diff GOOD BROKEN", 3, "a Parquet file is broken"),
    ("run NOWHERE --out EMPTY", 3, "is not a folder"),
    ("run EMPTY --out NOWHERE", 3, "holds no files"),
    ("run RAW --out FILE", 3, "Not a directory"),
    ("run RAW --out NOWHERE --engine slurm", 2, "slurm"),
    ("repair NOWHERE", 2, "does not exist"),
    ("repair EMPTY", 2, "is a directory"),
)


@pytest.fixture(scope="module")
def places(released, tmp_path_factory):
    """What the capital words of the cases stand for."""
    folder = tmp_path_factory.mktemp("places")
    good = (released / "latest").resolve()
    found = {"GOOD": good, "NOWHERE": folder / "nowhere", "RAW": released.parent / "raw"}
    for name in ("BROKEN", "LACKING", "UNSEALED"):
        found[name] = shutil.copytree(good, folder / name.lower(), ignore=shutil.ignore_patterns("report"))
    (found["BROKEN"] / "parquet" / "figures" / "part-00000.parquet").write_bytes(b"broken")
    shutil.rmtree(found["LACKING"] / "parquet" / "figures")
    (found["UNSEALED"] / "CHECKSUMS.sha256").unlink()
    found["EMPTY"] = folder / "empty"
    found["EMPTY"].mkdir()
    found["FILE"] = folder / "file"
    found["FILE"].write_text("a")
    return {name: str(path) for name, path in found.items()}


@pytest.mark.parametrize(("line", "code", "said"), CASES, ids=[case[0] for case in CASES])
def test_mistakes_are_told_in_a_sentence(cli, places, line, code, said):
    result = cli(*(places.get(word, word.replace("+", " ")) for word in line.split()))
    assert result.exit_code == code, result.output
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)
