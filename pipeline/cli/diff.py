"""`xianqing diff`: what differs between two releases."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.errors import NO, release
from pipeline.cli.output import as_json, cell, grid, working


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path), default=Path("output/latest"))
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, help="Keys to show of each kind.")
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
def diff(before: Path, after: Path, examples: int, json_: bool) -> None:
    """Compare two releases: rows and columns added, removed and changed, matched by key.

    Exits with 1 where they differ, like diff(1).

    \b
    Examples:
      xianqing diff output/releases/20261122T180000Z-1f3a9c
      xianqing diff /copies/monday /copies/tuesday --json
    """
    from pipeline.publish.diff import diff as compare

    with release(before) as old, release(after) as new, working("comparing") as told:
        found = compare(old, new, examples=examples, told=told)
    differ = [table for table in found if not table.same]
    if json_:
        as_json({"before": str(old), "after": str(new), "tables": [asdict(table) for table in found]})
    else:
        if differ:
            rows = [(t.table, *t.rows, t.added, t.removed, t.changed, _columns(t.changed_in)) for t in differ]
            grid(("table", "rows before", "after", "added", "removed", "changed", "changed in"), rows, f"{old.name} → {new.name}")
        for table in differ:
            for sign, names in (("+", table.columns_added), ("-", table.columns_removed)):
                for name in names:
                    click.echo(f"{sign} column {table.table}.{name}")
            for kind, keys in table.examples.items():
                for key in keys:
                    click.echo(f"  {kind} in {table.table}: {' '.join(cell(value) for value in key)}")
        click.echo(f"{len(differ)} of {len(found)} tables differ: {old.name} → {new.name}")
    sys.exit(NO if differ else 0)


def _columns(changed: dict[str, int]) -> str:
    return ", ".join(f"{name} ({n:,})" for name, n in sorted(changed.items(), key=lambda item: -item[1]))
