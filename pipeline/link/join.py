"""Join what single documents say into tables over all of them.

Reads the shard files of the steps before through DuckDB, which spills to disk, and makes the linked tables in
it, so that memory is bounded whatever the number of documents. What a text says belongs in `pipeline.extract`;
how tables are published in `pipeline.publish`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.contract.relations import Relations, connect, from_files
from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task
from pipeline.link import checks, subjects
from pipeline.link.duplicates import duplicates
from pipeline.link.issue_resolution import pair_issues

# The step whose files make up each staged table.
_STAGED = {
    "raw_documents": "ingest",
    "quarantine": "ingest",
    "repaired_documents": "repair",
    "repairs": "repair",
    "signatures": "signatures",
    "entity_mentions": "entities",
    "places": "entities",
    "geography": "entities",
    "staged_figures": "figures",
}

_DOCUMENTS = """
    SELECT d.*, g.province, g.prefecture, g.county, g.county_code, l.duplicate_of
    FROM staged.repaired_documents d JOIN staged.geography g USING (doc_id) LEFT JOIN likeness l USING (doc_id)
"""

# Mentions are counted by spelling first: a list of all of an entity's mentions would be held in memory whole.
_SPELLED = """
    SELECT m.entity_id, m.name, m.surface, min(m.type) AS type, min(m.code) AS code, min(m.level) AS level,
           min(m.parent_code) AS parent_code, min(m.county_code) AS county_code, count(*) AS n_mentions
    FROM staged.entity_mentions m GROUP BY m.entity_id, m.name, m.surface
"""

_SEEN = """
    SELECT entity_id, count(*) AS n_documents FROM (
        SELECT DISTINCT m.entity_id, coalesce(d.duplicate_of, d.doc_id) AS doc_id
        FROM staged.entity_mentions m JOIN documents d USING (doc_id)
    ) GROUP BY entity_id
"""

_ENTITIES = """
    WITH called AS (
        SELECT entity_id, name FROM spelled GROUP BY entity_id, name
        QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY sum(n_mentions) DESC, name) = 1
    ), named AS (
        SELECT s.entity_id, min(s.type) AS type, any_value(c.name) AS name,
               list_sort(list_distinct(list(s.surface) || list(s.name))) AS names,
               min(s.code) AS code, min(s.level) AS level, min(s.parent_code) AS parent_code,
               min(s.county_code) AS county_code, any_value(n.n_documents) AS n_documents, sum(s.n_mentions)::BIGINT AS n_mentions
        FROM spelled s JOIN called c USING (entity_id) JOIN seen n USING (entity_id) GROUP BY s.entity_id
    ), containing AS (
        SELECT entity_id, 'place' AS type, name, [name] AS names, code, level, parent_code, county_code,
               0 AS n_documents, 0 AS n_mentions
        FROM staged.places WHERE entity_id NOT IN (SELECT entity_id FROM named)
    ), every AS (SELECT * FROM named UNION ALL SELECT * FROM containing)
    SELECT e.entity_id, e.type, e.name, list_filter(e.names, lambda n: n <> e.name) AS aliases, e.code, e.level,
           p.entity_id AS parent_id, e.county_code, e.n_documents, e.n_mentions
    FROM every e LEFT JOIN staged.places p ON p.code = e.parent_code
"""

_PRACTICES = """
    SELECT entity_id, doc_id, county_code, name, components, quote FROM staged.entity_mentions
    WHERE type = 'mechanism'
    QUALIFY row_number() OVER (
        PARTITION BY entity_id, doc_id ORDER BY len(components) DESC, start < 0, start, surface) = 1
"""


# Copies to the byte share an id; all but the first by source are told of in quarantine. So is every document that made
# a step fail, whatever the others said of it.
_QUARANTINE = """
    SELECT * FROM staged.quarantine
    UNION ALL BY NAME
    SELECT r.source, r.sha256, r.n_bytes, 'failed' AS reason, f.detail
    FROM staged.every_raw_documents r JOIN failures f USING (doc_id)
    UNION ALL BY NAME
    SELECT c.source, c.sha256, c.n_bytes, 'identical' AS reason, 'the same bytes as ' || d.source AS detail
    FROM staged.every_repaired_documents c JOIN staged.repaired_documents d USING (doc_id) WHERE c.source <> d.source
