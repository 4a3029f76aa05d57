"""The command line: what a person types, and what it says back.

Commands parse arguments, call the plain functions of the steps and print; they decide nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

from pipeline import __version__

OUT = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Folder of releases."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xianqing")
def main() -> None:
    """Xianqing (县情): facts out of Chinese local-government web text."""


@main.command()
@click.argument("raw", type=click.Path(path_type=Path), default=Path("raw"))
@OUT
@click.option("--workers", type=click.IntRange(min=0), default=0, help="Processes; 0 takes one a core.")
@click.option("--facts-only", is_flag=True, help="Leave out of the release what repeats its authors' words.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def run(raw: Path, out: Path, workers: int, facts_only: bool, as_json: bool) -> None:
    """Turn the raw files below RAW into a release.

    \b
    Examples:
      xianqing run                          raw/ into output/latest
      xianqing run pages --out /data/out    another folder, elsewhere
    """
    # Dagster takes a second to import; only this command needs it.
    from pipeline.ingest.discovery import NoRawFiles, discover

    console = Console(stderr=True)
    try:
        discover(raw)
    except NoRawFiles as problem:
        raise click.ClickException(str(problem)) from None
    with _progress(console):
        failure = _materialize({"raw": str(raw), "out": str(out), "workers": workers, "facts_only": facts_only})
    summary = _summary(out)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        _print_summary(summary)
    if failure:
        raise click.ClickException(failure)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--explain", is_flag=True, help="Show each change with class, status and confidence.")
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

    console = Console()
    for name, raw in [(str(path), path.read_bytes()) for path in files] or [("-", sys.stdin.buffer.read())]:
        try:
            repaired = repair_bytes(raw)
        except Undecodable as problem:
            raise click.ClickException(f"{name}: {problem}") from None
        if jsonl:
            rows = [asdict(row) for row in repaired.ledger]
            click.echo(json.dumps({"file": name, "text": repaired.text, "ledger": rows}, ensure_ascii=False))
        elif explain:
            console.print(_explanation(name, repaired.ledger))
        elif diff:
            console.print(_diff(repaired), highlight=False, markup=True)
        else:
            click.echo(repaired.text, nl=not repaired.text.endswith("\n"))


@main.command()
@click.argument("release", type=click.Path(path_type=Path), default=Path("output/latest"))
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def verify(release: Path, as_json: bool) -> None:
    """Check that RELEASE is whole and true to its contract; exits with 1 where it is not."""
    from pipeline.publish.verify import NotARelease
    from pipeline.publish.verify import verify as look

    try:
        verdicts = look(release)
    except NotARelease as problem:
        raise click.ClickException(str(problem)) from None
    failed = [verdict for verdict in verdicts if not verdict.passed]
    if as_json:
        click.echo(json.dumps([verdict.row for verdict in verdicts], ensure_ascii=False))
    else:
        for verdict in failed:
            click.echo(f"failed: {verdict.check.name}: {verdict.check.description} (measured {verdict.value:g})")
        click.echo(f"{len(verdicts) - len(failed)} of {len(verdicts)} checks passed: {release}")
    sys.exit(bool(failed))


def _materialize(config: dict[str, Any]) -> str | None:
    """Run the whole chain in this process; what went wrong, in one sentence, or None."""
    import dagster as dg

    from pipeline.definitions import defs

    result = defs.resolve_job_def("materialize_all").execute_in_process(
        run_config={
            "resources": {"workspace": {"config": config}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        },
        raise_on_error=False,
    )
    if result.success:
        return None
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause if error and error.cause else error
            message = event.step_failure_data.user_failure_data.description if event.step_failure_data.user_failure_data else None
            return message or (cause.message.strip() if cause else f"step {event.step_key} failed")
    failed = [
        e.check_name for e in result.get_asset_check_evaluations() if not e.passed and e.severity == dg.AssetCheckSeverity.ERROR
    ]
    return f"blocked by failed checks: {', '.join(failed)}"


@contextmanager
def _progress(console: Console) -> Iterator[None]:
    """A bar a step while the block runs."""
    from pipeline.engine.local import reporting

    bars: dict[str, Any] = {}
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:

        def report(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=total)
            progress.update(bars[step], completed=done, total=total)

        with reporting(report):
            yield


def _summary(out: Path) -> dict[str, Any]:
    """What the last release holds; empty where there is none."""
    import duckdb

    from pipeline.publish.release import latest

    folder = latest(out)
    if folder is None:
        return {}

    def ask(sql: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = duckdb.sql(sql.format(p=f"{folder}/parquet")).fetchall()
        return rows

    def count(table: str) -> int:
        return int(ask(f"SELECT count(*) FROM '{{p}}/{table}/*.parquet'")[0][0])

    return {
        "documents": count("documents"),
        "quarantined": count("quarantine"),
        "repairs": dict(ask("SELECT damage, count(*) FROM '{p}/repairs/*.parquet' GROUP BY 1 ORDER BY 2 DESC, 1")),
        "entities": dict(ask("SELECT type, count(*) FROM '{p}/entities/*.parquet' GROUP BY 1 ORDER BY 2 DESC, 1")),
        "figures": count("figures"),
        "checks_passed": ask("SELECT count(*) FROM '{p}/quality/*.parquet' WHERE passed")[0][0],
        "checks_failed": [
            f"{step}.{check}"
            for step, check in ask("SELECT step, \"check\" FROM '{p}/quality/*.parquet' WHERE NOT passed ORDER BY ALL")
        ],
        "release": str(folder),
        "latest": str(out / "latest"),
    }


def _print_summary(summary: dict[str, Any]) -> None:
    if not summary:
        click.echo("no release has been published yet")
        return

    def several(counts: dict[str, int]) -> str:
        return f"{sum(counts.values()):,} (" + ", ".join(f"{name} {n:,}" for name, n in counts.items()) + ")"

    failed = summary["checks_failed"]
    for name, value in (
        ("documents", f"{summary['documents']:,} ({summary['quarantined']:,} in quarantine)"),
        ("repairs", several(summary["repairs"])),
        ("entities", several(summary["entities"])),
        ("figures", f"{summary['figures']:,}"),
        (
            "checks",
            f"{summary['checks_passed']} passed, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""),
        ),
        ("release", summary["release"]),
        ("open", f"{summary['latest']}/report/index.html"),
    ):
        click.echo(f"{name:<11}{value}")


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
            repr(row.before)[1:-1],
            repr(after)[1:-1],
        )
    return grid


def _diff(repaired: Any) -> str:
    """The text with removed parts in red and new ones in green."""
    from rich.markup import escape

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


if __name__ == "__main__":
    main()
