"""Is a release whole and true to its contract? For those who hold a copy and have no pipeline."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from pipeline.contract.checks import Tables, Tally, Verdict, error
from pipeline.contract.conformance import contract_checks
from pipeline.contract.tables import PUBLISHED, Table
from pipeline.publish.checksums import broken
from pipeline.publish.parquet import read_parquet


class NotARelease(Exception):
    """The folder does not hold a release."""


def verify(folder: str | Path) -> list[Verdict]:
    """Check a release's seal, schemas, values, keys and ledger.

    Args:
        folder: the release, for example output/latest.

    Returns:
        One verdict a check; all pass where the release is sound.

    Raises:
        NotARelease: the folder is not a release, or lacks a table.
    """
    release = Path(folder).resolve()
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
    specs = _specs(release)
    try:
        tables = {spec.name: read_parquet(release / "parquet" / spec.name, spec.arrow) for spec in specs}
    except FileNotFoundError as problem:
        raise NotARelease(str(problem)) from None
    checks = [sealed, *contract_checks("release", specs)]
    if "text" in tables["documents"].column_names:
        checks.append(error("release", "ledger_fits", "every ledger row stands in its text", ledger_fits))
    return [check.judge(check.look(tables)) for check in checks]


def ledger_fits(tables: Tables) -> Tally:
    """Ledger rows whose `after` is not what stands in the text, or that overlap."""
    documents = tables["documents"]
    texts = dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    wrong = seen = 0
    for doc_id, rows in groupby(tables["repairs"].to_pylist(), key=lambda row: row["doc_id"]):
        text, position = texts[doc_id], 0
        for row in rows:
            wrong += row["text_start"] < position or text[row["text_start"] : row["text_end"]] != row["after"]
            position = row["text_end"]
            seen += 1
    return Tally(wrong, seen)


def _specs(release: Path) -> tuple[Table, ...]:
    """The tables as this release declares them: all of their columns, or the facts alone."""
    import pyarrow.parquet as pq

    first = next(iter(sorted((release / "parquet" / "documents").glob("*.parquet"))), None)
    if first is None:
        raise NotARelease(f"{release} has no parquet/documents; is it a release?")
    whole = "text" in pq.read_schema(first).names
    return PUBLISHED if whole else tuple(spec.without_source_text() for spec in PUBLISHED)
