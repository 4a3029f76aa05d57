"""Figures of whole sentences, their trust, and the hand-made truth of the shared documents."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.figures import UNSTABLE, find_figures, implausible, read_again, reparse
from pipeline.extract.quantity import Figure
from tests.casefiles import TRUTH, cases
from tests.figuretruth import FOLDER, Verdict, compare, parse, read, rewritten

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "figures.json").read_text("utf-8"))


def _parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True)] if case["class"] == "known_failure" else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", _parameters())
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_figures(text)
    assert [f.surface.removeprefix("约") for f in found] == [g["surface"].removeprefix("约") for g in case["figures"]]
    for figure, wanted in zip(found, case["figures"], strict=True):
        assert figure.value == (pytest.approx(wanted["value"]) if "value" in wanted else None)
        assert (figure.lower, figure.upper) == (wanted.get("lower"), wanted.get("upper"))
        assert (figure.unit, figure.qualifier) == (wanted["unit"], wanted["qualifier"])
        assert not wanted["metric"] or any(name in (figure.metric or "") for name in wanted["metric"]), figure
        assert figure.change == wanted.get("change", figure.change)
        assert figure.per == wanted.get("per", figure.per)
        assert text[figure.start : figure.end] == figure.surface
        assert figure.surface in figure.context


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["figures"] and case["class"] != "known_failure"], ids=lambda case: case["label"]
)
def test_surface_reads_the_same_by_itself(case: dict[str, Any]) -> None:
    for figure in find_figures(case["text"]):
        again = reparse(figure.surface)
        assert again is not None
        assert (again.value, again.lower, again.upper) == (figure.value, figure.lower, figure.upper)
        assert "" in (again.unit, figure.unit) or again.unit == figure.unit  # 192万群众: what follows tells the unit


@given(
    st.decimals(min_value=0, max_value=99999, places=1),
    st.sampled_from(["", "百", "千", "万", "百万", "亿", "万亿"]),
    st.sampled_from(["元", "亩", "户", "人次", "公里", "立方米", "标箱", "台"]),
    st.sampled_from(["", "近", "约", "超过", "不足", "至少", "不超过"]),
)
def test_any_quantity_reads_back(number: Any, multiplier: str, unit: str, word: str) -> None:
    figure = reparse(f"{word}{number}{multiplier}{unit}")
    assert figure is not None
    assert figure.unit == unit
    power = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8, "万亿": 10**12}[multiplier]
    assert figure.value == pytest.approx(float(number) * power)


def _spelled(number: int) -> str:
    """A whole number below 10^12 in Chinese numerals, written here independently of the reader."""
    sections = []
    for unit in ("", "万", "亿"):
        number, section = divmod(number, 10_000)
        text, gap = "", False
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = section // place % 10
            if digit:
                text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
            gap = not digit
        sections.append((section, text + unit if section else ""))
    spelled = ""
    for section, text in reversed(sections):
        if text:
            spelled += ("零" if spelled and section < 1000 else "") + text
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _full_width(text: str) -> str:
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


_WRITTEN: list[Callable[[int], str]] = [
    str,
    "{:,}".format,
    lambda n: f"{n:,}".replace(",", "，"),
    lambda n: f"{n:,}".replace(",", " "),
    lambda n: _full_width(str(n)),
    lambda n: f"{n / 10_000:.4f}万",
    lambda n: _full_width(f"{n / 10_000:.4f}") + "万",
    lambda n: f"{n / 10**8:.8f}亿",
    _spelled,
]


@given(
    st.integers(min_value=20, max_value=10**9),
    st.sampled_from(_WRITTEN),
    st.sampled_from(["元", "户", "个", "名", "家", "亩", "公里", "吨"]),
    st.sampled_from([("", "", "exact"), ("近", "", "nearly"), ("超过", "", "more_than"), ("", "以上", "at_least"),
                     ("不足", "", "less_than"), ("", "左右", "about"), ("约", "", "about"), ("", "以内", "at_most")]),
)  # fmt: skip
def test_any_spelling_reads_back_in_a_sentence(
    number: int, write: Callable[[int], str], unit: str, meant: tuple[str, str, str]
) -> None:
    before, after, qualifier = meant
    (figure,) = find_figures(f"全县共投入{before}{write(number)}{unit}{after}，情况良好。")
    assert figure.value == pytest.approx(number)
    assert (figure.unit, figure.qualifier) == (unit, qualifier)


@given(
    st.integers(min_value=2, max_value=9999), st.integers(min_value=1, max_value=9999),
    st.sampled_from(["—", "-", "–", "～", "~", "至", "到", "——"]), st.sampled_from(["个", "名", "元", "亩"]), st.booleans(),
    st.booleans(),
)  # fmt: skip
def test_any_range_reads_back(low: int, more: int, mark: str, unit: str, twice: bool, chinese: bool) -> None:
    write = _spelled if chinese else str
    (figure,) = find_figures(f"每家可得{write(low)}{unit if twice else ''}{mark}{write(low + more)}{unit}。")
    assert (figure.lower, figure.upper, figure.qualifier, figure.unit) == (low, low + more, "range", unit)


def test_both_metrics_of_one_rate() -> None:
    found = find_figures("实现粮食产值2.5亿元、蔬菜产值1.8亿元,均增长4.2%。")
    assert [(f.surface, f.metric) for f in found if f.unit == "%"] == [("4.2%", "蔬菜产值"), ("4.2%", "粮食产值")]


def test_base_units() -> None:
    (figure,) = find_figures("3万亩")
    assert (figure.kind, figure.base_unit) == ("area", "m2")
    assert figure.base_value == pytest.approx(2e7)


def test_period_and_context() -> None:
    found = find_figures("全县形势向好。截至2月底,全县新建公路30公里。", dt.date(2024, 3, 12))
    assert (found[0].period_start, found[0].period_end) == (None, dt.date(2024, 2, 29))
    assert found[0].context == "截至2月底,全县新建公路30公里。"


def test_suspect_where_text_was_guessed() -> None:
    text = "全县新建公路30公里,硬化院坝86处。"
    first, second = find_figures(text, None, [(5, 6, "inferred text")])
    assert (first.trust, first.trust_reason) == ("suspect", "inferred text")
    assert second.trust == "sound"


def test_part_above_its_whole() -> None:
    found = find_figures("全县共有学校86所,其中小学142所。")
    assert [f.trust for f in found] == ["sound", "suspect"]


@pytest.mark.parametrize(
    ("changes", "bad"),
    [
        ({"value": 120.0, "unit": "%", "kind": "ratio", "metric": "占总数的比重"}, True),
        ({"value": 120.0, "unit": "%", "kind": "ratio", "metric": "年度计划的完成率"}, False),
        ({"value": 9e14, "unit": "元", "kind": "money", "metric": "产值"}, True),
        ({"value": 2e9, "unit": "人", "kind": "count", "metric": "人口"}, True),
        ({"value": 80.0, "unit": "%", "kind": "ratio", "metric": "覆盖率"}, False),
    ],
)
def test_implausible(changes: dict[str, Any], bad: bool) -> None:
    row = {"lower": None, "upper": None, "change": "none"} | changes
    assert (implausible(row) is not None) is bad


PHENOMENA = (
    "what_is_counted",
    "numerals", "ranges", "enumerations", "qualifiers", "units", "amounts_without_unit", "change", "per",
    "subjects_ellipsis", "periods_of_figures", "trust", "not_figures",
)  # fmt: skip


@pytest.mark.parametrize("case", [case for name in PHENOMENA for case in cases(f"figures_{name}")])
def test_phenomenon(case: dict[str, Any]) -> None:
    day = case.get("published_on")
    truth = parse(case["label"], case["marked"], dt.date.fromisoformat(day) if day else None)
    assert compare(truth, find_figures(truth.text, truth.published_on)).errors == ()


def test_marked_texts() -> None:
    """Bulletins, work reports, budgets and county news, every figure marked."""
    truths = [read(path) for path in sorted(FOLDER.glob("*.txt"))]
    verdict = sum((compare(truth, find_figures(truth.text, truth.published_on)) for truth in truths), Verdict(0, 0, 0, 0, ()))
    assert verdict.wanted > 700
    assert verdict.f1 >= 0.985, "\n".join(verdict.errors)
    assert verdict.metric >= 0.95, "\n".join(verdict.errors)


def test_figures_of_the_samples() -> None:
    """The figures that the clean truth of the sample documents names."""
    wanted = hit = right = 0
    for path in sorted(TRUTH.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        day = truth["published_on"]
        rest = find_figures("\n".join(truth["body"]), dt.date.fromisoformat(day) if day else None)
        for figure in truth["figures"]:
            wanted += 1
            same = [f for f in rest if _same(f, figure)]
            same.sort(key=lambda f: not any(name in (f.metric or "") for name in figure["metric"]))
            if same:
                rest.remove(same[0])
                hit += 1
                right += any(name in (same[0].metric or "") for name in figure["metric"])
    assert hit / wanted >= 0.99
    assert right / hit >= 0.94


_REWRITTEN: dict[str, Callable[[str], str]] = {
    "half-width punctuation": lambda text: text.translate(str.maketrans("，；：（）“”！？", ',;:()""!?')),
    "full-width digits": _full_width,
    "spaces before units": lambda text: re.sub(r"(\d)([万亿元亩个户名家人])", r"\1 \2", text),
    "spaces before numbers": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", text),
    "other dashes": lambda text: re.sub("[—～]", "-", text),
}


@pytest.mark.parametrize("way", _REWRITTEN)
def test_marked_texts_written_another_way(way: str) -> None:
    truths = [rewritten(path, _REWRITTEN[way]) for path in sorted(FOLDER.glob("*.txt"))]
    verdict = sum((compare(truth, find_figures(truth.text)) for truth in truths), Verdict(0, 0, 0, 0, ()))
    assert verdict.f1 >= 0.98, "\n".join(verdict.errors)
    assert verdict.metric >= 0.96, "\n".join(verdict.errors)


_ALIKE = {"more_than": "at_least", "less_than": "at_most", "nearly": "about"}


def test_gold(shared: Path) -> None:
    """Every required figure of the shared documents, and none too many."""
    gold = [json.loads(line) for line in (shared / "gold" / "figures.jsonl").read_text("utf-8").splitlines()]
    hit = right = extra = 0
    for path in sorted((shared / "gold").glob("*.text.json")):
        rest: list[Figure] = find_figures("\n".join(json.loads(path.read_text("utf-8"))["body"]))
        own = sorted((g for g in gold if g["doc"] == path.name[:3]), key=lambda g: bool(g["optional"]))
        for wanted in own:
            same = [f for f in rest if _same(f, wanted)]
            same.sort(key=lambda f: not any(m in (f.metric or "") for m in wanted["metric"]))
            if same:
                rest.remove(same[0])
                hit += not wanted["optional"]
                right += not wanted["optional"] and any(m in (same[0].metric or "") for m in wanted["metric"])
        extra += len(rest)
    required = sum(not g["optional"] for g in gold)
    assert 2 * hit / (required + hit + extra) >= 0.98
    assert right / hit >= 0.97


def _same(figure: Figure, wanted: dict[str, Any]) -> bool:
    values = (figure.value, figure.lower, figure.upper)
    return (
        figure.unit == wanted["unit"]
        and _ALIKE.get(figure.qualifier, figure.qualifier) == _ALIKE.get(wanted["qualifier"], wanted["qualifier"])
        and all(a == b or (a and b and abs(a - b) <= 1e-6 * abs(b)) for a, b in zip(
            values, (wanted["value"], wanted["lower"], wanted["upper"]), strict=True
        ))
    )  # fmt: skip


def test_a_figure_that_reads_otherwise_by_itself_is_suspect():
    (figure,) = find_figures("投资3.5亿元。", None, [])
    assert read_again(figure) == figure
    odd = read_again(figure._replace(value=1.0))
    assert (odd.trust, odd.trust_reason) == ("suspect", UNSTABLE)


def test_a_qualifier_on_the_line_above_is_no_part_of_a_figure():
    (figure,) = find_figures("从业人员超过\n6万人。", None, [])
    assert (figure.surface, figure.value) == ("6万人", 60000.0)
