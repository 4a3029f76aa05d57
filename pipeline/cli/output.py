"""How commands show things: rows as a table for people or as JSON for machines, and work as it goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

LONGEST = 200  # characters of a cell that a person is shown


def console() -> Console:
    """Where people read; what no terminal shows is as wide as it needs to be."""
    known = Console()
    return known if known.is_terminal else Console(width=max(known.width, 160))


def as_json(value: Any) -> None:
    """Print a value for machines; dates as ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def grid(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None = None) -> None:
    """Print rows for people: numbers to the right, long texts cut, missing values as nothing."""
    shown = Grid(title=title and escape(title), title_justify="left")
    for n, column in enumerate(columns):
        numeric = any(isinstance(row[n], (int, float)) and not isinstance(row[n], bool) for row in rows)
        shown.add_column(escape(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(escape(cell(value)) for value in row))
    console().print(shown, highlight=False)


def cell(value: Any) -> str:
    """A value as a person is shown it, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(item) for item in value)
    text = str(value).replace("\r", "␍").replace("\n", "⏎").replace("\t", "⇥")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error that work goes on; call what is given with the part that comes next."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task(what)
        yield lambda part: progress.update(task, description=f"{what}: {escape(part)}")
