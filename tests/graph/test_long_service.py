"""Night after night on a corpus that changes a little: storage stays within what is declared, and every release can be verified.

`XIANQING_NIGHTS` says how many nights; a few by default. What was seen is printed (`pytest -s`). Dagster's storage is real;
the time of its runs is moved back by a day before each night, as if a day had passed.
"""

import datetime as dt
import os
import sqlite3
import time

import dagster as dg
import pytest

from pipeline.definitions import defs
from pipeline.publish.release import latest
from pipeline.publish.verify import verify

NIGHTS = int(os.environ.get("XIANQING_NIGHTS", "5"))
KEEP, KEEP_RUNS = (7, 30) if NIGHTS > 60 else (2, 2)  # releases, days
DOCUMENTS = 3


def text_of(place, night):
    """A small document; a different one each night."""
    return f"青石县新闻网讯 {place}镇今年投入资金{night + 10}.5万元，新修公路{night % 7 + 3}公里，惠及群众{night + 300}户。\n" * 2


def one_night(raw, out, instance):
    """What the schedule asks for; with a row in the log for errors alone, as the command line has it."""
    config = {"raw": str(raw), "out": str(out), "workers": 1, "keep": KEEP, "keep_runs": KEEP_RUNS}
    return defs.resolve_job_def("materialize_all").execute_in_process(
        run_config={
            "resources": {"workspace": {"config": config}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        },
        instance=instance,
        raise_on_error=False,
    )


def a_day_passes(home):
    """Move what Dagster has stored a day back."""
    with sqlite3.connect(home / "history" / "runs.db") as runs:
        for run_id, created in runs.execute("SELECT run_id, create_timestamp FROM runs").fetchall():
            earlier = dt.datetime.fromisoformat(created) - dt.timedelta(days=1)
            runs.execute("UPDATE runs SET create_timestamp = ? WHERE run_id = ?", [earlier.isoformat(" "), run_id])


def stored(folder):
    """(bytes, files) below a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(sizes), len(sizes)


@pytest.mark.slow
def test_storage_stays_within_what_is_declared_and_every_release_can_be_verified(tmp_path):
    raw, out, home = (tmp_path / name for name in ("raw", "out", "home"))
    raw.mkdir()
    home.mkdir()
    for n, place in enumerate("甲乙丙"):
        (raw / f"{place}.txt").write_text(text_of(place, n))
    used, seconds, versions = [], [], set()
    with dg.DagsterInstance.local_temp(str(home)) as instance:
        for night in range(NIGHTS):
            a_day_passes(home)
            place = "甲乙丙"[night % DOCUMENTS]
            (raw / f"{place}.txt").write_text(text_of(place, night + DOCUMENTS))
            if night % 3 == 2:
                (raw / "丁.txt").unlink() if (raw / "丁.txt").exists() else (raw / "丁.txt").write_text(text_of("丁", night))
            begun = time.process_time()
            assert one_night(raw, out, instance).success, night
            seconds.append(time.process_time() - begun)
            release = latest(out)
            versions.add(release.name)
            assert [verdict.check.name for verdict in verify(release) if not verdict.passed] == [], night
            assert len(list((out / "releases").iterdir())) <= KEEP
            assert len(instance.get_runs()) <= KEEP_RUNS + 1
            used.append((*stored(out / "releases"), *stored(out / ".stage"), *stored(home)))
            if night % 10 == 9:
                print(night + 1, f"{seconds[-1]:.1f} s", *(f"{n:,}" for n in used[-1]), flush=True)
        for held in (out / "releases").iterdir():
            assert all(verdict.passed for verdict in verify(held))
    assert len(versions) == NIGHTS
    assert used[-1][3] == len([p for p in (out / ".stage").rglob("*") if p.is_file()])
    settled = max(KEEP, KEEP_RUNS) + 1  # from here on as much goes as comes
    if 2 * settled < NIGHTS:
        tenth = max(1, (NIGHTS - settled) // 10)
        before, after = ([max(column) for column in zip(*part, strict=True)] for part in (used[settled:][:tenth], used[-tenth:]))
        assert all(now <= 1.1 * then + 200_000 for then, now in zip(before, after, strict=True)), (before, after)
        slower = sum(seconds[-tenth:]) / sum(seconds[settled:][:tenth])
        print(f"{len(versions)} releases verified; seconds of the last tenth by the first: {slower:.2f}")
        assert NIGHTS < 100 or slower < 2, slower
