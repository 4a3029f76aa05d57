"""`xianqing verify`: whether a release is whole and true to its contract."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command()
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
