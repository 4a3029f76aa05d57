"""Join what single documents say into tables over all of them.

Reads the shard files of repair, entities and figures through DuckDB, which spills to disk, and returns the
linked tables. What a text says belongs in `pipeline.extract`; how tables are published in `pipeline.publish`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.contract.relations import Relations
from pipeline.contract.tables import Table, table
from pipeline.engine.step import Step, Task
from pipeline.link import checks
from pipeline.link.duplicates import duplicates
from pipeline.link.issue_resolution import pair_issues

# The files that make up each staged table; identical documents give identical rows, of which one is kept.
_STAGED = {
    "quarantine": "ingest",
    "repaired_documents": "repair",
    "repairs": "repair",
    "entity_mentions": "entities",
    "places": "entities",
    "geography": "entities",
    "staged_figures": "figures",
}

_DOCUMENTS = """
    SELECT d.*, g.province, g.prefecture, g.county, g.county_code, l.duplicate_of
    FROM repaired_documents d JOIN geography g USING (doc_id) LEFT JOIN likeness l USING (doc_id)
"""

# A subject is the body or place named last before the figure in its sentence, else the document's county.
_FIGURES = """
    WITH named AS (
        SELECT doc_id, "end" AS named_end, entity_id, county_code FROM entity_mentions
        WHERE type = 'organization' OR (type = 'place' AND level <> 'natural')
        QUALIFY row_number() OVER (PARTITION BY doc_id, "end" ORDER BY start, entity_id) = 1
    ), nearest AS (
        SELECT f.figure_id, n.entity_id, n.county_code
        FROM staged_figures f ASOF JOIN named n ON f.doc_id = n.doc_id AND f.start >= n.named_end
        WHERE n.named_end > f.start - length(f.context)
    ), home AS (
        SELECT g.doc_id, g.county_code, p.entity_id FROM geography g LEFT JOIN places p ON p.code = g.county_code
    )
    SELECT f.*, coalesce(n.entity_id, h.entity_id) AS subject_id, coalesce(n.county_code, h.county_code) AS county_code
    FROM staged_figures f LEFT JOIN nearest n USING (figure_id) LEFT JOIN home h USING (doc_id)
"""

_ENTITIES = """
    WITH named AS (
        SELECT m.entity_id, any_value(m.type ORDER BY m.type) AS type, mode(m.name ORDER BY m.name) AS name,
               list_sort(list_distinct(list(m.surface) || list(m.name))) AS names,
               min(m.code) AS code, min(m.level) AS level, min(m.parent_code) AS parent_code,
               min(m.county_code) AS county_code,
               count(DISTINCT coalesce(d.duplicate_of, d.doc_id)) AS n_documents, count(*) AS n_mentions
        FROM entity_mentions m JOIN linked_documents d USING (doc_id) GROUP BY m.entity_id
    ), containing AS (
        SELECT entity_id, 'place' AS type, name, [name] AS names, code, level, parent_code, county_code,
               0 AS n_documents, 0 AS n_mentions
        FROM places WHERE entity_id NOT IN (SELECT entity_id FROM named)
    ), every AS (SELECT * FROM named UNION ALL SELECT * FROM containing)
    SELECT e.entity_id, e.type, e.name, list_filter(e.names, lambda n: n <> e.name) AS aliases, e.code, e.level,
           p.entity_id AS parent_id, e.county_code, e.n_documents, e.n_mentions
    FROM every e LEFT JOIN places p ON p.code = e.parent_code
"""

_PRACTICES = """
    SELECT entity_id, doc_id, county_code, name, components, quote FROM entity_mentions
    WHERE type = 'mechanism'
    QUALIFY row_number() OVER (
        PARTITION BY entity_id, doc_id ORDER BY len(components) DESC, start < 0, start, surface) = 1
"""


# Copies to the byte share an id; all but the first by source are told of in quarantine.
_QUARANTINE = """
    SELECT * FROM quarantine
    UNION ALL BY NAME
    SELECT c.source, c.sha256, c.n_bytes, 'identical' AS reason, 'the same bytes as ' || d.source AS detail
    FROM repaired_documents_files c JOIN repaired_documents d USING (doc_id) WHERE c.source <> d.source
