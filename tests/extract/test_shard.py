from __future__ import annotations

from typing import Any

from pipeline.extract.figures import find_figures
from pipeline.extract.shard import REWORDED, suspect_spans
from pipeline.repair.ladder import repair
from tests.casefiles import cases


def _changes(text: str) -> list[dict[str, Any]]:
    names = ("text_start", "text_end", "damage", "status", "suggestion")
    return [{"doc_id": "d"} | {name: getattr(row, name) for name in names} for row in repair(text).ledger]


def test_every_figure_of_a_reworded_text_is_suspect() -> None:
    seen = set()
    for parameter in cases("spun"):
        case = parameter.values[0]
        for figure in find_figures(case["text"], None, suspect_spans(_changes(case["text"])).get("d", [])):
            assert (figure.trust_reason == REWORDED) is bool(case["marked"]), figure
            seen.add(figure.trust)
    assert seen == {"sound", "suspect"}


def test_a_masked_year_puts_only_its_own_span_in_doubt() -> None:
    spans = suspect_spans(_changes("20XX年，全县种植面积为3.2万亩。"))["d"]
    assert [reason for _, _, reason in spans] == ["touches text that is unresolved (injected)"]
