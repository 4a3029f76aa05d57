"""Write the report of a release: copy the page, then write its data beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipeline.contract.relations import connect
from pipeline.contract.tables import PUBLISHED
from pipeline.publish.report import counties, documents, facts, library
from pipeline.publish.report.script import write_script

PAGE = Path(__file__).with_name("page")
SPILL = ".spill"  # of what does not fit into memory while the page's data are written


def build_report(release: Path) -> Path:
    """Write `report/` of a release whose tables are written.

    Args:
        release: the release folder, with `parquet/<table>/`.

    Returns:
        The page, `report/index.html`.

    Raises:
        FileNotFoundError: the release has no tables.
    """
    if not (release / "parquet" / "documents").is_dir():
        raise FileNotFoundError(f"{release} has no parquet/documents; write the tables before the report")
    report = release / "report"
    shutil.copytree(PAGE, report, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.json"))
    data = report / "data"
    data.mkdir(exist_ok=True)
    with open_tables(release) as db:
        write_script(data / "words.js", "words", facts.words(PAGE))
        write_script(data / "summary.js", "summary", facts.summary(db, release, library.copy(report / "vendor")))
        write_script(data / "documents.js", "documents", facts.document_index(db))
        facts.write_figures(db, data)
        facts.write_entities(db, data)
        write_script(data / "counties.js", "counties", counties.counties(db))
        write_script(data / "map.js", "map", counties.map_of(counties.codes(db)))
        documents.write_documents(db, data / "documents", release / SPILL)
    shutil.rmtree(release / SPILL, ignore_errors=True)
    return report / "index.html"


def open_tables(release: Path) -> duckdb.DuckDBPyConnection:
    """A database whose views are the tables of a release, with `n`, the place of a document in the index.

    Columns that a release of facts leaves out are there as nulls, so that one query serves both.
    """
    db = connect(release / SPILL)
    for table in PUBLISHED:
        files = str(release / "parquet" / table.name / "*.parquet").replace("'", "''")
        read = f"read_parquet('{files}')"
        there = {row[0] for row in db.sql(f"describe select * from {read}").fetchall()}
        columns = (f'"{field.name}"' if field.name in there else f'null::varchar as "{field.name}"' for field in table.fields)
        db.execute(f"create view {table.name} as select {', '.join(columns)} from {read}")
    db.execute("create table places as select doc_id, row_number() over (order by source) - 1 as n from documents")
    return db
