from __future__ import annotations

import pytest

from pipeline.repair import credits


@pytest.mark.parametrize(
    ("paragraph", "left", "people"),
    [
        ("全县召开会议。（张存成）", "全县召开会议。", [("张存成", "作者")]),
        ("取得成效。(记者 李四 通讯员 王五)", "取得成效。", [("李四", "记者"), ("王五", "通讯员")]),
        ("取得成效。责编:王五", "取得成效。", [("王五", "责任编辑")]),
        ("稳定增收。（县委办 张三）", "稳定增收。", [("张三", "作者")]),
    ],
)
def test_a_signature_is_cut_off_the_last_paragraph(paragraph: str, left: str, people: list[tuple[str, str]]) -> None:
    found = credits.signature(paragraph)
    assert found is not None
    assert paragraph[: found[0]] == left
    assert found[1].people == people


@pytest.mark.parametrize("paragraph", ["全县有四个乡。（含社区）", "增长百分之五（王五）", "全县召开会议。"])
def test_other_brackets_are_no_signature(paragraph: str) -> None:
    assert credits.signature(paragraph) is None


def test_how_a_first_paragraph_opens() -> None:
    info, day, byline = credits.lead("某某网9月8日电（记者 张三）全县召开会议。")
    assert info.publisher == "某某网"
    assert info.people == [("张三", "记者")]
    assert day == (9, 8)
    assert byline == len("某某网9月8日电（记者 张三）")


@pytest.mark.parametrize("opening", ["本报讯 ", "某某网9月8日电 ", "本报讯（第三届）", "全县（张三）"])
def test_an_opening_without_names_is_no_byline(opening: str) -> None:
    assert credits.lead(f"{opening}全县召开会议。")[2] == 0


@pytest.mark.parametrize(
    ("paragraph", "publisher", "people"),
    [
        ("（清河县统计局）", "清河县统计局", []),
        ("（山南日报记者　次仁多吉）", "山南日报", [("次仁多吉", "记者")]),
        ("(通讯员 央金卓玛)", None, [("央金卓玛", "通讯员")]),
    ],
)
def test_a_bracket_alone_is_a_signature(paragraph: str, publisher: str | None, people: list[tuple[str, str]]) -> None:
    at, info = credits.signature(paragraph) or pytest.fail("not read as a signature")
    assert (at, info.publisher, info.people) == (0, publisher, people)


def test_a_bracketed_remark_stays() -> None:
    assert credits.signature("以上数据由县统计局提供（清河县统计局）") is None
    assert credits.signature("（以上数据均为初步核算数）") is None


@pytest.mark.parametrize(
    ("paragraph", "publisher", "people"),
    [
        ("账目公开了。（青山县纪委监委　||　责任编辑　罗小溪）", "青山县纪委监委", [("罗小溪", "责任编辑")]),
        ("账目公开了。（县人大代表联络科　吴光明）", None, [("吴光明", "作者")]),
        ("锣鼓敲起来了。（新华社记者央金摄）", "新华社", [("央金", "记者")]),
        ("电站并网了。（完）", None, []),
    ],
)
def test_brackets_of_other_kinds(paragraph: str, publisher: str | None, people: list[tuple[str, str]]) -> None:
    at, info = credits.signature(paragraph) or pytest.fail("not read as a signature")
    assert paragraph[:at] == paragraph[: paragraph.rindex("（")]
    assert (info.publisher, info.people) == (publisher, people)


def test_a_dateline_with_people_without_surnames() -> None:
    opening = "据青山社临江5月21日电（记者央金卓玛、韩世平）"
    info, day, byline = credits.lead(opening + "羊群到了光伏板下。")
    assert (info.publisher, day, byline) == ("青山社", (5, 21), len(opening))
    assert [name for name, _ in info.people] == ["央金卓玛", "韩世平"]
