"""The schedule and the sensor ask for exactly the right runs."""

import datetime as dt
import http.server
import json
import sqlite3
import threading
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipeline import automation
from pipeline.automation import forget_runs, new_raw_files, nightly
from pipeline.definitions import defs
from pipeline.engine.workspace import Workspace
from pipeline.publish.assets import release
from tests.graph.conftest import materialize


def sense(raw, cursor=None):
    context = dg.build_sensor_context(cursor=cursor, resources={"workspace": Workspace(raw=str(raw))}, definitions=defs)
    return new_raw_files(context)


def test_nightly_asks_for_one_run_of_the_whole_chain_at_two_in_shanghai():
    assert (nightly.cron_schedule, nightly.execution_timezone) == ("0 2 * * *", "Asia/Shanghai")
    night = dt.datetime(2026, 11, 24, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    with dg.build_schedule_context(scheduled_execution_time=night) as context:
        data = nightly.evaluate_tick(context)
    assert len(data.run_requests) == 1
    assert nightly.job_name == "materialize_all"
    assert nightly.default_status == dg.DefaultScheduleStatus.STOPPED


def test_the_sensor_asks_once_for_what_is_there_and_then_is_silent(tmp_path):
    (tmp_path / "a.txt").write_text("字")
    first = sense(tmp_path)
    assert len(first.run_requests) == 1
    second = sense(tmp_path, first.cursor)
    assert not second.run_requests
    assert second.skip_reason


def test_the_sensor_asks_again_for_a_new_a_changed_and_a_gone_file(tmp_path):
    cursor, keys = None, []
    for change in (
        lambda: (tmp_path / "a.txt").write_text("字"),
        lambda: (tmp_path / "b.txt").write_text("字"),
        lambda: (tmp_path / "b.txt").write_text("字字"),
        lambda: (tmp_path / "a.txt").unlink(),
    ):
        change()
        result = sense(tmp_path, cursor)
        cursor = result.cursor
        keys += [request.run_key for request in result.run_requests]
    assert len(set(keys)) == 4


def test_a_sidecar_alone_asks_for_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("字")
    cursor = sense(tmp_path).cursor
    (tmp_path / "a.txt.source.json").write_text("{}")
    assert not sense(tmp_path, cursor).run_requests


def test_an_empty_raw_folder_asks_for_nothing(tmp_path):
    assert not sense(tmp_path).run_requests


@pytest.fixture
def webhook():
    """An address, and what was posted to it."""
    posted = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/secret", posted
    server.shutdown()


def test_a_failed_run_is_posted_to_the_webhook_and_the_address_is_told_nowhere(tmp_path, monkeypatch, webhook, caplog):
    address, posted = webhook
    monkeypatch.setenv("XIANQING_WEBHOOK", address)
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(tmp_path / "nothing", tmp_path / "out", instance)
        assert not result.success
        told = "".join(str(entry) for entry in instance.all_logs(result.run_id))
    (message,) = posted
    assert message["step"] == "ingest_step" and "is not a folder" in message["error"]
    assert message["job"] == "materialize_all" and message["run"] == result.run_id
    assert "/secret" not in told


def test_a_webhook_that_does_not_answer_harms_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("XIANQING_WEBHOOK", "http://127.0.0.1:9/secret")
    assert not materialize(tmp_path / "nothing", tmp_path / "out").success


def test_a_release_that_is_late_is_seen():
    (spec,) = release.specs
    policy = spec.freshness_policy
    assert policy.fail_window.to_timedelta() == dt.timedelta(hours=36)


@pytest.fixture
def home(tmp_path):
    """Dagster's storage as a server has it, in files."""
    (tmp_path / "home").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "home")) as instance:
        yield instance, tmp_path / "home"


def runs_left(instance):
    return [run.run_id for run in instance.get_runs()]


def rows_left(folder, run_id):
    """Rows about a run in the tables of Dagster's index that grow with each."""
    count = "SELECT count(*) FROM {} WHERE run_id = ?"
    with sqlite3.connect(folder / "history" / "runs" / "index.db") as index:
        return [index.execute(count.format(name), [run_id]).fetchone()[0] for name in ("event_logs", "asset_check_executions")]


def test_old_runs_leave_nothing_behind(some_raw, tmp_path, home):
    instance, folder = home
    first = materialize(some_raw, tmp_path / "out", instance)
    assert first.success and all(rows_left(folder, first.run_id))
    instance.create_run_for_job(defs.resolve_job_def("materialize_all"), status=dg.DagsterRunStatus.STARTED)
    (at_work,) = (run for run in runs_left(instance) if run != first.run_id)
    assert forget_runs(instance, dt.datetime.now(dt.UTC) - dt.timedelta(days=1)) == 0
    assert forget_runs(instance, dt.datetime.now(dt.UTC) + dt.timedelta(days=1)) == 1
    assert runs_left(instance) == [at_work]
    assert not any(rows_left(folder, first.run_id)) and all(rows_left(folder, at_work))
    assert not [path for path in folder.rglob("*") if first.run_id in path.name]


@pytest.mark.parametrize("succeeds", [True, False])
def test_a_run_forgets_those_before_it_that_are_too_old(some_raw, tmp_path, home, monkeypatch, succeeds):
    instance, _ = home
    asked = []
    monkeypatch.setattr(automation, "forget_runs", lambda storage, before: asked.append(before) or 0)
    raw = some_raw if succeeds else tmp_path / "nothing"
    assert materialize(raw, tmp_path / "out", instance, keep_runs=3).success == succeeds
    (before,) = asked
    assert dt.timedelta(days=3) <= dt.datetime.now(dt.UTC) - before < dt.timedelta(days=4)
    materialize(raw, tmp_path / "out", instance, keep_runs=0)
    assert len(asked) == 1
