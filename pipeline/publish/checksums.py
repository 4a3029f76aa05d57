"""The seal of a release: `CHECKSUMS.sha256` over all its files, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

NAME = "CHECKSUMS.sha256"


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(release: Path) -> None:
    """Write the checksums of all files of a release."""
    lines = [f"{sha256(path)}  {path.relative_to(release).as_posix()}" for path in _files(release)]
    (release / NAME).write_text("\n".join(lines) + "\n", "utf-8")


def broken(release: Path) -> list[str]:
    """What is wrong with a release's files, one line each; empty where all is well.

    Raises:
        FileNotFoundError: the release has no checksums.
    """
    seal_file = release / NAME
    if not seal_file.is_file():
        raise FileNotFoundError(f"{release} has no {NAME}; is it a release?")
    lines = [line.split("  ", 1) for line in seal_file.read_text("utf-8").splitlines() if line]
    told = {name: digest for digest, name in lines}
    there = {path.relative_to(release).as_posix(): path for path in _files(release)}
    wrong = [f"missing: {name}" for name in sorted(told.keys() - there.keys())]
    wrong += [f"not sealed: {name}" for name in sorted(there.keys() - told.keys())]
    wrong += [f"changed: {name}" for name in sorted(told.keys() & there.keys()) if sha256(there[name]) != told[name]]
    return wrong


def _files(release: Path) -> Iterable[Path]:
    return sorted(path for path in release.rglob("*") if path.is_file() and path.name != NAME)
