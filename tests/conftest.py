"""Fixtures that every test folder shares."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

RAW = Path(__file__).resolve().parents[1] / "raw"
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seed documents and their gold; the test is skipped where it does not exist."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs ../shared (seed documents and gold), which is not on this machine")
    return SHARED


@pytest.fixture
def some_raw(tmp_path: Path) -> Path:
    """A raw folder of a few samples, for tests that change it."""
    return few_samples(tmp_path / "raw")


def few_samples(folder: Path) -> Path:
    """Copy a few samples to a folder."""
    folder.mkdir()
    for path in sorted(RAW.rglob("*.txt"))[-4:]:
        shutil.copy(path, folder)
    return folder
