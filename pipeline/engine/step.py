"""A step of the pipeline and the unit of its work.

A step is a pure function from one task's input to named tables, with the checks that look at them. Its
code version is the hash of the modules and reference data it depends on, so that a change in them, and
nothing else, has its results made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract.checks import Check, Tables
from pipeline.contract.relations import Relations

T = TypeVar("T")
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Task:
    """One shard's worth of input.

    Args:
        key: hash of the input, in hex.
        inputs: the files or shard folders it is made of.
        names: what each input is called where the path does not say it (sources of raw files).
        n_bytes: size of the input, for planning.
        without: documents that are left out, since they made the step fail, each with how. By their id, raw files by
            their source.
        part: row groups of the first table of its input, the first and the one after the last; None is all of it.
    """

    key: str
    inputs: tuple[str, ...]
    names: tuple[str, ...] = ()
    n_bytes: int = 0
    without: tuple[tuple[str, str], ...] = ()
    part: tuple[int, int] | None = None

    def left_in(self, documents: pa.Table) -> pa.Table:
        """The rows of documents that are not left out."""
        if not self.without:
            return documents
        out = pa.array([document for document, _ in self.without], pa.string())
        return documents.filter(pc.invert(pc.is_in(documents["doc_id"], value_set=out)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Args:
        name: snake_case; also the folder of its results.
        code: modules, folders and data below `pipeline/` that its result depends on.
        distributions: installed packages that its result depends on.
        process: makes the tables of one task, as `Relations` where they may be of any size; must be importable, for
            worker processes.
        checks: what is checked on each task's tables. They see what `process` returns.
        shown: the tables that are results; others that `process` returns are for the checks alone.
    """

    name: str
    code: tuple[str, ...]
    process: Callable[[Task], Tables | Relations]
    checks: tuple[Check, ...]
    shown: tuple[str, ...]
    distributions: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Code version: sixteen hex digits."""
        return code_version(("contract/fields.py", "contract/tables.py", *self.code), self.distributions)


Hearer = Callable[[str], None]
_hearer: ContextVar[Hearer | None] = ContextVar("hearer", default=None)


@contextmanager
def heard_by(hearer: Hearer) -> Iterator[None]:
    """Have `hearer` told of each document that a step takes up while the block runs; of "" once it is through."""
    token = _hearer.set(hearer)
    try:
        yield
    finally:
        _hearer.reset(token)


def each(documents: Iterable[T], name: Callable[[Any], str] = itemgetter("doc_id")) -> Iterator[T]:
    """Take up documents one by one and say so, so that the one is known that makes a step fail.

    Args:
        documents: rows of documents.
        name: what a document is called.
    """
    hearer = _hearer.get() or (lambda _: None)
    for document in documents:
        hearer(name(document))
        yield document
    hearer("")


@cache
def code_version(code: tuple[str, ...], distributions: tuple[str, ...] = ()) -> str:
    """Hash of some of this package's files and of the versions of some installed packages.

    Args:
        code: files or folders below `pipeline/`.
        distributions: names of installed packages; one that is missing counts as such.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    digest = hashlib.sha256()
    for name in code:
        path = PACKAGE / name
        if not path.exists():
            raise FileNotFoundError(f"a step names {path}, which does not exist")
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")
        for file in files:
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for distribution in distributions:
        try:
            version = metadata.version(distribution)
        except metadata.PackageNotFoundError:
            version = "missing"
        digest.update(f"{distribution}={version}".encode() + b"\0")
    return digest.hexdigest()[:16]


def combine(*parts: str) -> str:
    """A key made of other keys."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
