import pytest

from pipeline.engine import step


def test_the_code_version_changes_with_the_code_and_with_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(step, "PACKAGE", tmp_path)
    (tmp_path / "repair").mkdir()
    (tmp_path / "repair" / "a.py").write_text("1")
    (tmp_path / "other.py").write_text("1")

    def version(*code, distributions=()):
        step.code_version.cache_clear()
        return step.code_version(code, distributions)

    first = version("repair")
    (tmp_path / "other.py").write_text("2")
    assert version("repair") == first
    (tmp_path / "repair" / "a.py").write_text("2")
    assert version("repair") != first
    assert version("repair", distributions=("pytest",)) != version("repair", distributions=("no-such-package",))
    step.code_version.cache_clear()


def test_a_step_that_names_a_missing_file_says_which():
    with pytest.raises(FileNotFoundError, match=r"nowhere\.py"):
        step.code_version(("nowhere.py",))


def test_combined_keys_do_not_run_together():
    assert step.combine("ab", "c") != step.combine("a", "bc")
