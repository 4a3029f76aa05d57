"""The documents one by one: text, ledger, and what was found in it, in parts of which the page loads the one it needs.

The tables are sorted by the documents' ids one after the other, each on disk, and then walked side by side, so that memory
holds one part at a time, whatever the size of the release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract.relations import quoted
from pipeline.publish.report.script import write_script

BATCH = 2_000
PART = 200_000  # characters, about
_ROW = 150  # characters that a row of details takes, about

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


def write_documents(db: duckdb.DuckDBPyConnection, folder: Path, spill: Path) -> None:
    """Write the documents in the order of their ids as `part-00000.js` and on, and `parts.js`, each part's first id.

    Args:
        db: the tables of a release, as `open_tables` gives them.
        folder: where the scripts go.
        spill: where the sorted tables lie meanwhile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    spill.mkdir(parents=True, exist_ok=True)
    firsts: list[str] = []
    for n, part in enumerate(_parts(db, spill)):
        name = f"part-{n:05d}"
        write_script(folder / f"{name}.js", f"documents/{name}", part)
        firsts.append(next(iter(part)))
    write_script(folder / "parts.js", "documents/parts", firsts)


def _parts(db: duckdb.DuckDBPyConnection, spill: Path) -> Iterator[dict[str, dict[str, Any]]]:
    """Documents by their ids, as many together as make up `PART`; one at least."""
    details = {name: _Groups(_sorted(db, query, spill / f"{name}.parquet")) for name, query in _DETAILS.items()}
    documents = _sorted(db, "select * from documents order by doc_id", spill / "documents.parquet")
    held: dict[str, dict[str, Any]] = {}
    weight = 0
    for row in (row for batch in documents for row in batch.to_pylist()):
        doc_id = row["doc_id"]
        found = {name: groups.of(doc_id) for name, groups in details.items()}
        heavy = len(row["text"] or "") + _ROW * sum(group["length"] for group in found.values())
        if held and weight + heavy > PART:
            yield held
            held, weight = {}, 0
        held[doc_id] = row | found
        weight += heavy
    if held:
        yield held


def _sorted(db: duckdb.DuckDBPyConnection, query: str, path: Path) -> Iterator[pa.RecordBatch]:
    """What a sorting query gives, by way of a file: sorts that wait for each other's readers would hold all their memory."""
    db.execute(f"copy ({query}) to {quoted(path)} (format parquet, compression lz4, row_group_size {BATCH})")
    batches: Iterator[pa.RecordBatch] = pq.ParquetFile(path).iter_batches(BATCH)
    return batches


class _Groups:
    """Rows sorted by document, handed out document by document in that order, column by column.

    A column without any value is left out; `length` says how many rows there are.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._pieces = _pieces(batches)
        self._next = next(self._pieces, None)

    def of(self, doc_id: str) -> dict[str, Any]:
        """The rows of a document, which must not come before one already asked for."""
        columns: dict[str, list[Any]] = {}
        n = 0
        while self._next is not None and self._next[0] == doc_id:  # a document may go on in the next batch
            for name, values in self._next[1].items():
                columns[name] = columns.get(name, []) + values
            self._next = next(self._pieces, None)
        if columns:
            n = len(next(iter(columns.values())))
        told = {name: values for name, values in columns.items() if any(value is not None for value in values)}
        return {"length": n} | told


def _pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """The documents of each batch, with the columns of their rows."""
    for batch in batches:
        columns = batch.to_pydict()
        start = 0
        for doc_id, same in groupby(columns.pop("doc_id")):
            end = start + sum(1 for _ in same)
            yield doc_id, {name: values[start:end] for name, values in columns.items()}
            start = end
