"""What the page shows of the whole release: counts, checks, the index of documents, figures, entities.

Long tables are written column by column in chunks; a column of few distinct values is written as those
values and numbers into them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.contract.fields import DAMAGE, ENTITY_TYPE, KIND, QUALIFIER, STATUS, STEP
from pipeline.contract.tables import PUBLISHED
from pipeline.publish.report.script import write_script

CHUNK = 10_000
SUGGESTED = 300  # metrics, where one is to be chosen
SHOWN_DOCUMENTS = 50  # of one entity

_CODED = ("qualifier", "unit", "kind", "metric", "per", "change", "county_code", "period_start", "period_end", "trust")


def words(page: Path) -> dict[str, Any]:
    """All words of the page, key to English and Chinese; and the Chinese for what the pipeline says in English.

    Args:
        page: the folder of the page as it is shipped.
    """
    return {name: json.loads((page / f"{name}.json").read_text("utf-8")) for name in ("words", "sentences")}


def summary(db: duckdb.DuckDBPyConnection, release: Path, charts: bool) -> dict[str, Any]:
    """The front view: what is in the release, what the checks said, damage by class.

    Args:
        db: the tables of a release.
        release: its folder.
        charts: whether the library that draws charts of figures lies beside the page.
    """
    return {
        "version": _version(release),
        "charts": charts,
        "facts_only": _one(db, "select count(text) = 0 and count(*) > 0 from documents"),
        "tables": [
            {
                "name": table.name,
                "description": [table.description, table.description_zh],
                "rows": _one(db, f"select count(*) from {table.name}"),
                "columns": [[field.name, field.description, field.description_zh] for field in table.fields],
            }
            for table in PUBLISHED
        ],
        "counties": _one(db, "select count(distinct county_code) from documents"),
        "duplicates": _one(db, "select count(duplicate_of) from documents"),
        "unresolved": _one(db, "select coalesce(sum(n_unresolved), 0)::bigint from documents"),
        "suspect": _one(db, "select count(*) from figures where trust = 'suspect'"),
        "characters": _one(db, "select coalesce(sum(n_chars), 0)::bigint from documents"),
        "clean": _one(db, "select count(*) from documents where len(damage) = 0"),
        "period": db.cursor().sql("select min(published_on), max(published_on) from documents").fetchall()[0],
        "damage": _rows(
            db,
            "select damage, status, count(*) as n, count(distinct doc_id) as documents from repairs group by all order by all",
        ),
        "damaged_documents": _rows(
            db,
            "select d as damage, count(*) as n from (select unnest(damage) as d from documents) group by d order by d",
        ),
        "kinds": _rows(db, "select kind, count(*) as n from figures group by kind order by n desc, kind"),
        "units": _rows(db, "select unit, count(*) as n from figures group by unit order by n desc, unit limit 300"),
        "metrics": [
            row["metric"]
            for row in _rows(
                db,
                "select metric, count(*) as n from figures where metric is not null group by metric "
                f"order by n desc, metric limit {SUGGESTED}",
            )
        ],
        "types": _rows(db, "select type, count(*) as n from entities group by type order by n desc, type"),
        "places": _rows(
            db,
            "select c.code, c.name, p.name as above from entities c left join entities p on c.parent_id = p.entity_id "
            "where c.level = 'county' and c.code is not null order by c.code",
        ),
        "years": _rows(
            db,
            "select year(published_on) as year, count(*) as n from documents where published_on is not null "
            "group by year order by year",
        ),
        "quality": _rows(db, 'select * from quality order by step, "check"'),
        "quarantine": _rows(db, "select source, n_bytes, reason, detail from quarantine order by source limit 5000"),
        "issues": _rows(
            db,
            "select p.n as doc, d.county, i.issues_found as found, i.issues_resolved as resolved, "
            "i.resolution_rate as rate, i.period_end from issue_resolution i join documents d using (doc_id) "
            "join places p using (doc_id) where d.duplicate_of is null and i.issues_found is not null and "
            "i.issues_resolved is not null order by found desc, p.n, i.found_figure_id limit 50",
        ),
        "practices": _rows(
            db,
            "select entity_id, any_value(name order by doc_id) as name, any_value(components order by doc_id) as "
            "components, count(*) as n from practices group by entity_id order by n desc, entity_id limit 60",
        ),
        "vocabulary": {
            "damage": DAMAGE,
            "status": STATUS,
            "kind": KIND,
            "type": ENTITY_TYPE,
            "qualifier": QUALIFIER,
            "step": STEP,
        },
    }


def _version(release: Path) -> str | None:
    """The version that the descriptor beside the report gives; the folder may still have a temporary name."""
    descriptor = release / "datapackage.json"
    return json.loads(descriptor.read_text("utf-8"))["version"] if descriptor.is_file() else None


def document_index(db: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """One entry a document, in the order of their sources, column by column."""
    rows = (
        db.cursor()
        .sql(
            "select doc_id, source, title, county, county_code, published_on, damage, n_repairs, n_unresolved, "
            "n_chars, coalesce(f.figures, 0) as n_figures, duplicate_of is not null as duplicate from documents "
            "left join (select doc_id, count(*) as figures from figures group by doc_id) f using (doc_id) "
            "order by source"
        )
        .to_arrow_table()
    )
    return _columns(rows, ("county", "county_code", "published_on"))


def write_figures(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the figures as `figures-000.js` and on, in the order of the documents."""
    query = (
        "select figure_id, n as doc, start, surface, value, lower, upper, qualifier, unit, kind, metric, per, change, "
        "county_code, period_start, period_end, trust from figures join places using (doc_id) "
        "order by n, start, figure_id"
    )
    _write_chunks(db, query, folder, "figures", _CODED)


def write_entities(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the entities, most mentioned first, each with the documents that mention it."""
    query = (
        f"with told as (select entity_id, list(distinct n order by n)[:{SHOWN_DOCUMENTS}] as docs from mentions "
        "join places using (doc_id) group by entity_id) "
        "select entity_id, type, name, aliases, code, level, county_code, n_documents, n_mentions, docs from entities "
        "left join told using (entity_id) order by n_documents desc, n_mentions desc, entity_id"
    )
    _write_chunks(db, query, folder, "entities", ("type", "level", "county_code"))


def _write_chunks(db: duckdb.DuckDBPyConnection, query: str, folder: Path, name: str, coded: tuple[str, ...]) -> None:
    reader = db.cursor().sql(query).to_arrow_reader(CHUNK)
    number = 0
    for number, batch in enumerate(reader, 1):
        chunk = _columns(pa.Table.from_batches([batch]), coded)
        write_script(folder / f"{name}-{number - 1:03d}.js", f"{name}-{number - 1:03d}", chunk)
    write_script(folder / f"{name}.js", name, {"chunks": number})


def _columns(rows: pa.Table, coded: tuple[str, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {"length": rows.num_rows}
    for name in rows.column_names:
        column = rows[name]
        if name in coded:
            encoded = column.combine_chunks().dictionary_encode("encode")
            if isinstance(encoded, pa.ChunkedArray):
                encoded = encoded.combine_chunks()
            out[name] = {"values": encoded.dictionary.to_pylist(), "codes": encoded.indices.to_pylist()}
        else:
            out[name] = column.to_pylist()
    return out


def _rows(db: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = db.cursor().sql(query).to_arrow_table().to_pylist()
    return rows


def _one(db: duckdb.DuckDBPyConnection, query: str) -> Any:
    return db.cursor().sql(query).fetchall()[0][0]
