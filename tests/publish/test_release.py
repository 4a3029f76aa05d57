"""Publication refuses what moved too far until somebody says why, keeps promises, and prunes old releases."""

import datetime as dt
import json

import pytest

from pipeline.publish import checks, release
from pipeline.publish.checks import accept, release_checks
from pipeline.publish.release import Blocked, latest, prune, publish
from tests.graph.conftest import materialize


@pytest.fixture
def out(some_raw, tmp_path):
    assert materialize(some_raw, tmp_path / "out").success
    return tmp_path / "out"


def again(out, **options):
    """Publish the same results once more, as if the code had changed."""
    return publish(out, now=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5), **options)


@pytest.fixture
def moved_far(monkeypatch):
    monkeypatch.setattr(release, "_content_hash", lambda *_: "abcdef")
    for module in (release, checks):
        monkeypatch.setattr(module, "moved", lambda *_: ["rows of figures went from 9 to 1"])


def test_the_page_tells_every_check_in_both_languages(out, browser):
    folder = latest(out)
    browser.open(folder, "checks", "zh")
    assert browser.run("return X.summary.quality.filter(check => !/[一-鿿]/.test(X.said(check))).map(check => check.check)") == []
    words = "((X.words[`check.${check.step}.${check.check}`] || [check.description])[0])"
    assert browser.run(f"return X.summary.quality.filter(check => {words} !== check.description)") == []


def test_a_great_change_needs_a_reason(out, moved_far):
    before = latest(out)
    with pytest.raises(Blocked, match=r"moved failed \(rows of figures went from 9 to 1\).*--accept-change"):
        again(out)
    assert latest(out) == before
    published = again(out, accept_change="a county was taken out")
    assert latest(out) == published.folder.resolve()
    assert json.loads((published.folder / "datapackage.json").read_text())["accepted_change"] == "a county was taken out"
    assert "a county was taken out" in (published.folder / "README.md").read_text()
    (row,) = (row for row in published.quality if row["check"] == "moved")
    assert (row["passed"], row["severity"]) == (False, "warning")
    assert row["description"].endswith("accepted: a county was taken out")


def test_a_reason_without_a_change_is_not_recorded(out, monkeypatch):
    monkeypatch.setattr(release, "_content_hash", lambda *_: "abcdef")
    published = again(out, accept_change="nothing")
    assert "accepted_change" not in json.loads((published.folder / "datapackage.json").read_text())


def test_a_broken_promise_is_refused_whatever_the_reason(out, monkeypatch):
    monkeypatch.setattr(release, "_content_hash", lambda *_: "abcdef")
    for module in (release, checks):
        monkeypatch.setattr(module, "broken_promises", lambda *_: ["column figures.value is gone"])
    with pytest.raises(Blocked, match=r"promises failed \(column figures.value is gone\)"):
        again(out, accept_change="we like it better")


def test_only_some_checks_can_be_accepted():
    for check in release_checks(release.PUBLISHED):
        verdict = accept(check.judge(checks.Tally(1, 1)), "because")
        assert verdict.stops == (check.name not in ("moved", "shrinkage"))


def test_the_newest_releases_stay_and_the_latest_always(tmp_path):
    names = [f"2026010{n}T000000Z-00000{n}" for n in range(1, 6)]
    for name in names:
        (tmp_path / "releases" / name).mkdir(parents=True)
    (tmp_path / "releases" / "somebody's notes").mkdir()
    (tmp_path / "latest").symlink_to(f"releases/{names[0]}")
    assert prune(tmp_path, 0) == []
    assert prune(tmp_path, 2) == names[1:3]
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == [names[0], *names[3:], "somebody's notes"]


def test_publication_prunes(out, monkeypatch):
    for n in range(3):
        monkeypatch.setattr(release, "_content_hash", lambda *_, n=n: f"00000{n}")
        again(out, keep=2)
    held = sorted(p.name[-6:] for p in (out / "releases").iterdir())
    assert held[-1] == "000002" or "000002" in held
    assert len(held) == 2
