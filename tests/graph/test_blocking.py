"""A failed blocking check stops what follows, within a run and across runs, and leaves the last release alone."""

from dataclasses import replace

import dagster as dg
import pytest

from pipeline.contract.checks import Tally
from pipeline.engine.store import Store
from pipeline.publish.release import Blocked, publish
from tests.graph.conftest import materialize


@pytest.fixture
def released(some_raw, tmp_path):
    out = tmp_path / "out"
    assert materialize(some_raw, out).success
    return some_raw, out, (out / "latest").readlink()


def spoil(out, step):
    """Have a step's present result be one on which a blocking check failed."""
    store = Store(out)
    result = store.result(step)
    from pipeline.contract.checks import error

    check = error("repair", "spoiled", "nothing is spoiled", lambda _: Tally(1, 1))
    store.settle(step, result.keys, [check.judge(Tally(1, 1))])


@pytest.mark.parametrize("step", ["ingest", "repair", "entities", "figures", "link"])
def test_publication_judges_for_itself(released, step):
    _, out, before = released
    spoil(out, step)
    with pytest.raises(Blocked, match=rf"{step}\.spoiled"):
        publish(out)
    assert (out / "latest").readlink() == before


def test_a_later_run_of_one_asset_is_stopped_too(released):
    raw, out, before = released
    spoil(out, "link")
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(raw, out, instance, selection=["release"])
        assert instance.get_run_by_id(result.run_id).tags["xianqing/release"] == "refused"
    assert not result.success
    assert (out / "latest").readlink() == before


def test_a_step_whose_input_failed_says_so(released):
    raw, out, _ = released
    spoil(out, "repair")
    result = materialize(raw, out, selection=["figures"])
    assert not result.success
    failure = next(e for e in result.all_events if e.is_step_failure)
    assert "spoiled" in str(failure.step_failure_data)


def test_within_a_run_nothing_downstream_runs(released, monkeypatch):
    raw, out, before = released
    import pipeline.engine.local as local

    def judge(step, tasks, where, *rest):
        result, receipts = run(step, tasks, where, *rest)
        if step.name != "repair":
            return result, receipts
        bad = [{**row, "passed": False, "value": 1.0} if row["check"] == "inverts" else row for row in result.verdicts]
        return replace(result, verdicts=tuple(bad), blocked=("inverts",)), receipts

    run = local.run
    monkeypatch.setattr("pipeline.engine.assets.run", judge)
    result = materialize(raw, out)
    made = {e.asset_key.to_user_string() for e in result.get_asset_materialization_events()}
    assert "repaired_documents" in made
    assert not made & {"entity_mentions", "figures", "entities", "release"}
    assert (out / "latest").readlink() == before


def test_a_step_that_never_ran_is_named(tmp_path):
    result = materialize(tmp_path, tmp_path / "out", selection=["release"])
    assert not result.success
    failure = next(e for e in result.all_events if e.is_step_failure)
    assert "materialize it first" in str(failure.step_failure_data)
    assert isinstance(failure.asset_key, (dg.AssetKey, type(None)))