"""


# What a linked table is made from.
_STEPS = {
    "entities": {"spelled": _SPELLED, "seen": _SEEN},
    "figures": subjects.STEPS,
}

_QUERIES = {
    "documents": _DOCUMENTS,
    "repairs": "SELECT * FROM staged.repairs",
    "entities": _ENTITIES,
    "mentions": "SELECT * FROM staged.entity_mentions",
    "figures": subjects.FIGURES,
    "practices": _PRACTICES,
    "quarantine": _QUARANTINE,
}


def link(task: Task) -> Relations:
    """Make the linked tables.

    Args:
        task: `names` are steps and `inputs` the folders of their results, side by side.

    Returns:
        documents, repairs, entities, mentions, figures, practices, quarantine and issue_resolution, each in its order.
    """
    # What does not fit into memory lies beside the inputs, where there is room for results of that size.
    linked = Relations(
        connect(Path(task.inputs[0]).parents[1] / ".spill" if task.inputs else None), (*_QUERIES, "issue_resolution")
    )
    _attach(linked, task)
    linked.db.execute("CREATE TABLE likeness (doc_id VARCHAR, duplicate_of VARCHAR)")
    if pairs := list(duplicates(linked)):
        linked.db.executemany("INSERT INTO likeness VALUES (?, ?)", pairs)
    for name, sql in _QUERIES.items():
        spec = table(name)
        columns, order = (", ".join(f'"{column}"' for column in names) for names in (spec.columns, spec.order))
        with linked.steps(_STEPS.get(name, {})):
            made = f"SELECT {columns} FROM ({sql}) ORDER BY {order}"
            slices = subjects.slices(linked.count("SELECT count(*) FROM owned")) if name == "figures" else ("true",)
            for n, documents in enumerate(slices):
                into = f'INSERT INTO "{name}"' if n else f'CREATE TABLE "{name}" AS'
                linked.db.execute(f"{into} {made.replace('{slice}', documents)}")
    issues = table("issue_resolution").rows(list(_issues(linked)))
    linked.db.register("issues", issues)
    order = ", ".join(table("issue_resolution").order)
    linked.db.execute(f"CREATE TABLE issue_resolution AS SELECT * FROM issues ORDER BY {order}")
    return linked


def _attach(linked: Relations, task: Task) -> None:
    """Make each staged table a view with one row a key.

    Documents that are the same to the byte have one id and equal rows; the first by source is kept. Only the rows of
    such documents have to be looked at, and places, which all shards repeat.
    """
    folders: dict[str, list[str]] = {}
    for step, folder in zip(task.names, task.inputs, strict=True):
        folders.setdefault(step, []).append(folder)
    linked.db.execute("CREATE SCHEMA staged")
    for name, step in _STAGED.items():
        if files := [Path(folder) / f"{name}.parquet" for folder in folders.get(step, [])]:
            linked.db.execute(f"CREATE VIEW staged.every_{name} AS {from_files(files)}")
        else:
            linked.db.register("nothing", table(name).arrow.empty_table())
            linked.db.execute(f"CREATE TABLE staged.every_{name} AS SELECT * FROM nothing")
    failed = [
        path
        for step, folder in zip(task.names, task.inputs, strict=True)
        if step != "ingest" and (path := Path(folder) / "failures.parquet").exists()
    ]
    linked.db.execute("CREATE TABLE failures (doc_id VARCHAR, detail VARCHAR)")
    if failed:
        linked.db.execute(
            f"INSERT INTO failures SELECT doc_id, min(detail) FROM ({from_files(failed)}) GROUP BY doc_id ORDER BY doc_id"
        )
    linked.db.execute(
        "CREATE TABLE twins AS SELECT doc_id FROM staged.every_repaired_documents ANTI JOIN failures USING (doc_id) "
        "GROUP BY doc_id HAVING count(*) > 1"
    )
    for name in _STAGED:
        spec = table(name)
        key = ("doc_id",) if name == "repaired_documents" else spec.primary_key
        quoted, order = (", ".join(f'"{column}"' for column in names) for names in (key, spec.order))
        first = f"QUALIFY row_number() OVER (PARTITION BY {quoted} ORDER BY {order}) = 1"
        every = f"SELECT * FROM staged.every_{name}"
        once = f"{every} {first}"
        if "doc_id" in spec.columns:
            every = f"{every} ANTI JOIN failures USING (doc_id)"
            once = f"{every} ANTI JOIN twins USING (doc_id) UNION ALL ({every} SEMI JOIN twins USING (doc_id) {first})"
        linked.db.execute(f"CREATE VIEW staged.{name} AS {once}")


def _issues(linked: Relations) -> Iterator[dict[str, Any]]:
    """Problems raised against problems solved, document by document."""
    rows = linked.rows("SELECT * FROM figures ORDER BY doc_id, start, figure_id")
    for doc_id, group in groupby(rows, key=itemgetter("doc_id")):
        own = list(group)
        for pair in pair_issues(own):
            found, resolved = own[pair.found], own[pair.resolved]
            yield {
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


LINK = Step(
    name="link",
    code=("link",),
    process=link,
    checks=checks.CHECKS,
    shown=("documents", "repairs", "entities", "mentions", "figures", "issue_resolution", "practices", "quarantine"),
    distributions=("duckdb",),
)
