"""`xianqing describe`: what is in a release, or what a table, view or column of it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipeline.cli.errors import Unusable, release
from pipeline.cli.output import as_json, grid


@click.command()
@click.argument("table", required=False)
@click.option("--release", "folder", type=click.Path(path_type=Path), default=Path("output/latest"), show_default=True)
@click.option("--zh", is_flag=True, help="Descriptions in Chinese.")
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
def describe(table: str | None, folder: Path, zh: bool, json_: bool) -> None:
    """Say what is in a release, or what the columns of TABLE (or a view) hold.

    \b
    Examples:
      xianqing describe
      xianqing describe figures
      xianqing describe figures_in_place --zh
      xianqing describe --release /copies/20261123T020304Z-1f3a9c
    """
    with release(folder) as found:
        facts: dict[str, Any] = _release(found, zh) if table is None else {"table": table, "columns": _columns(found, table, zh)}
    if json_:
        as_json(facts)
    elif table is not None:
        columns = facts["columns"]
        grid(tuple(columns[0]), [list(row.values()) for row in columns], table)
    else:
        for name in ("release", "created", "folder", "rights", "accepted_change"):
            if facts.get(name):
                click.echo(f"{name.replace('_', ' '):<16}{facts[name]}")
        for name in ("tables", "views"):
            rows = facts[name]
            grid(tuple(rows[0]), [list(row.values()) for row in rows])
        click.echo("xianqing describe TABLE says what its columns hold; xianqing sample TABLE shows rows.")


def _release(found: Path, zh: bool) -> dict[str, Any]:
    from pipeline.contract.views import VIEWS
    from pipeline.publish.opened import declared, row_counts

    try:
        package = json.loads((found / "datapackage.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError) as problem:
        raise Unusable(
            f"{found}/datapackage.json cannot be read ({problem}); `xianqing verify` says what else is amiss"
        ) from None
    specs = declared(found)
    rows = row_counts(found, [spec.name for spec in specs])
    return {
        "release": package["version"],
        "created": package["created"],
        "folder": str(found),
        "rights": package["rights_zh" if zh else "rights"],
        "accepted_change": package.get("accepted_change"),
        "tables": [{"table": s.name, "rows": rows[s.name], "a row is": s.description_zh if zh else s.description} for s in specs],
        "views": [{"view": view.name, "what it answers": view.description_zh if zh else view.description} for view in VIEWS],
    }


def _columns(found: Path, name: str, zh: bool) -> list[dict[str, Any]]:
    from pipeline.contract.render.dictionary import type_name
    from pipeline.contract.views import VIEWS
    from pipeline.publish.opened import declared

    specs = {spec.name: spec for spec in declared(found)}
    if name in specs:
        return [
            {
                "column": field.name,
                "type": type_name(field.type),
                "required": not field.nullable,
                "unit": field.unit,
                "what it holds": (field.description_zh if zh else field.description)
                + (f" ({', '.join(field.values)})" if field.values else ""),
            }
            for field in specs[name].fields
        ]
    views = {view.name: view for view in VIEWS}
    if name not in views:
        raise Unusable(f"there is no table or view {name}; there are {', '.join((*specs, *views))}")
    return [
        {
            "column": column.name,
            "type": type_name(column.field.type) if column.origin else None,
            "required": None,
            "unit": column.field.unit if column.origin else None,
            "what it holds": column.description_zh if zh else column.description,
        }
        for column in views[name].held(tuple(specs.values()))
    ]
