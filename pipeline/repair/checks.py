"""What must hold of repaired text: it can be undone, nothing is lost, no damage is left unmarked.

`assert_sound` asks it of one document, so that one which breaks a promise is left out and told of, and not published; the
checks ask it of all that is left, from the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pipeline.contract.checks import Tables, Tally, error, tally, warning
from pipeline.repair.ledger import Repair, Repaired, undo
from pipeline.repair.script import script_of
from pipeline.repair.signatures import SIGNATURES

# Classes in which a digit that goes was never the text's own: markup and wrong decoding are full of them.
_FOREIGN_DIGITS = frozenset({"html", "codec", "misaligned_gbk"})


class Unsound(ValueError):
    """A repair that breaks a promise."""


def assert_sound(raw: str, repaired: Repaired) -> None:
    """Ask of one document what must hold of all.

    Args:
        raw: its decoded raw text.
        repaired: what became of it.

    Raises:
        Unsound: the ledger does not give the raw text back, a digit is lost, or the text is not Simplified.
    """
    if not _inverts(raw, repaired.text, repaired.ledger):
        raise Unsound("the ledger, applied backwards, does not give the raw text")
    for row in repaired.ledger:
        if _loses_digits(row.status, row.damage, row.before, row.after):
            raise Unsound(f"a digit was lost: {row.before!r} became {row.after!r}")
    if script_of(_readable(repaired.text, repaired.ledger)) == "Hant":
        raise Unsound("the text is still in Traditional Chinese")


def _ledgers(tables: Tables) -> dict[str, list[Repair]]:
    names = Repair.__dataclass_fields__
    rows = tables["repairs"].to_pylist()
    return {
        doc_id: [Repair(**{name: row[name] for name in names}) for row in group]
        for doc_id, group in groupby(rows, key=lambda row: row["doc_id"])
    }


def _documents(tables: Tables) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables["repaired_documents"].to_pylist()
    return rows


def inverts(tables: Tables) -> Tally:
    """Documents whose ledger, applied backwards, does not give the decoded raw text."""
    raw = dict(zip(*(tables["raw_documents"][name].to_pylist() for name in ("doc_id", "raw_text")), strict=True))
    ledgers = _ledgers(tables)

    return tally(not _inverts(raw[row["doc_id"]], row["text"], ledgers.get(row["doc_id"], [])) for row in _documents(tables))


def _inverts(raw: str, text: str, ledger: Sequence[Repair]) -> bool:
    try:
        return undo(text, ledger) == raw
    except ValueError:
        return False


def marked(tables: Tables) -> Tally:
    """Places in the text that look damaged and of which the ledger says nothing."""
    ledgers = _ledgers(tables)
    wrong = seen = 0
    for row in _documents(tables):
        spans = [(r.text_start, r.text_end) for r in ledgers.get(row["doc_id"], []) if r.status == "unresolved"]
        for signature in SIGNATURES.values():
            for match in signature.finditer(row["text"]):
                wrong += not any(start < match.end() and match.start() < end for start, end in spans)
        seen += 1
    return Tally(wrong, seen)


def digits_kept(tables: Tables) -> Tally:
    """Changes that lose or alter a digit outside removed spans."""
    rows = tables["repairs"].select(["status", "damage", "before", "after"]).to_pylist()
    return tally(_loses_digits(**row) for row in rows)


def _loses_digits(status: str, damage: str, before: str, after: str) -> bool:
    return status != "removed" and damage not in _FOREIGN_DIGITS and _digits(before) != _digits(after)


def simplified(tables: Tables) -> Tally:
    """Documents whose text is not in Simplified Chinese, what could not be read apart."""
    ledgers = _ledgers(tables)
    return tally(script_of(_readable(row["text"], ledgers.get(row["doc_id"], []))) == "Hant" for row in _documents(tables))


def _readable(text: str, ledger: Sequence[Repair]) -> str:
    """A text without the spans that are marked as unresolved."""
    parts, at = [], 0
    for row in ledger:
        if row.status == "unresolved":
            parts.append(text[at : row.text_start])
            at = row.text_end
    return "".join((*parts, text[at:]))


def resolved(tables: Tables) -> Tally:
    """Documents with damage that could not be mended."""
    return tally(row["n_unresolved"] > 0 for row in _documents(tables))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


CHECKS = (
    error("repair", "inverts", "the ledger, applied backwards, gives the decoded raw text exactly", inverts),
    error("repair", "digits_kept", "no digit is lost outside removed spans", digits_kept),
    error("repair", "simplified", "every text is in Simplified Chinese", simplified),
    warning("repair", "marked", "no known damage is left unmarked", marked, share=0.02),
    warning("repair", "resolved", "most documents have no damage left", resolved, share=0.3),
)
