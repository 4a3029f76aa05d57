import datetime as dt
import json

import pytest

from pipeline.extract.places import find_places
from tests.casefiles import TRUTH, cases

TRUTHS = [json.loads(path.read_text("utf-8")) for path in sorted(TRUTH.glob("*.json"))]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth["name"])
def test_the_samples_places_and_counties(truth):
    text = "\n".join(truth["body"])
    context = "\n".join(truth[key] or "" for key in ("publisher", "section"))
    mentions, geography = find_places(text, truth["title"], context)
    assert geography.county_code == truth["county_code"]
    named = {m.surface for m in mentions} | {m.name for m in mentions}
    assert not [place["name"] for place in truth["places"] if not {place["name"], *place.get("surfaces", ())} & named]
    assert all(text[m.start : m.end] == m.surface for m in mentions if m.start >= 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县形成县级领导包抓机制，各村和贫困村都有驻村干部。", set()),
        ("江苏省宜兴、常州市对口帮扶。", {"江苏省", "宜兴市", "常州市"}),
        ("陕西省宁陕县城关镇八亩村的宁陕人。", {"陕西省", "宁陕县", "城关镇", "八亩村"}),
        ("秦岭南麓、嘉陵江上游。", {"秦岭", "嘉陵江"}),
        ("改革和和平是大势。", set()),
        ("宁陕县实施乡村振兴，深入镇村调研。", {"宁陕县"}),
    ],
)
def test_names_are_read_in_their_surroundings(text, expected):
    mentions, _ = find_places(text)
    assert {m.name for m in mentions} == expected


def test_a_township_of_many_counties_is_the_one_of_this_county():
    for county, code in (("宁陕县", "610923"), ("略阳县", "610727")):
        mentions, _ = find_places(f"{county}召开会议。{county}城关镇落实。")
        assert {m.county_code for m in mentions if m.name == "城关镇"} == {code}


def test_a_document_without_a_county_says_why():
    mentions, geography = find_places("全省地区生产总值增长5%。")
    assert (mentions, geography.county_code) == ([], None)
    assert geography.reason


def test_places_of_the_seeds(shared):
    gold = [json.loads(line) for line in (shared / "gold" / "entities.jsonl").read_text("utf-8").splitlines()]
    required = [g for g in gold if g["type"] == "place" and not g["optional"]]
    for path in sorted((shared / "gold").glob("*.text.json")):
        page = json.loads(path.read_text("utf-8"))
        mentions, _ = find_places("\n".join(page["body"]), page["title"] if isinstance(page["title"], str) else None)
        for want in (g for g in required if g["doc"] == path.name[:3]):
            alike = [m for m in mentions if m.surface in want["surfaces"]]
            assert alike, want["canonical"]
            assert not want.get("code") or any(want["code"] in (m.code, m.county_code) for m in alike)


@pytest.mark.parametrize("case", cases("places"))
def test_cases(case):
    date = dt.date.fromisoformat(case["published_on"]) if case["published_on"] else None
    mentions, _ = find_places(case["text"], case["title"], "", date)
    codes = {m.name: m.code for m in mentions}
    assert {name: codes.get(name) if code else None for name, code in case["expected"].items()} == case["expected"]
    assert not set(case["expected"]) - set(codes)
    assert not set(case["absent"]) & (set(codes) | {m.surface for m in mentions})


def test_a_former_county_has_its_present_code_beside_that_of_its_time():
    mentions, _ = find_places("重庆市武隆县召开大会。", None, "", dt.date(2010, 3, 2))
    assert [(m.code, m.county_code) for m in mentions if m.name == "武隆县"] == [("500232", "500156")]
