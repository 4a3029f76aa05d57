"""What Dagster's page is told of a release."""

from pathlib import Path

from pipeline.publish.assets import SERVED, address, run_tags


def test_the_page_is_linked_to_where_it_is_served(tmp_path: Path, monkeypatch):
    page = tmp_path / "releases" / "a b" / "report" / "index.html"
    monkeypatch.delenv(SERVED, raising=False)
    assert address(page, tmp_path) == page.as_uri()
    monkeypatch.setenv(SERVED, "http://127.0.0.1:3001/")
    assert address(page, tmp_path) == "http://127.0.0.1:3001/releases/a%20b/report/index.html"


def test_a_run_is_found_by_its_release():
    assert run_tags("v1", {"documents": 3, "figures": 7, "repairs": 9}) == {
        "xianqing/release": "v1",
        "xianqing/documents": "3",
        "xianqing/figures": "7",
    }
