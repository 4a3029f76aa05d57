"""A release in an object store: uploaded whole beside the older ones, and only then pointed to.

    <address>/releases/<version>/...    the release, file by file as it lies on disk
    <address>/latest.json               {"version", "path", "checksums"}; written last

Stores have neither links nor renames, so a small file says which release holds: a reader who begins there sees a whole
release or none. Making a release belongs in `release`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec

from pipeline.engine.local import tell
from pipeline.publish.checksums import NAME as SEAL
from pipeline.publish.release import VERSION

POINTER = "latest.json"
_NO_CREDENTIALS = ("NoCredentials", "PartialCredentials", "CredentialRetrieval", "TokenRetrieval")


class Unreachable(Exception):
    """The store cannot be used; the message says what to do. The release on disk is as it was."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What an upload did.

    Args:
        url: where the release lies now.
        uploaded: how many files were uploaded; 0 where it was there whole.
        removed: versions of old releases that were removed from the store.
    """

    url: str
    uploaded: int
    removed: tuple[str, ...]


def check(url: str) -> None:
    """See that a store can be listed, before the work begins. Writes nothing.

    Args:
        url: address of the folder of releases, such as s3://bucket/county.

    Raises:
        Unreachable: it cannot: no driver, no credentials, no bucket, no such server.
    """
    with _told(url):
        _Store(url).sizes("")


def send(release: Path, url: str, keep: int) -> Sent:
    """Upload a release, point to it, and remove old ones. What is there already is not uploaded again.

    Args:
        release: the folder of a sealed release; its name is its version.
        url: address of the folder of releases, such as s3://bucket/county.
        keep: how many releases stay there, this one among them; 0 keeps all.

    Raises:
        Unreachable: the store cannot be used, or does not hold what was written. `latest.json` is then as it was.
    """
    with _told(url):
        store, folder = _Store(url), f"releases/{release.name}"
        seal = (release / SEAL).read_bytes()
        meant = {path.relative_to(release).as_posix(): path.stat().st_size for path in release.rglob("*") if path.is_file()}
        there = store.sizes(folder)
        if SEAL in there and store.read(f"{folder}/{SEAL}") != seal:
            there = {}  # of the same name and another content
        lacking = sorted((name for name in meant if there.get(name) != meant[name]), key=lambda name: (name == SEAL, name))
        for n, name in enumerate(lacking):
            tell("upload", n, len(lacking))
            store.upload(release / name, f"{folder}/{name}")
        held = store.sizes(folder)
        wrong = sorted(name for name in meant if held.get(name) != meant[name])
        if wrong:
            raise Unreachable(f"{url} does not hold {folder}/{wrong[0]} as it was written; run again, or look at the store")
        pointer = {"version": release.name, "path": folder, "checksums": hashlib.sha256(seal).hexdigest()}
        if lacking or store.pointer() != pointer:
            store.write(POINTER, json.dumps(pointer, indent=2).encode() + b"\n")
        tell("upload", max(1, len(lacking)), max(1, len(lacking)))
        return Sent(f"{url.rstrip('/')}/{folder}", len(lacking), tuple(store.prune(keep, release.name)))


class _Store:
    """A folder in a store, by paths below it."""

    def __init__(self, url: str) -> None:
        scheme = url.partition("://")[0]
        if "://" not in url or scheme in ("file", "local"):
            raise Unreachable(f"{url} is no address of a store, such as s3://bucket/county; a folder is given as --out")
        self._system, root = fsspec.core.url_to_fs(url)
        self._root = root.rstrip("/")
        if not self._root.strip("/"):
            raise Unreachable(f"{url} names no bucket; give {scheme}://BUCKET/PATH")

    def sizes(self, folder: str) -> dict[str, int]:
        """The files below a folder with their bytes; none where it is not there."""
        self._system.invalidate_cache()
        root = self._at(folder)
        found = self._system.find(root, detail=True)
        if not found and "s3" in self._system.protocol:  # where `find` takes a bucket that is not there for an empty one
            self._system.ls(self._root.strip("/").partition("/")[0])
        return {path.removeprefix(root).lstrip("/"): int(info.get("size") or 0) for path, info in found.items()}

    def read(self, path: str) -> bytes:
        return bytes(self._system.cat_file(self._at(path)))

    def write(self, path: str, content: bytes) -> None:
        self._system.pipe_file(self._at(path), content)

    def upload(self, local: Path, path: str) -> None:
        self._system.put_file(str(local), self._at(path))

    def pointer(self) -> Mapping[str, Any] | None:
        """What `latest.json` says; None where there is none that can be read."""
        try:
            said = json.loads(self.read(POINTER))
        except (FileNotFoundError, ValueError):
            return None
        return said if isinstance(said, dict) else None

    def prune(self, keep: int, current: str) -> Iterator[str]:
        """Remove all but the newest releases, never the current one; their seals go first, so that none is taken for whole."""
        names = {path.split("/")[0] for path in self.sizes("releases")} if keep else set()
        versions = sorted(name for name in names if VERSION.fullmatch(name))
        for version in versions[:-keep] if keep else []:
            if version == current:
                continue
            folder = self._at(f"releases/{version}")
            if self._system.exists(f"{folder}/{SEAL}"):
                self._system.rm_file(f"{folder}/{SEAL}")
            self._system.rm(folder, recursive=True)
            yield version

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}".rstrip("/")


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What a store raises, as one sentence; each has errors of its own."""
    try:
        yield
    except Unreachable:
        raise
    except ImportError as problem:
        raise Unreachable(f"{url} cannot be used: {problem}; pip install 'xianqing[s3]' for S3") from None
    except Exception as problem:
        names = " ".join(kind.__name__ for kind in type(problem).__mro__)
        if any(name in names for name in _NO_CREDENTIALS):
            advice = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (AWS_ENDPOINT_URL for a store of your own)"
        elif isinstance(problem, FileNotFoundError):
            advice = "make the bucket first; it is never made for you"
        elif isinstance(problem, PermissionError):
            advice = "look who may list, write and delete there"
        else:
            advice = "look at the address, and AWS_ENDPOINT_URL for a store of your own"
        raise Unreachable(f"{url} cannot be used: {str(problem) or type(problem).__name__}; {advice}") from None
