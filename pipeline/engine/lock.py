"""One run at a time in an output folder: who has it, who waits, and what a killed run left there.

Two runs that settle their results side by side would each remove what the other still reads.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.engine.store import write_text

WAIT = 24 * 3600.0  # seconds
_held: dict[Path, FileLock] = {}


class Busy(Exception):
    """Another run is at work in the output folder."""


@contextmanager
def only_run(out: str | Path, wait: float = WAIT, told: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Have the output folder to oneself while the block runs.

    Within a process it may be asked for again inside the block. What runs that were killed left behind is removed first;
    the system frees the lock of a run that died.

    Args:
        out: the output folder; made where it is missing.
        wait: seconds to wait for another run.
        told: hears in one sentence that another run is waited for.

    Raises:
        Busy: another run still has it.
    """
    folder = Path(out).resolve() / ".stage"
    folder.mkdir(parents=True, exist_ok=True)
    lock = _held.setdefault(folder, FileLock(folder / ".lock"))
    outermost = not lock.is_locked
    try:
        lock.acquire(timeout=0)
    except Timeout:
        at_work = f"another run is at work in {out} ({_owner(folder)})"
        if not wait:
            raise Busy(f"{at_work}; wait for it, or give another output folder") from None
        told(f"{at_work}; waiting for it")
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise Busy(f"{at_work} and has been for {wait:,.0f} seconds") from None
    try:
        if outermost:
            sweep(out)
            write_text(folder / "run.json", json.dumps(_self()))
        yield
    finally:
        if outermost:
            (folder / "run.json").unlink(missing_ok=True)
        lock.release()


def sweep(out: str | Path) -> list[str]:
    """Remove what runs that were killed left half written; the paths removed. The caller holds the lock."""
    out = Path(out)
    stage, releases = out / ".stage", out / "releases"
    litter = [
        *stage.glob(".writing-*"),
        *stage.glob("*/.writing-*"),
        *stage.glob(".spill/*"),
        *releases.glob(".building-*"),
        *releases.glob(".removing-*"),
        *out.glob(".latest-*"),
    ]
    for path in litter:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return [str(path) for path in litter]


def _self() -> dict[str, Any]:
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _owner(folder: Path) -> str:
    try:
        owner = json.loads((folder / "run.json").read_text("utf-8"))
        return f"process {owner['pid']} on {owner['host']} since {owner['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has only begun"
