"""Build a release, look at it as a reader would, and swap it in; or leave the last one as it was.

Everything is written to a folder beside the releases, checked there, renamed, and only then does `latest`
point to it. Publication judges for itself whether any blocking check failed on the data it is about to
publish, since Dagster's blocking holds within one run only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract.checks import Verdict
from pipeline.contract.relations import Relations
from pipeline.contract.render.card import card
from pipeline.contract.render.citation import citation
from pipeline.contract.render.croissant import croissant
from pipeline.contract.render.datapackage import datapackage
from pipeline.contract.render.release_info import FileInfo, ReleaseInfo, to_json
from pipeline.contract.tables import PUBLISHED, Table, table
from pipeline.engine.local import tell
from pipeline.engine.step import code_version
from pipeline.engine.store import Result, Store, read_parquet
from pipeline.publish import database
from pipeline.publish.changes import broken_promises, moved
from pipeline.publish.checks import ACCEPTABLE, Candidate, accept, release_checks
from pipeline.publish.checksums import seal, sha256
from pipeline.publish.csv import write_csv
from pipeline.publish.opened import parts, row_counts
from pipeline.publish.parquet import write_parquet
from pipeline.publish.report import build_report

STEPS = ("ingest", "repair", "entities", "figures", "link")
CODE = ("publish", "contract")
KEEP = 7  # releases that stay, where nothing else is said

Row = Mapping[str, Any]
VERSION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}")  # how releases are called


class Blocked(Exception):
    """A blocking check failed on the data that was to be published; `verdicts` are the release's own."""

    def __init__(self, names: Iterable[str], verdicts: Sequence[Row] = (), details: Sequence[str] = ()) -> None:
        names = sorted(names)
        advice = "the checks of that step say what was measured"
        if set(names) <= ACCEPTABLE:
            advice = "if that is as it should be, publish with --accept-change REASON (accept_change in Dagster)"
        told = f" ({'; '.join(details)})" if details else ""
        super().__init__(f"not published, the last release stays: {', '.join(names)} failed{told}; {advice}")
        self.verdicts = tuple(verdicts)


@dataclass(frozen=True, slots=True)
class Release:
    """A published release.

    Args:
        folder: where it lies.
        version: its name.
        rows: how many each table has.
        quality: what all checks said, rows of the table quality.
        fresh: whether it was made now; False where the last release already holds the same.
    """

    folder: Path
    version: str
    rows: Mapping[str, int]
    quality: tuple[Row, ...]
    fresh: bool

    @property
    def verdicts(self) -> tuple[Row, ...]:
        """What the release's own checks said."""
        return tuple(row for row in self.quality if row["step"] == "release")


def publish(
    out: str | Path,
    *,
    facts_only: bool = False,
    accept_change: str | None = None,
    keep: int = KEEP,
    now: dt.datetime | None = None,
) -> Release:
    """Publish the present results of all steps.

    Args:
        out: the output folder.
        facts_only: leave out the columns that repeat their authors' words.
        accept_change: why it is right that the release has moved beyond the bounds (`changes`); stands in the release.
        keep: how many releases stay, this one among them; 0 keeps all.
        now: time of the build in UTC; the present time where not given.

    Returns:
        The release; the last one where nothing has changed since.

    Raises:
        Blocked: a blocking check failed; the last release stays as it was.
        pipeline.engine.store.Missing: a step has not run yet.
    """
    out = Path(out)
    store = Store(out)
    results = [store.result(step) for step in STEPS]
    _guard(results)
    specs = tuple(spec.without_source_text() for spec in PUBLISHED) if facts_only else PUBLISHED
    files = {spec.name: store.files("link", spec.name) for spec in specs if spec.name != "quality"}
    stamp = _content_hash(files, specs)
    previous = latest(out)
    if previous is not None and previous.name.endswith(stamp):
        tell("release", 1, 1)
        counts = row_counts(previous, [spec.name for spec in specs])
        return Release(previous, previous.name, counts, tuple(_quality_of(previous)), fresh=False)
    meant = Relations.of_files(files, spill=store.spill)
    created = (now or dt.datetime.now(dt.UTC)).replace(microsecond=0)
    version = f"{created:%Y%m%dT%H%M%SZ}-{stamp}"
    releases = out / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=releases))
    try:
        building.chmod(0o755)
        verdicts, quality = _build(Candidate(building, specs, meant, previous), results, accept_change)
        stopped = [v.check.name for v in verdicts if v.stops]
        if stopped:
            raise Blocked(stopped, [v.row for v in verdicts], _details(previous, specs, meant))
        accepted = accept_change if any(not v.passed and v.check.name in ACCEPTABLE for v in verdicts) else None
        _describe(building, specs, version, created, facts_only, accepted)
        seal(building)
        building.rename(releases / version)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _point(out / "latest", Path("releases") / version)
    prune(out, keep)
    tell("release", 1, 1)
    counts = row_counts(releases / version, [spec.name for spec in specs])
    return Release(releases / version, version, counts, tuple(quality), fresh=True)


