"""Is a release whole and true to its contract? For those who hold a copy and have no pipeline."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from pipeline.contract.checks import Tables, Tally, Verdict, error
from pipeline.contract.conformance import contract_checks
from pipeline.publish.checksums import broken
from pipeline.publish.opened import NotARelease, declared, find
from pipeline.publish.parquet import read_parquet


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
        tables = {spec.name: read_parquet(release / "parquet" / spec.name, spec.arrow) for spec in specs}
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError, ValueError) as problem:
        broken_table = error("release", "readable", f"every table can be read; {problem}", lambda _: Tally(1, 1))
        return [sealed.judge(Tally(len(wrong), len(wrong))), broken_table.judge(Tally(1, 1))]
    told("contract and ledger")
    checks = [sealed, *contract_checks("release", specs)]
    if "text" in tables["documents"].column_names:
        checks.append(error("release", "ledger_fits", "the ledger can be applied backwards to every text", ledger_fits))
    return [check.judge(check.look(tables)) for check in checks]


def ledger_fits(tables: Tables) -> Tally:
    """Ledger rows that cannot be undone.

    A row is wrong whose `after` is not what stands in the text, that overlaps the row before it, or whose place in
    the raw text is not where undoing all rows before it puts it.
    """
    documents = tables["documents"]
    texts = dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    wrong = seen = 0
    for doc_id, rows in groupby(tables["repairs"].to_pylist(), key=lambda row: row["doc_id"]):
        text, position, raw = texts.get(doc_id) or "", 0, 0
        for row in rows:
            raw += row["text_start"] - position
            fits = row["text_start"] >= position and text[row["text_start"] : row["text_end"]] == row["after"]
            wrong += not fits or raw != row["raw_start"] or raw + len(row["before"]) != row["raw_end"]
            position, raw = row["text_end"], row["raw_end"]
            seen += 1
    return Tally(wrong, seen)
