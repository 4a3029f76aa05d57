from itertools import islice

import pytest

from pipeline.extract.gazetteer import load, short_name, townships, villages


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("610000", "陕西省", "province"),
        ("141100", "吕梁市", "prefecture"),
        ("623023", "舟曲县", "county"),
        ("320282", "宜兴市", "county"),
    ],
)
def test_places_by_code(code, name, level):
    place = load().by_code(code)
    assert (place.name, place.level) == (name, level)


def test_a_path_leads_to_the_province():
    names = [place.name for place in load().path(load().by_code("610923"))]
    assert names == ["宁陕县", "安康市", "陕西省"]


def test_every_path_leads_upwards_and_ends():
    order = ["province", "prefecture", "county"]
    for place in (p for places in load().by_name.values() for p in places):
        levels = [order.index(p.level) for p in islice(load().path(place), 4)]
        assert levels == sorted(set(levels), reverse=True), place


def test_a_city_without_counties_stands_among_them():
    assert [(p.name, p.level) for p in load().path(load().by_code("441900"))] == [("东莞市", "county"), ("广东省", "province")]
    assert townships("441900")


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("甘南藏族自治州", "甘南"),
        ("略阳县", "略阳"),
        ("礼县", "礼县"),
        ("陕西省", "陕西"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
    ],
)
def test_short_names(full, short):
    assert short_name(full) == short


def test_townships_and_villages_of_both_vintages():
    assert townships("610923")["城关镇"].startswith("610923")
    assert "岭底乡" in townships("141122")  # merged since
    assert villages("610923")["八亩村"].startswith("610923")


def test_twelve_digit_codes_resolve_to_their_parents():
    code = townships("610923")["城关镇"]
    assert load().by_code(code).parent_code == "610923"
    assert load().has_code(code)
    assert not load().has_code("999999")
