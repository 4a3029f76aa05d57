"""`xianqing doctor`: whether all is in place for a run, and what to do where it is not."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.errors import NO
from pipeline.cli.output import as_json, grid, working


@click.command()
@click.option("--raw", type=click.Path(path_type=Path), default=Path("raw"), show_default=True, help="Folder of raw files.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Folder of releases.")
@click.option("--json", "json_", is_flag=True, help="Print the findings as JSON.")
def doctor(raw: Path, out: Path, json_: bool) -> None:
    """Check the installation, its data, folders, disk and Dagster's storage, and say what is wrong.

    Exits with 1 where there is a problem; a warning is none.

    \b
    Examples:
      xianqing doctor
      xianqing doctor --raw pages --out /data/out
    """
    from pipeline.cli.examination import examine

    with working("looking at") as told:
        findings = examine(raw, out, told)
    problems = sum(finding.state == "problem" for finding in findings)
    if json_:
        as_json([asdict(finding) for finding in findings])
    else:
        grid(("", "about", "found", "what to do"), [(f.state, f.about, f.found, f.advice) for f in findings])
        click.echo("all is in place" if not problems else f"{problems} to mend before a run")
    sys.exit(NO if problems else 0)
