"""A real Ray cluster of two nodes on this machine: the same bytes as here, whatever dies meanwhile."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pipeline.engine.local import run
from pipeline.engine.ray import RayMissing, on_ray
from pipeline.engine.store import Store, read_parquet
from tests.engine.toy import TOY, calls, tasks
from tests.graph.conftest import materialize

ray = pytest.importorskip("ray", reason="needs Ray: pip install 'xianqing[ray]'")
ROOT = Path(__file__).resolve().parents[2]
SMALL = ["--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a cluster of a head and a further node."""
    command, address = [str(Path(sys.executable).with_name("ray"))], f"127.0.0.1:{free_port()}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    folder = Path("/tmp") / f"xq{os.getpid()}"  # sockets lie below it, and their paths must be short
    head = [*command, "start", "--head", f"--port={address.split(':')[1]}", "--include-dashboard=false", f"--temp-dir={folder}"]
    subprocess.run([*head, *SMALL], env=environment, check=True, capture_output=True, timeout=120)
    subprocess.run(
        [*command, "start", f"--address={address}", *SMALL], env=environment, check=True, capture_output=True, timeout=120
    )
    on_ray(address)
    yield address
    ray.shutdown()
    subprocess.run([*command, "stop", "--force"], check=False, capture_output=True, timeout=120)


def test_there_are_two_nodes(cluster):
    assert len([node for node in ray.nodes() if node["Alive"]]) == 2


def test_the_same_bytes_as_on_this_machine(cluster, some_raw, tmp_path):
    assert materialize(some_raw, tmp_path / "here").success
    assert materialize(some_raw, tmp_path / "ray", engine="ray", address=cluster).success
    here, there = (
        {p.relative_to(out): p.read_bytes() for p in (out / ".stage").rglob("*.parquet")}
        for out in (tmp_path / "here", tmp_path / "ray")
    )
    assert here == there and len(here) > 8


def test_poison_and_slow_documents_cost_themselves_alone(cluster, tmp_path):
    jobs = tasks(tmp_path, "a+crash+b", "c+hang", "d", n_bytes=1)
    _, receipts = run(TOY, jobs, str(tmp_path), do=on_ray(cluster, limit=1.0))
    assert sorted(Store(tmp_path).read("toy", "quarantine")["source"].to_pylist()) == ["a", "b", "c", "d"]
    failures = [
        row["doc_id"]
        for receipt in receipts
        if (path := Store(tmp_path).folder("toy", receipt.key) / "failures.parquet").exists()
        for row in read_parquet(path).to_pylist()
    ]
    assert sorted(failures) == ["crash", "hang"]


def test_a_worker_that_is_killed_in_mid_run_is_replaced(cluster, tmp_path):
    do = on_ray(cluster, limit=5.0)
    jobs = tasks(tmp_path, "a+hang", "b", "c", n_bytes=1)
    found = {}
    killed = False
    for number, receipt in do(TOY, list(enumerate(jobs)), str(tmp_path)):
        found[number] = receipt
        if not killed:
            for process in psutil.process_iter(["cmdline"]):
                if any(part.startswith("ray::_attempt") for part in process.info["cmdline"] or []):
                    process.send_signal(signal.SIGKILL)
                    killed = True
            time.sleep(0.5)
    assert killed
    assert sorted(found) == [0, 1, 2]
    assert calls(tmp_path).count("a+hang") >= 3


def test_without_a_cluster_it_says_how_to_start_one(monkeypatch):
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setenv("RAY_gcs_rpc_server_reconnect_timeout_s", "1")

    def refuse(**_):
        raise ConnectionError("nobody there")

    monkeypatch.setattr(ray, "init", refuse)
    with pytest.raises(RayMissing, match="ray start --head"):
        on_ray("127.0.0.1:1")
