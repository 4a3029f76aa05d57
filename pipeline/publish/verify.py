"""Is a release whole and true to its contract? For those who hold a copy and have no pipeline."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from pipeline.contract.checks import Tally, Verdict, error
from pipeline.contract.conformance import contract_checks
from pipeline.contract.relations import Relations
from pipeline.publish.checksums import broken
from pipeline.publish.opened import NotARelease, declared, find, parts


def verify(folder: str | Path, told: Callable[[str], None] = lambda _: None) -> list[Verdict]:
    """Check a release's seal, schemas, values, keys and ledger.

    Args:
        folder: the release, for example output/latest.
        told: hears what is looked at next.

    Returns:
        One verdict a check; all pass where the release is sound.

    Raises:
        NotARelease: the folder is not a release, or lacks a table.
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
    specs = declared(release)
    told("tables")
    try:
        held = Relations.of_files({spec.name: parts(release, spec.name) for spec in specs})
        for spec in specs:
            for _ in held[spec.name]:
                pass
    except duckdb.Error as problem:
        broken_table = error("release", "readable", f"every table can be read; {problem}", lambda _: Tally(1, 1))
        return [sealed.judge(Tally(len(wrong), len(wrong))), broken_table.judge(Tally(1, 1))]
    told("contract and ledger")
    checks = [sealed, *contract_checks("release", specs)]
    if "text" in held.schema("documents").names:
        checks.append(error("release", "ledger_fits", "the ledger can be applied backwards to every text", ledger_fits))
    return [check.judge(check.look(held)) for check in checks]


def ledger_fits(relations: Relations) -> Tally:
    """Ledger rows that cannot be undone.

    A row is wrong whose `after` is not what stands in the text, that overlaps the row before it, or whose place in
    the raw text is not where undoing all rows before it puts it.
    """
    texts = relations.rows("SELECT doc_id, text FROM documents ORDER BY doc_id")
    ledger = groupby(relations.rows("SELECT * FROM repairs ORDER BY doc_id, seq"), key=itemgetter("doc_id"))
    wrong = seen = 0
    document = next(texts, None)
    for doc_id, rows in ledger:
        while document is not None and document["doc_id"] < doc_id:
            document = next(texts, None)
        text = document["text"] or "" if document is not None and document["doc_id"] == doc_id else ""
        position = raw = 0
        for row in rows:
            raw += row["text_start"] - position
            fits = row["text_start"] >= position and text[row["text_start"] : row["text_end"]] == row["after"]
            wrong += not fits or raw != row["raw_start"] or raw + len(row["before"]) != row["raw_end"]
            position, raw = row["text_end"], row["raw_end"]
            seen += 1
    return Tally(wrong, seen)
