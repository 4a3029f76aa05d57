"""Find raw files and cut them into shards.

Files are taken in the order of their paths. A shard ends after a file whose path hashes to a cutting
point, or when it is full; so a file that is added, changed or removed changes its own shard and leaves the
others as they were. Reading the files belongs in `pipeline.ingest.readers`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine.step import Task, combine

SIDECAR = ".source.json"
SHARD_BYTES = 8_000_000
# One path in so many ends a shard.
CUT_EVERY = 512


class NoRawFiles(Exception):
    """There is nothing to read."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file below the raw folder.

    Args:
        path: where it lies.
        source: its path below the raw folder, with forward slashes.
        n_bytes: its size.
        digest: SHA-256 of its content in hex; of its error where it cannot be read.
    """

    path: Path
    source: str
    n_bytes: int
    digest: str


def discover(raw: str | Path) -> list[RawFile]:
    """All raw files below a folder, sorted by source; sidecars and hidden files are left out.

    Raises:
        NoRawFiles: the folder is missing or has no files.
    """
    folder = Path(raw)
    if not folder.is_dir():
        raise NoRawFiles(f"{folder} is not a folder; give the folder that holds the raw files")
    found = []
    for path in _walk(folder):
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = path.stat().st_size
        except OSError as error:
            digest, size = hashlib.sha256(str(error).encode()).hexdigest(), 0
        found.append(RawFile(path, path.relative_to(folder).as_posix(), size, digest))
    if not found:
        raise NoRawFiles(f"{folder} holds no files; put documents there, or name another folder")
    return sorted(found, key=lambda file: file.source)


def listing(raw: str | Path) -> str | None:
    """A hash of which raw files lie below a folder, their sizes and times; None where there are none.

    It changes when a file is added, changed or removed, and is cheap: no file is read.
    """
    folder = Path(raw)
    paths = sorted(_walk(folder)) if folder.is_dir() else []
    digest = hashlib.sha256()
    for path in paths:
        status = path.stat()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest() if paths else None


def shards(files: Sequence[RawFile]) -> list[Task]:
    """Cut files into tasks of about `SHARD_BYTES`.

    Args:
        files: sorted by source.
    """
    tasks: list[Task] = []
    held: list[RawFile] = []
    for file in files:
        if held and sum(f.n_bytes for f in held) + file.n_bytes > SHARD_BYTES:
            tasks.append(_task(held))
            held = []
        held.append(file)
        if int(hashlib.sha256(file.source.encode()).hexdigest()[:8], 16) % CUT_EVERY == 0:
            tasks.append(_task(held))
            held = []
    if held:
        tasks.append(_task(held))
    return tasks


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and not path.name.endswith(SIDECAR) and path.is_file():
            yield path


def _task(files: Sequence[RawFile]) -> Task:
    key = combine(*(part for file in files for part in (file.source, file.digest)))
    return Task(key, tuple(str(f.path) for f in files), tuple(f.source for f in files), sum(f.n_bytes for f in files))
