"""`xianqing verify`: whether a release is whole and true to its contract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.errors import NO, Unusable, release
from pipeline.cli.output import as_json, grid, working


@click.command()
@click.argument("folder", metavar="[RELEASE]", type=click.Path(path_type=Path), default=Path("output/latest"))
@click.option("--raw", metavar="FOLDER", help="Undo the ledger against these raw files, too (a folder, or s3:// and the like).")
@click.option("--all", "everything", is_flag=True, help="Show the checks that passed, too.")
@click.option("--json", "json_", is_flag=True, help="Print the verdicts as JSON.")
def verify(folder: Path, raw: str | None, everything: bool, json_: bool) -> None:
    """Check that RELEASE (output/latest) is whole and true to its contract.

    Looked at are the checksums of all files, columns and types, values, keys, and whether the ledger can be
    applied backwards. With --raw the raw files are read and decoded again, and the ledger must give what they hold,
    character for character. Exits with 1 where a check failed.

    \b
    Examples:
      xianqing verify
      xianqing verify --raw raw
      xianqing verify /copies/20261123T020304Z-1f3a9c --json
    """
    from pipeline.publish.verify import verify as look

    with release(folder) as found, working("verifying") as told:
        verdicts = look(found, told, None if raw is None else _read(raw))
    failed = [verdict for verdict in verdicts if not verdict.passed]
    if json_:
        as_json([verdict.row for verdict in verdicts])
    else:
        shown = verdicts if everything else failed
        if shown:
            rows = [("ok" if v.passed else "FAILED", v.check.name, v.check.description, v.value) for v in shown]
            grid(("", "check", "what must hold", "measured"), rows)
        click.echo(f"{len(verdicts) - len(failed)} of {len(verdicts)} checks passed: {found}")
    sys.exit(NO if failed else 0)


def _read(raw: str) -> Iterator[tuple[str, str]]:
    """The hash and the decoded text of every document that raw files hold."""
    from pipeline.ingest.discovery import NoRawFiles, discover, shards
    from pipeline.ingest.shard import read_shard

    try:
        tasks = shards(discover(raw))
    except NoRawFiles as problem:
        raise Unusable(str(problem)) from None
    for task in tasks:
        for row in read_shard(task).rows("SELECT sha256, raw_text FROM raw_documents"):
            yield row["sha256"], row["raw_text"]
