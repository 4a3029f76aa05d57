"""What must hold of repaired text: it can be undone, nothing is lost, no damage is left unmarked."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from pipeline.contract.checks import Tables, Tally, error, tally, warning
from pipeline.repair.ledger import Repair, undo
from pipeline.repair.script import script_of
from pipeline.repair.signatures import SIGNATURES

# Classes in which a digit that goes was never the text's own: markup and wrong decoding are full of them.
_FOREIGN_DIGITS = frozenset({"html", "codec", "misaligned_gbk"})


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

    def wrong(row: dict[str, Any]) -> bool:
        try:
            return bool(undo(row["text"], ledgers.get(row["doc_id"], [])) != raw[row["doc_id"]])
        except ValueError:
            return True

    return tally(wrong(row) for row in _documents(tables))


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
    return tally(
        row["status"] != "removed" and row["damage"] not in _FOREIGN_DIGITS and _digits(row["before"]) != _digits(row["after"])
        for row in tables["repairs"].to_pylist()
    )


def simplified(tables: Tables) -> Tally:
    """Documents whose text is not in Simplified Chinese."""
    return tally(script_of(row["text"]) == "Hant" for row in _documents(tables))


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
