"""`xianqing run`: the whole chain, from raw files to a release, and a summary of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.cli.errors import Refused, Unusable


@click.command()
@click.argument("raw", default="raw")
@click.option("--out", default="output", show_default=True, help="Folder of releases; of a URL: output, and upload there.")
@click.option("--publish-to", metavar="URL", help="Upload the release there, too (s3://bucket/county).")
@click.option("--workers", type=click.IntRange(min=0), default=0, help="Processes; 0 takes one a core.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who does the work.")
@click.option("--address", default="auto", show_default=True, help="Of the Ray cluster's head.")
@click.option(
    "--limit", type=click.FloatRange(min=0), default=300.0, show_default=True, help="Seconds that one document may take; 0: any."
)
@click.option(
    "--wait", type=click.FloatRange(min=0), default=86400.0, show_default=True, help="Seconds to wait for another run; 0: none."
)
@click.option("--facts-only", is_flag=True, help="Leave out of the release what repeats its authors' words.")
@click.option("--accept-change", metavar="REASON", help="Publish although much has changed since the last release, and say why.")
@click.option("--keep", type=click.IntRange(min=0), default=7, show_default=True, help="Releases that stay; 0 keeps all.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def run(
    raw: str,
    out: str,
    publish_to: str | None,
    workers: int,
    engine: str,
    address: str,
    limit: float,
    wait: float,
    facts_only: bool,
    accept_change: str | None,
    keep: int,
    as_json: bool,
) -> None:
    """Turn the raw files below RAW, a folder or a URL, into a release.

    A release that has moved too far from the last one (rows, counties, damage) is refused until --accept-change
    gives the reason. Exits with 1 where nothing could be published; the last release then stays.

    \b
    Examples:
      xianqing run                          raw/ into output/latest
      xianqing run pages --out /data/out    another folder, elsewhere
      xianqing run s3://bucket/pages        from an object store (pip install 'xianqing[s3]')
      xianqing run pages --out s3://bucket/county    work in output/, upload the release
      xianqing run --accept-change "the crawl of Shaanxi was taken out"
    """
    # Dagster takes a second to import; only this command needs it.
    from pipeline.engine.lock import Busy, only_run
    from pipeline.ingest.discovery import NoRawFiles, discover
    from pipeline.publish.remote import Unreachable, check

    if "://" in out:
        if publish_to:
            raise click.BadParameter("name a folder; --publish-to names the store", param_hint="--out")
        out, publish_to = "output", out
    folder = Path(out)
    console = Console(stderr=True)
    try:
        discover(raw)
        if publish_to:
            check(publish_to)
    except (NoRawFiles, Unreachable) as problem:
        raise Unusable(str(problem)) from None
    if accept_change is not None and not accept_change.strip():
        raise click.BadParameter("say why the change is right", param_hint="--accept-change")
    config = {
        "raw": raw if "://" in raw or engine == "local" else str(Path(raw).resolve()),
        # Workers on other machines do not stand where this process stands.
        "out": str(folder.resolve() if engine == "ray" else folder),
        "publish_to": publish_to or "",
        "workers": workers,
        "engine": engine,
        "address": address,
        "limit": limit,
        "facts_only": facts_only,
        "accept_change": accept_change or "",
        "keep": keep,
    }
    try:
        with only_run(folder, wait, console.print), _progress(console):
            failure = _materialize(config)
    except Busy as problem:
        raise Refused(str(problem)) from None
    summary = _summary(folder)
    if publish_to and not failure:
        summary["published_to"] = publish_to
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        _print_summary(summary)
    if failure:
        raise Refused(failure)


def _materialize(config: dict[str, Any]) -> str | None:
    """Run the whole chain in this process; what went wrong and what to do about it, or None."""
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
    failed = [
        f"{e.asset_key.to_user_string()}: {e.check_name}. {e.description}"
        for e in result.get_asset_check_evaluations()
        if not e.passed and e.severity == dg.AssetCheckSeverity.ERROR
    ]
    if failed:
        return "\n".join(("nothing was published, since of what must hold this does not:", *failed))
    failure = next(event for event in result.all_events if event.is_step_failure)
    told, error = failure.step_failure_data.user_failure_data, failure.step_failure_data.error
    cause = error.cause if error and error.cause else error
    return (told.description if told else None) or (cause.message.strip() if cause else f"step {failure.step_key} failed")


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

    parquet = f"{folder}/parquet".replace("'", "''")

    def ask(sql: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = duckdb.sql(sql.format(p=parquet)).fetchall()
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
    if "published_to" in summary:
        click.echo(f"{'uploaded':<11}{summary['published_to']}/latest.json")
