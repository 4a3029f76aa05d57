"""One script a document: its text, its ledger, and what was found in it.

The tables are read in the order of the documents' ids and walked side by side, so that memory holds one
document at a time, whatever the size of the release.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from pipeline.publish.report.script import write_script

BATCH = 2_000

_DETAILS = {
    "repairs": "select doc_id, text_start, text_end, before, damage, status, confidence, suggestion from repairs "
    "order by doc_id, seq",
    "mentions": 'select m.doc_id, m.start, m."end", m.surface, m.type, m.entity_id, e.name, m.role, m.confidence '
    'from mentions m left join entities e using (entity_id) order by m.doc_id, m.start, m."end", m.entity_id',
    "figures": 'select doc_id, figure_id, start, "end", surface, value, lower, upper, qualifier, unit, kind, metric, '
    "per, change, period_start, period_end, trust, trust_reason from figures order by doc_id, start, figure_id",
    "practices": "select doc_id, entity_id, name, components, quote from practices order by doc_id, entity_id",
    "issues": "select doc_id, issues_found, issues_resolved, resolution_rate from issue_resolution "
    "order by doc_id, found_figure_id",
}


def write_documents(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write `<first two digits>/<doc_id>.js` for each document.

    Args:
        db: the tables of a release, as `open_tables` gives them.
        folder: where the scripts go.
    """
    details = {name: _Groups(_stream(db, query)) for name, query in _DETAILS.items()}
    for row in _stream(db, "select * from documents order by doc_id"):
        doc_id = row["doc_id"]
        found = {name: groups.of(doc_id) for name, groups in details.items()}
        path = folder / doc_id[:2] / f"{doc_id}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_script(path, f"document-{doc_id}", row | {name: columns(rows) for name, rows in found.items()})


def columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as `{"length": n, column: its values}`, which halves them; a column without any value is left out."""
    out: dict[str, Any] = {"length": len(rows)}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        if any(value is not None for value in values):
            out[name] = values
    return out


def _stream(db: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """Rows of a query, some at a time; each query has a cursor of its own."""
    for batch in db.cursor().sql(query).to_arrow_reader(BATCH):
        yield from batch.to_pylist()


class _Groups:
    """Rows sorted by document, handed out document by document in that order."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._groups = groupby(rows, key=itemgetter("doc_id"))
        self._next = next(self._groups, None)

    def of(self, doc_id: str) -> list[dict[str, Any]]:
        """The rows of a document, which must not come before one already asked for."""
        if self._next is None or self._next[0] != doc_id:
            return []
        rows = [{key: value for key, value in row.items() if key != "doc_id"} for row in self._next[1]]
        self._next = next(self._groups, None)
        return rows
