import datetime as dt
import json

import pytest

from pipeline.extract.figures import find_figures, implausible, reparse
from tests.casefiles import CASES, TRUTH, cases


@pytest.mark.parametrize("case", cases("figures"))
def test_cases(case):
    found = find_figures(case["text"])
    assert [f.surface for f in found] == [f["surface"] for f in case["figures"]]
    for figure, wanted in zip(found, case["figures"], strict=True):
        metric = wanted.pop("metric", None)
        for name, value in {"lower": None, "upper": None, **wanted}.items():
            got = getattr(figure, name)
            assert got == (pytest.approx(value) if isinstance(value, float) else value), name
        assert metric is None or metric in (figure.metric or "")
        assert case["text"][figure.start : figure.end] == figure.surface


def test_a_surface_read_again_gives_the_same():
    for case in json.loads((CASES / "figures.json").read_text("utf-8")):
        for figure in find_figures(case["text"]):
            again = reparse(figure.surface)
            assert again is not None
            for name in ("value", "lower", "upper", "unit"):
                assert getattr(again, name) == getattr(figure, name)


def test_a_figure_that_touches_an_uncertain_span_is_suspect():
    text = "新建公路12公里。"
    (figure,) = find_figures(text, suspect_spans=[(3, 5, "touches text that is inferred")])
    assert (figure.trust, figure.trust_reason) == ("suspect", "touches text that is inferred")
    (figure,) = find_figures(text, suspect_spans=[(30, 31, "far off")])
    assert figure.trust == "sound"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("贫困户占全村户数的120%。", "share"), ("财政收入900万亿元。", "money"), ("全县有30亿人。", "people"), ("坡地占73%。", None)],
)
def test_what_no_place_could_report_is_suspect(text, reason):
    (figure,) = find_figures(text)
    assert (figure.trust == "suspect") == (reason is not None)
    assert reason is None or reason in figure.trust_reason
    row = {name: getattr(figure, name) for name in figure.__dataclass_fields__}
    assert (implausible(row) is None) == (reason is None)


def test_the_period_of_the_sentence_or_of_the_paragraphs_opening():
    text = "2023年，全县种茶3万亩。产值2亿元。\n另建厂房5座。"
    first, second, third = find_figures(text, dt.date(2024, 3, 1))
    assert first.period_start == second.period_start == dt.date(2023, 1, 1)
    assert third.period_start is None


def test_figures_of_the_samples():
    """Recall and metric over the project's own documents, by hand-made truth."""
    wanted = hits = measured = 0
    for path in sorted(TRUTH.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        found = find_figures("\n".join(truth["body"]))
        for want in truth.get("figures", ()):
            alike = [f for f in found if want["surface"] in f.surface or f.surface in want["surface"]]
            alike = [f for f in alike if (f.value, f.lower, f.unit) == (want["value"], want["lower"], want["unit"])]
            wanted += 1
            hits += bool(alike)
            measured += any(m in (f.metric or "") for f in alike for m in want["metric"])
    assert wanted > 300
    assert hits / wanted > 0.97
    assert measured / hits > 0.9


def test_figures_of_the_seeds(shared):
    gold = [json.loads(line) for line in (shared / "gold" / "figures.jsonl").read_text("utf-8").splitlines()]
    texts = {p.name[:3]: json.loads(p.read_text("utf-8"))["body"] for p in (shared / "gold").glob("*.text.json")}
    found = {doc: find_figures("\n".join(body)) for doc, body in texts.items()}
    required = [g for g in gold if not g["optional"]]
    hits = sum(any(f.surface.endswith(g["surface"][-3:]) and f.unit == g["unit"] and f.value == g["value"] for f in found[g["doc"]]) for g in required)
    assert hits / len(required) > 0.95