def latest(out: str | Path) -> Path | None:
    """The release that `latest` points to; None where there is none."""
    link = Path(out) / "latest"
    return link.resolve() if link.is_symlink() and link.exists() else None


def prune(out: str | Path, keep: int) -> list[str]:
    """Remove all but the newest releases; never the one that `latest` points to.

    Args:
        out: the output folder.
        keep: how many stay; 0 keeps all.

    Returns:
        The names of those removed.
    """
    current = latest(out)
    held = sorted(path for path in (Path(out) / "releases").iterdir() if path.is_dir() and VERSION.fullmatch(path.name))
    old = [path for path in held[:-keep] if path.resolve() != current] if keep else []
    for path in old:
        # Out of sight first: a reader sees a whole release or none.
        doomed = path.with_name(f".removing-{path.name}")
        path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    return [path.name for path in old]


def _details(previous: Path | None, specs: Sequence[Table], meant: Relations) -> list[str]:
    """What differs from the last release more than it may, in sentences."""
    return [] if previous is None else [*moved(previous, meant), *broken_promises(previous, specs)]


def _guard(results: Sequence[Result]) -> None:
    blocked = [f"{result.step}.{name}" for result in results for name in result.blocked]
    if blocked:
        raise Blocked(blocked)


def _content_hash(files: Mapping[str, Sequence[Path]], specs: Sequence[Table]) -> str:
    """Six hex digits over what is published and the code that publishes it."""
    digest = hashlib.sha256(code_version(CODE).encode())
    for spec in specs:
        digest.update(f"{spec.name}: {', '.join(spec.columns)}".encode())
        for path in files.get(spec.name, ()):
            digest.update(sha256(path).encode())
    return digest.hexdigest()[:6]


def _build(candidate: Candidate, results: Sequence[Result], accept_change: str | None) -> tuple[list[Verdict], list[Row]]:
    """Write the tables, look at them, and write what all checks said."""
    folder, specs = candidate.folder, candidate.specs
    database.create(folder, specs)
    for spec in specs:
        if spec.name in candidate.meant.names:
            _write(folder, spec, partial(candidate.want, spec))
    verdicts = [accept(check.judge(check.look(candidate)), accept_change) for check in release_checks(specs)]
    quality = [*(row for result in results for row in result.verdicts), *(v.row for v in verdicts)]
    _write(folder, table("quality"), lambda: table("quality").rows(quality))
    return verdicts, quality


def _write(folder: Path, spec: Table, rows: Callable[[], pa.Table | pa.RecordBatchReader]) -> None:
    """Write a table in all its forms; `rows` gives them once for each."""
    unique = [field.name for field in spec.fields if field.source_text]
    write_parquet(rows(), folder / "parquet" / spec.name, spec.order, unique)
    database.fill(folder, spec, rows())
    (folder / "csv").mkdir(exist_ok=True)
    write_csv(rows(), folder / "csv" / f"{spec.name}.csv")


def _describe(
    folder: Path,
    specs: tuple[Table, ...],
    version: str,
    created: dt.datetime,
    facts_only: bool,
    accepted: str | None,
) -> None:
    """Write the descriptors and the page."""
    files = {spec.name: _files(folder, spec) for spec in specs}
    info = ReleaseInfo(version, created, files, facts_only=facts_only, accepted_change=accepted)
    (folder / "CITATION.cff").write_text(citation(info), "utf-8")
    (folder / "datapackage.json").write_text(to_json(datapackage(specs, info)), "utf-8")
    (folder / "croissant.json").write_text(to_json(croissant(specs, info)), "utf-8")
    (folder / "README.md").write_text(card(specs, info), "utf-8")
    build_report(folder)


def _files(folder: Path, spec: Table) -> list[FileInfo]:
    held = parts(folder, spec.name)
    rows = [pq.read_metadata(path).num_rows for path in held]
    paths = [*zip(held, rows, strict=True), (folder / "csv" / f"{spec.name}.csv", sum(rows))]
    return [FileInfo(p.relative_to(folder).as_posix(), p.stat().st_size, sha256(p), n) for p, n in paths]


def _quality_of(release: Path) -> list[Row]:
    rows: list[Row] = read_parquet(release / "parquet" / "quality" / "part-00000.parquet").to_pylist()
    return rows


def _point(link: Path, target: Path) -> None:
    """Have `link` point to `target`, in one step."""
    temporary = link.with_name(f".{link.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