"""


def link(task: Task) -> Relations:
    """Make the linked tables.

    Args:
        task: `names` are steps and `inputs` the folders of their results, side by side.

    Returns:
        documents, repairs, entities, mentions, figures, issue_resolution, practices and quarantine.
    """
    with duckdb.connect() as db:
        _attach(db, task)
        texts = db.execute("SELECT doc_id, text FROM repaired_documents ORDER BY source").fetchall()
        pairs = list(duplicates(texts))
        db.register(
            "likeness",
            pa.table(
                {
                    "doc_id": pa.array([copy for copy, _ in pairs], pa.string()),
                    "duplicate_of": pa.array([original for _, original in pairs], pa.string()),
                }
            ),
        )
        documents = _query(db, _DOCUMENTS, table("documents"))
        db.register("linked_documents", documents)
        figures = _query(db, _FIGURES, table("figures"))
        made = {
            "documents": documents,
            "repairs": _query(db, "SELECT * FROM repairs", table("repairs")),
            "entities": _query(db, _ENTITIES, table("entities")),
            "mentions": _query(db, "SELECT * FROM entity_mentions", table("mentions")),
            "figures": figures,
            "issue_resolution": _issues(figures),
            "practices": _query(db, _PRACTICES, table("practices")),
            "quarantine": _query(db, _QUARANTINE, table("quarantine")),
        }
    return Relations.of(made)


def _attach(db: duckdb.DuckDBPyConnection, task: Task) -> None:
    """Make each staged table a relation with one row a key."""
    folders: dict[str, list[str]] = {}
    for step, folder in zip(task.names, task.inputs, strict=True):
        folders.setdefault(step, []).append(folder)
    for name, step in _STAGED.items():
        spec = table(name)
        files = [str(Path(folder) / f"{name}.parquet") for folder in folders.get(step, [])]
        if files:
            db.execute(f"CREATE TEMP VIEW {name}_files AS SELECT * FROM read_parquet({files!r})")
        else:
            db.register(f"{name}_files", spec.arrow.empty_table())
        # Documents that are the same to the byte have one id; the first by source is kept.
        key = ("doc_id",) if name == "repaired_documents" else spec.primary_key
        quoted = ", ".join(f'"{column}"' for column in key)
        order = ", ".join(f'"{column}"' for column in spec.order)
        db.execute(
            f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}_files "
            f"QUALIFY row_number() OVER (PARTITION BY {quoted} ORDER BY {order}) = 1"
        )


def _query(db: duckdb.DuckDBPyConnection, sql: str, spec: Table) -> pa.Table:
    """A query's result as a table of the contract, in its order."""
    columns = ", ".join(f'"{name}"' for name in spec.columns)
    order = ", ".join(f'"{name}"' for name in spec.order)
    return db.sql(f"SELECT {columns} FROM ({sql}) ORDER BY {order}").to_arrow_table().cast(spec.arrow)


def _issues(figures: pa.Table) -> pa.Table:
    """Problems raised against problems solved, document by document."""
    rows: list[dict[str, Any]] = []
    for doc_id, group in groupby(figures.to_pylist(), key=lambda row: row["doc_id"]):
        own: Sequence[dict[str, Any]] = list(group)
        for pair in pair_issues(own):
            found, resolved = own[pair.found], own[pair.resolved]
            rows.append(
                {
                    "doc_id": doc_id,
                    "county_code": found["county_code"],
                    "period_start": pair.period_start,
                    "period_end": pair.period_end,
                    "issues_found": pair.issues_found,
                    "issues_resolved": pair.issues_resolved,
                    "resolution_rate": pair.resolution_rate,
                    "found_figure_id": found["figure_id"],
                    "resolved_figure_id": resolved["figure_id"],
                }
            )
    return table("issue_resolution").rows(rows)


LINK = Step(
    name="link",
    code=("link",),
    process=link,
    checks=checks.CHECKS,
    shown=("documents", "repairs", "entities", "mentions", "figures", "issue_resolution", "practices", "quarantine"),
    distributions=("duckdb", "rensa"),
)
