"""Is a release whole and true to its contract, and to the raw files where they are at hand?

For those who hold a copy. Reading raw files belongs in `pipeline.ingest`; here comes what it read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.contract.checks import Tally, Verdict, error
from pipeline.contract.conformance import contract_checks
from pipeline.contract.relations import Relations
from pipeline.publish.checksums import broken
from pipeline.publish.opened import NotARelease, declared, find, parts

# Of a raw document: the SHA-256 of its bytes, and its decoded text.
Raw = Iterable[tuple[str, str]]


def verify(folder: str | Path, told: Callable[[str], None] = lambda _: None, raw: Raw | None = None) -> list[Verdict]:
    """Check a release's seal, schemas, values, keys and ledger.

    Args:
        folder: the release, for example output/latest.
        told: hears what is looked at next.
        raw: the documents that the raw files hold, where they are at hand: the ledger is then undone against them.

    Returns:
        One verdict a check; all pass where the release is sound.

    Raises:
        NotARelease: the folder is not a release, or lacks a table; or it has no texts, and raw ones are given.
    """
    release = find(folder)
    told("checksums")
    try:
        wrong = broken(release)
    except FileNotFoundError as problem:
        raise NotARelease(str(problem)) from None
    sealed = error(
        "release",
        "checksums",
        "every file is what the checksums say" + "".join(f"; {w}" for w in wrong[:5]),
        lambda _: Tally(len(wrong), len(wrong)),
    )
    told("tables")
    try:
        specs = declared(release)
        held = Relations.of_files({spec.name: parts(release, spec.name) for spec in specs})
        for spec in specs:
            for _ in held[spec.name]:
                pass
    except (duckdb.Error, pa.ArrowException) as problem:
        broken_table = error("release", "readable", f"every table can be read; {problem}", lambda _: Tally(1, 1))
        return [sealed.judge(Tally(len(wrong), len(wrong))), broken_table.judge(Tally(1, 1))]
    told("contract and ledger")
    checks = [sealed, *contract_checks("release", specs)]
    whole = "text" in held.schema("documents").names
    if whole:
        checks.append(error("release", "ledger_fits", "the ledger can be applied backwards to every text", ledger_fits))
    verdicts = [check.judge(check.look(held)) for check in checks]
    if raw is None:
        return verdicts
    if not whole:
        raise NotARelease(f"{release} holds facts alone, without texts; there is nothing to set against raw files")
    told("raw files")
    return verdicts + against_raw(held, raw)


def against_raw(relations: Relations, raw: Raw) -> list[Verdict]:
    """Whether undoing the ledger gives what the raw files hold.

    Args:
        relations: the tables `documents` and `repairs`.
        raw: of each raw document the SHA-256 of its bytes, and its decoded text; documents that are no part of the
            release are passed over. What is kept of a text is its hash, so that memory does not grow with texts.
    """
    undone, sources = {}, {}
    for document, rows in _with_ledger(relations, "doc_id, sha256, source, text"):
        parts: list[str] = []
        position = 0
        for row in rows:
            parts += (document["text"][position : row["text_start"]], row["before"])
            position = row["text_end"]
        undone[document["sha256"]] = _digest("".join((*parts, document["text"][position:])))
        sources[document["sha256"]] = document["source"]
    wrong, missing = [], set(undone)
    for sha256, text in raw:
        if sha256 in missing:
            missing.remove(sha256)
            if undone[sha256] != _digest(text):
                wrong.append(sources[sha256])
    found = (
        ("raw_there", "every document is among the raw files, byte for byte", [sources[sha256] for sha256 in missing]),
        ("raw_inverts", "the ledger, applied backwards, gives what the raw files hold", wrong),
    )
    verdicts = []
    for name, description, which in found:
        total = Tally(len(which), len(undone))
        told = "".join(f"; not so: {source}" for source in sorted(which)[:5])
        verdicts.append(error("release", name, description + told, lambda _: Tally(0, 0)).judge(total))
    return verdicts


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def ledger_fits(relations: Relations) -> Tally:
    """Ledger rows that cannot be undone.

    A row is wrong whose `after` is not what stands in the text, that overlaps the row before it, or whose place in
    the raw text is not where undoing all rows before it puts it.
    """
    wrong = seen = 0
    for document, rows in _with_ledger(relations, "doc_id, text"):
        text = document["text"] or ""
        position = raw = 0
        for row in rows:
            raw += row["text_start"] - position
            fits = row["text_start"] >= position and text[row["text_start"] : row["text_end"]] == row["after"]
            wrong += not fits or raw != row["raw_start"] or raw + len(row["before"]) != row["raw_end"]
            position, raw = row["text_end"], row["raw_end"]
            seen += 1
    return Tally(wrong, seen)


def _with_ledger(relations: Relations, columns: str) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each document with its ledger; rows of documents that are not there are the concern of another check."""
    ledger = groupby(relations.rows("SELECT * FROM repairs ORDER BY doc_id, seq"), key=itemgetter("doc_id"))
    key, rows = next(ledger, (None, iter(())))
    for document in relations.rows(f"SELECT {columns} FROM documents ORDER BY doc_id"):
        while key is not None and key < document["doc_id"]:
            key, rows = next(ledger, (None, iter(())))
        yield document, list(rows) if key == document["doc_id"] else []
