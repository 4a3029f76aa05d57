"""The same files and code give the same bytes, whoever runs them, where and with how many workers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.publish.release import latest

ROOT = Path(__file__).resolve().parents[2]
# Workers are used from the first byte on.
RUN = """
import pipeline.engine.local, pipeline.ingest.discovery
from pipeline.cli import main
pipeline.engine.local.POOL_FROM_BYTES, pipeline.ingest.discovery.SHARD_BYTES = 0, 2000
main()
"""


def tables(raw, out, *options, **environment):
    command = [sys.executable, "-c", RUN, "run", str(raw), "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, **environment})
    release = latest(out)
    return {
        str(path.relative_to(release)): path.read_bytes()
        for pattern in ("parquet/*/*", "csv/*")
        for path in release.glob(pattern)
    }


def test_workers_order_locale_time_zone_and_hash_seed_change_nothing(some_raw, tmp_path, monkeypatch):
    # Several shards, so that several workers have something to do.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for n in range(3):
        (some_raw / f"{n}.jsonl").write_text(
            f'{{"text": "青石县今年新修公路{n + 2}公里，投入资金{n + 3}.5万元，惠及群众{n + 4}00户。"}}\n'
        )
    backwards = tmp_path / "backwards"
    backwards.mkdir()
    for path in sorted(some_raw.iterdir(), reverse=True):
        shutil.copyfile(path, backwards / path.name)
    one = tables(some_raw, tmp_path / "one", "--workers", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    four = tables(backwards, tmp_path / "four", "--workers", "4", PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert one.keys() == four.keys() and len(one) >= 18
    assert [name for name in one if one[name] != four[name]] == []
