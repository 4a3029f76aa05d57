"""Fixtures that every test folder shares."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the seed documents and their gold; the test is skipped where it does not exist."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs ../shared (seed documents and gold), which is not on this machine")
    return SHARED
