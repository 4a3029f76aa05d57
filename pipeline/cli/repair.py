"""`xianqing repair`: repaired text out of files or standard input, and what was changed in it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipeline.cli.errors import Unusable
from pipeline.cli.output import console as readable


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--explain", is_flag=True, help="Show each change with class, status and confidence, and its bytes.")
@click.option("--jsonl", is_flag=True, help="One JSON object a file, with text and ledger.")
@click.option("--diff", is_flag=True, help="Show the text with its changes in colour.")
def repair(files: tuple[Path, ...], explain: bool, jsonl: bool, diff: bool) -> None:
    """Repair FILES, or standard input, and write the repaired text.

    \b
    Examples:
      xianqing repair page.txt > clean.txt
      xianqing repair --explain page.txt
    """
    from pipeline.charset import Undecodable
    from pipeline.repair import repair_bytes

    console = readable()
    for name, raw in [(str(path), path.read_bytes()) for path in files] or [("-", sys.stdin.buffer.read())]:
        try:
            repaired = repair_bytes(raw)
        except Undecodable as problem:
            raise Unusable(f"{name}: {problem}") from None
        if jsonl:
            rows = [asdict(row) for row in repaired.ledger]
            click.echo(json.dumps({"file": name, "text": repaired.text, "ledger": rows}, ensure_ascii=False))
        elif explain:
            console.print(_explanation(name, repaired.ledger))
            _tell_bytes(console, repaired.ledger)
        elif diff:
            console.print(_diff(repaired), highlight=False, markup=True)
        else:
            click.echo(repaired.text, nl=not repaired.text.endswith("\n"))


def _explanation(name: str, ledger: tuple[Any, ...]) -> Grid:
    grid = Grid(title=name, title_justify="left")
    for column in ("raw", "class", "status", "sure", "before", "after"):
        grid.add_column(column, overflow="fold")
    for row in ledger:
        after = row.after if row.suggestion is None else f"{row.after} [suggested: {row.suggestion}]"
        grid.add_row(
            f"{row.raw_start}–{row.raw_end}",
            row.damage,
            row.status,
            f"{row.confidence:.2f}",
            escape(repr(row.before)[1:-1]),
            escape(repr(after)[1:-1]),
        )
    return grid


def _tell_bytes(console: Console, ledger: tuple[Any, ...]) -> None:
    """For what a charset did: the bytes as they were read and as they were meant, those in both in green."""
    from pipeline.cli.byte_story import hex_of, stories

    for row, told in stories(ledger):
        console.print(f"{row.damage} at {row.raw_start}: {told.shared:.0%} of the bytes that were meant are there")
        grid = Grid()
        for column in ("", "charset", "text", "bytes"):
            grid.add_column(column, overflow="fold")
        grid.add_row("as read", told.seen_as, escape(repr(told.seen)[1:-1]), hex_of(told.seen_bytes))
        grid.add_row("as meant", told.meant_as, escape(repr(told.meant)[1:-1]), hex_of(told.meant_bytes))
        console.print(grid)


def _diff(repaired: Any) -> str:
    """The text with removed parts in red and new ones in green."""
    parts, position = [], 0
    for row in repaired.ledger:
        parts.append(escape(repaired.text[position : row.text_start]))
        if row.status == "unresolved":
            parts.append(f"[black on yellow]{escape(row.after)}[/]")
        else:
            parts += (
                f"[red strike]{escape(row.before)}[/]" if row.before else "",
                f"[green]{escape(row.after)}[/]" if row.after else "",
            )
        position = row.text_end
    return "".join((*parts, escape(repaired.text[position:])))
