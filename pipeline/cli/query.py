"""`xianqing query` and `xianqing sample`: rows out of a release."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.errors import Unusable, release
from pipeline.cli.output import as_json, cell, grid

_release_option = click.option(
    "--release", "folder", type=click.Path(path_type=Path), default=Path("output/latest"), show_default=True
)
_json_option = click.option("--json", "json_", is_flag=True, help="Print a list of objects as JSON.")


@click.command()
@click.argument("sql")
@_release_option
@_json_option
@click.option("--csv", "csv_", is_flag=True, help="Print CSV.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Rows to show people; --json, --csv: all."
)
def query(sql: str, folder: Path, json_: bool, csv_: bool, limit: int) -> None:
    """Ask a release in SQL (DuckDB). Its tables and views can be read and nothing can be written.

    With - the query is read from standard input.

    \b
    Examples:
      xianqing query "from issues_by_county"
      xianqing query "select metric, value, unit from figures where trust = 'sound'" --csv > figures.csv
      xianqing query - < question.sql
    """
    names, rows, more = _ask(folder, sys.stdin.read() if sql == "-" else sql, None if json_ or csv_ else limit)
    if csv_:
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows([[json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in row] for row in rows])
    elif json_:
        as_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        grid(names, rows)
        if more:
            click.echo(f"the first {limit:,} rows; --limit shows more, --json and --csv all", err=True)


@click.command()
@click.argument("table")
@_release_option
@click.option("-n", "rows", type=click.IntRange(min=1), default=5, show_default=True, help="How many rows.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed gives other rows.")
@_json_option
def sample(table: str, folder: Path, rows: int, seed: int, json_: bool) -> None:
    """Show some rows of TABLE, or of a view; the same ones each time, until --seed says otherwise.

    \b
    Examples:
      xianqing sample figures
      xianqing sample damage_by_class -n 20 --json
    """
    with release(folder) as found:
        _known(found, table)
    names, found_rows, _ = _ask(folder, f'SELECT * FROM "{table}" ORDER BY hash("{table}", {seed}) LIMIT {rows}', None)
    if json_:
        as_json([dict(zip(names, row, strict=True)) for row in found_rows])
        return
    for n, row in enumerate(found_rows, 1):  # wide tables read better one row under the other
        pairs = [(name, cell(value)) for name, value in zip(names, row, strict=True) if value is not None]
        grid(("column", "value"), pairs, f"{table}, row {n} of {len(found_rows)}")


def _known(found: Path, name: str) -> None:
    """Refuse a name that is neither a table nor a view."""
    from pipeline.contract.views import VIEWS
    from pipeline.publish.opened import declared

    names = [spec.name for spec in declared(found)] + [view.name for view in VIEWS]
    if name not in names:
        raise Unusable(f"there is no table or view {name}; there are {', '.join(names)}")


def _ask(folder: Path, sql: str, limit: int | None) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """Names of columns, rows, and whether there are more than the limit."""
    import duckdb

    from pipeline.publish.opened import reading

    with release(folder) as found, reading(found) as db:
        try:
            statements = db.extract_statements(sql)
            if len(statements) != 1:
                raise Unusable(f'one query is wanted, and there are {len(statements)}; try "from documents"')
            cursor = db.execute(statements[0])
            if cursor.description is None:
                return [], [], False
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        except duckdb.Error as problem:
            raise Unusable(f"{problem}\n\n`xianqing describe` lists the tables and views.") from None
    more = limit is not None and len(rows) > limit
    return names, rows[:limit] if more else rows, more
