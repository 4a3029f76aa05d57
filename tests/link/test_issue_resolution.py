"""Problems raised against problems solved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.figures import find_figures
from pipeline.link.issue_resolution import pair_issues
from tests.casefiles import cases


def _pairs(text: str) -> list[tuple[float, float]]:
    rows = [figure._asdict() for figure in find_figures(text)]
    return [(pair.issues_found, pair.issues_resolved) for pair in pair_issues(rows)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("全县共查摆问题420条,已整改386条。", [(420, 386)]),
        ("收集到群众反映的问题215件,现已办结198件,办结率92.1%。", [(215, 198)]),
        ("排查安全隐患86处,完成整改80处。", [(86, 80)]),
        ("排查矛盾纠纷120起,化解117起;发现食品安全问题32个,整改30个。", [(120, 117), (32, 30)]),
        ("梳理意见建议64条。截至目前,已解决58条。", [(64, 58)]),
        ("检查企业86家,新建公路30公里,植树20万株。", []),
        ("发现问题30个,建设小区12个。", []),
        ("发现问题30个,整改45个。", []),
        ("受理投诉举报40件,办结40件,选派干部20名。", [(40, 40)]),
        ("巡察发现问题96个,移交线索8件,已整改问题91个。", [(96, 91)]),
    ],
)
def test_pairs(text: str, pairs: list[tuple[float, float]]) -> None:
    assert _pairs(text) == pairs


@pytest.mark.parametrize("case", cases("issue_resolution"))
def test_case(case: dict[str, Any]) -> None:
    assert _pairs(case["text"]) == [tuple(pair) for pair in case["pairs"]]


def test_rate() -> None:
    rows = [figure._asdict() for figure in find_figures("查摆问题400条,已整改300条。")]
    (pair,) = pair_issues(rows)
    assert (pair.found, pair.resolved, pair.resolution_rate) == (0, 1, 0.75)


def test_of_one_subject() -> None:
    rows = [figure._asdict() | {"subject_id": name} for figure, name in zip(
        find_figures("甲乡排查问题40个。乙乡整改30个。"), ("a", "b"), strict=True
    )]  # fmt: skip
    assert list(pair_issues(rows)) == []
    assert len(list(pair_issues([row | {"subject_id": "a"} for row in rows]))) == 1


def test_of_one_period() -> None:
    figures = find_figures("2023年排查问题40个。2021年整改30个。")
    assert list(pair_issues([figure._asdict() for figure in figures])) == []


def test_gold(shared: Path) -> None:
    """The pairs of the shared documents, and no others."""
    gold = [json.loads(line) for line in (shared / "gold" / "issue_resolution.jsonl").read_text("utf-8").splitlines()]
    for path in sorted((shared / "gold").glob("*.text.json")):
        wanted = [(g["found"], g["resolved"]) for g in gold if g["doc"] == path.name[:3]]
        assert _pairs("\n".join(json.loads(path.read_text("utf-8"))["body"])) == wanted
