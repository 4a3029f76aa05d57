"""Whatever befalls a run, the last release stays whole, and the next run gives what an undisturbed one gives.

`XIANQING_KILLS` says how often runs are killed at random points; a few times by default.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.publish.release import latest
from pipeline.publish.verify import verify
from tests.conftest import few_samples
from tests.graph.conftest import materialize

KILLS = int(os.environ.get("XIANQING_KILLS", "3"))
ROOT = Path(__file__).resolve().parents[2]


def command(raw, out, *options):
    return [sys.executable, "-m", "pipeline.cli", "run", str(raw), "--out", str(out), *options]


def tables(out):
    """The bytes of a release's tables, by file; what the database's header holds is no table."""
    release = latest(out)
    files = [*release.glob("parquet/*/*.parquet"), *release.glob("csv/*.csv")]
    return {str(path.relative_to(release)): path.read_bytes() for path in files}


def litter(out):
    return [
        str(p) for p in out.rglob(".*") if p.name.startswith((".writing-", ".building-", ".removing-", ".latest-", ".attempt"))
    ]


def whole(out):
    release = latest(out)
    return release is None or all(verdict.passed for verdict in verify(release))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    assert materialize(few_samples(folder / "raw"), folder / "out").success
    return tables(folder / "out")


def recovers(raw, out, undisturbed):
    """The release that stands is whole; a further run is as if nothing had been."""
    assert whole(out)
    assert materialize(raw, out).success
    assert tables(out) == undisturbed
    assert not litter(out)


def test_killed_at_any_moment(some_raw, tmp_path, undisturbed):
    chance = random.Random(2260)
    begun = time.monotonic()
    subprocess.run(command(some_raw, tmp_path / "timed"), check=True, capture_output=True)
    usual = time.monotonic() - begun
    for n in range(KILLS):
        out = tmp_path / f"killed-{n % 3}"  # some of them with a release of an earlier round
        with subprocess.Popen(
            command(some_raw, out, "--workers", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as run:
            time.sleep(chance.uniform(0.2, 1.0) * usual)
            os.killpg(run.pid, signal.SIGKILL)
        if n % 3 == 2:
            for path in (out / ".stage").glob("*/*/receipt.json"):
                if chance.random() < 0.5:
                    path.unlink()
        recovers(some_raw, out, undisturbed)


def test_stage_files_that_are_damaged_are_made_again(some_raw, tmp_path, undisturbed):
    out = tmp_path / "out"
    assert materialize(some_raw, out).success
    harms = {
        "ingest": lambda raw: raw[:-20],
        "repair": lambda raw: raw[:50] + bytes([raw[50] ^ 255]) + raw[51:],
        "signatures": lambda _: b"",
        "figures": None,
        "link": lambda raw: raw + b"more",
    }
    for step, harm in harms.items():
        path = sorted((out / ".stage" / step).glob("*/*.parquet"))[0]
        if harm:
            path.write_bytes(harm(path.read_bytes()))
        else:
            path.unlink()
    recovers(some_raw, out, undisturbed)


def test_a_full_disk_is_told_and_harms_nothing(some_raw, tmp_path, undisturbed):
    out = tmp_path / "out"
    assert materialize(some_raw, out).success
    more = few_samples(tmp_path / "more")
    (more / "more.txt").write_text("青石县召开会议，投入资金3.5万元。" * 2000)

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    run = subprocess.run(command(more, out), preexec_fn=small, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 1
    assert "no room left" in run.stderr and "run again" in run.stderr
    recovers(some_raw, out, undisturbed)


def test_a_file_that_changes_or_goes_while_it_is_read_is_accounted_for(some_raw, tmp_path, monkeypatch):
    from pipeline.ingest import shard

    gone = sorted(p for p in some_raw.iterdir() if not p.name.endswith(".json"))[0]
    found = shard.read_shard

    def losing(task):
        gone.unlink(missing_ok=True)
        return found(task)

    from dataclasses import replace

    from pipeline.engine.local import run
    from pipeline.ingest.discovery import discover, shards

    result, _ = run(replace(shard.INGEST, process=losing), shards(discover(some_raw)), str(tmp_path / "out"))
    assert not result.blocked
    from pipeline.engine.store import Store

    rows = Store(tmp_path / "out").read("ingest", "quarantine").to_pylist()
    assert [(row["source"], row["reason"]) for row in rows] == [(gone.name, "unreadable")]


def test_a_document_that_a_step_cannot_bear_is_in_quarantine_and_nowhere_else(some_raw, tmp_path, monkeypatch):
    from pipeline.extract import shard

    found = shard.find_figures
    texts = []

    def odd(text, *rest):
        texts.append(text)
        if text == texts[0]:
            raise RecursionError("too deep")
        return found(text, *rest)

    monkeypatch.setattr(shard, "find_figures", odd)
    assert materialize(some_raw, tmp_path / "out").success
    release = latest(tmp_path / "out")
    rows = {spec: _rows(release, spec) for spec in ("documents", "quarantine", "mentions", "figures", "repairs")}
    (failed,) = (row for row in rows["quarantine"] if row["reason"] == "failed")
    assert "figures failed on it: RecursionError: too deep" in failed["detail"]
    assert failed["sha256"] and failed["n_bytes"]
    for name in ("documents", "mentions", "figures", "repairs"):
        assert failed["sha256"][:16] not in {row["doc_id"] for row in rows[name]}
    assert whole(tmp_path / "out")


def _rows(release, name):
    import duckdb

    return duckdb.sql(f"SELECT * FROM '{release}/parquet/{name}/*.parquet'").to_arrow_table().to_pylist()


def test_two_runs_at_once_take_turns(some_raw, tmp_path, undisturbed):
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    runs = [subprocess.Popen(command(some_raw, tmp_path / "out"), **pipes) for _ in "ab"]
    told = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert any("another run is at work" in text for text in told)
    assert tables(tmp_path / "out") == undisturbed


def test_a_run_that_will_not_wait_says_so(some_raw, tmp_path):
    from pipeline.engine.lock import only_run

    with only_run(tmp_path / "out"):
        run = subprocess.run(command(some_raw, tmp_path / "out", "--wait", "0"), capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert f"process {os.getpid()}" in run.stderr
