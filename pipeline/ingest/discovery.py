"""Find raw files and cut them into shards.

Files are taken in the order of their paths. A shard ends after a file whose path hashes to a cutting
point, or when it is full; so a file that is added, changed or removed changes its own shard and leaves the
others as they were. Reading the files belongs in `pipeline.ingest.readers`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec

from pipeline.engine.step import Task, combine
from pipeline.engine.store import write_text
from pipeline.ingest.names import readable

SIDECAR = ".source.json"
SHARD_BYTES = 4_000_000
# One path in so many ends a shard.
CUT_EVERY = 512
# A file that was written so shortly before it was hashed may change again without another time.
_SETTLED = 2.0  # seconds


class NoRawFiles(Exception):
    """There is nothing to read."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file below the raw folder.

    Args:
        path: where it lies: a path, or a URL that fsspec opens.
        source: its path below the raw folder, with forward slashes.
        n_bytes: its size.
        state: changes when the file does: size and time, or what its store says of it.
    """

    path: str
    source: str
    n_bytes: int
    state: str


def discover(raw: str | Path) -> list[RawFile]:
    """All raw files below a folder, sorted by source; sidecars and hidden files are left out. No file is read.

    Args:
        raw: a folder, or a URL of one (s3://bucket/folder) for which fsspec has what it needs.

    Raises:
        NoRawFiles: the folder is missing or has no files, or cannot be listed.
    """
    found = sorted(_remote(str(raw)) if "://" in str(raw) else _local(Path(raw)), key=lambda file: file.source)
    if not found:
        raise NoRawFiles(f"{raw} holds no files; put documents there, or name another folder")
    return found


def listing(raw: str | Path) -> str | None:
    """A hash of which raw files lie below a folder and of their states; None where there are none."""
    try:
        return combine(*(part for file in discover(raw) for part in (file.source, file.state)))
    except NoRawFiles:
        return None


def shards(files: Sequence[RawFile], known: str | Path | None = None) -> list[Task]:
    """Cut files into tasks of about `SHARD_BYTES`.

    Args:
        files: sorted by source.
        known: a file in which to keep the hashes of contents, so that files that have not changed are not read again.
    """
    digests = _digests(files, Path(known) if known else None)
    tasks: list[Task] = []
    held: list[RawFile] = []
    for file in files:
        if held and sum(f.n_bytes for f in held) + file.n_bytes > SHARD_BYTES:
            tasks.append(_task(held, digests))
            held = []
        held.append(file)
        if int(hashlib.sha256(file.source.encode()).hexdigest()[:8], 16) % CUT_EVERY == 0:
            tasks.append(_task(held, digests))
            held = []
    if held:
        tasks.append(_task(held, digests))
    return tasks


def _task(files: Sequence[RawFile], digests: dict[str, str]) -> Task:
    key = combine(*(part for file in files for part in (file.source, digests[file.path])))
    return Task(key, tuple(f.path for f in files), tuple(f.source for f in files), sum(f.n_bytes for f in files))


def _local(folder: Path) -> Iterator[RawFile]:
    if not folder.is_dir():
        raise NoRawFiles(f"{folder} is not a folder; give the folder that holds the raw files")
    for path in folder.rglob("*"):
        below = path.relative_to(folder)
        if _left_out(below.as_posix()):
            continue
        if path.is_symlink() and not path.exists():  # it is told when it is to be read
            yield RawFile(str(path), readable(below.as_posix()), 0, "a link that leads nowhere")
        elif path.is_file():
            status = path.stat()
            yield RawFile(str(path), readable(below.as_posix()), status.st_size, f"{status.st_size} {status.st_mtime_ns}")


def _remote(url: str) -> Iterator[RawFile]:
    try:
        system, root = fsspec.core.url_to_fs(url)
        entries = system.find(root, detail=True)
    except ImportError as problem:
        raise NoRawFiles(f"{url} cannot be read: {problem}; pip install 'xianqing[s3]' for S3") from None
    except Exception as problem:  # each store raises errors of its own
        raise NoRawFiles(f"{url} cannot be listed: {problem}; look at the address and at who may read it") from None
    root = root.rstrip("/") + "/"
    for path, info in entries.items():
        source = path.removeprefix(root)
        if info.get("type") == "file" and not _left_out(source):
            told = {
                key: str(info[key]) for key in ("ETag", "etag", "md5Hash", "created", "mtime", "LastModified") if info.get(key)
            }
            state = f"{info.get('size')} {json.dumps(told, sort_keys=True)}"
            yield RawFile(system.unstrip_protocol(path), readable(source), int(info.get("size") or 0), state)


def _left_out(source: str) -> bool:
    return source.endswith(SIDECAR) or any(part.startswith(".") for part in source.split("/"))


def _digests(files: Sequence[RawFile], known: Path | None) -> dict[str, str]:
    """The hash of each file's content by its path; of what its store says of it, for a file elsewhere."""
    try:
        before: dict[str, Any] = json.loads(known.read_text("utf-8")) if known else {}
        held = {str(path): (str(state), str(digest)) for path, (state, digest) in before.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        held = {}
    digests: dict[str, str] = {}
    settled: dict[str, tuple[str, str]] = {}
    for file in files:
        state, digest = held.get(file.path, ("", ""))
        if state != file.state:
            digest = combine(file.state) if "://" in file.path else _sha256(file.path)
        digests[file.path] = digest
        if state == file.state or "://" in file.path or _is_settled(file.path):
            settled[file.path] = (file.state, digest)
    if known and settled != held:
        known.parent.mkdir(parents=True, exist_ok=True)
        write_text(known, json.dumps(settled))
    return digests


def _sha256(path: str) -> str:
    """Hash of a file's content in hex; of the error where it cannot be read, which is told when it is to be read."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return hashlib.sha256(str(error).encode()).hexdigest()


def _is_settled(path: str) -> bool:
    try:
        return time.time() - Path(path).stat().st_mtime > _SETTLED
    except OSError:
        return False
