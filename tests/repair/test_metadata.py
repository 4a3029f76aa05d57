from __future__ import annotations

import datetime as dt

import pytest

from pipeline.repair import metadata
from pipeline.repair.bylines import Info
from pipeline.repair.page_lines import Findings, lines_of


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2020年3月5日", dt.date(2020, 3, 5)),
        ("二〇二〇年三月二十五日", dt.date(2020, 3, 25)),
        ("（二○一九年十月十日）", dt.date(2019, 10, 10)),
        ("2020年2月30日", None),
        ("三月五日", None),
    ],
)
def test_days_in_either_numerals(line: str, day: dt.date | None) -> None:
    assert metadata.day_in(line) == day


def test_what_is_stated_comes_before_the_container_and_the_year_in_the_text() -> None:
    stated, hint = dt.date(2020, 3, 5), dt.date(2021, 1, 1)
    found = Findings(day=(3, 4))
    assert metadata.published_on(Info(date=stated), {}, found, hint, "") == (stated, "stated")
    assert metadata.published_on(Info(), {"pubdate": "2020-03-05"}, found, hint, "") == (stated, "stated")
    assert metadata.published_on(Info(), {}, found, hint, "") == (hint, "stated")
    assert metadata.published_on(Info(), {}, found, None, "2018年和2019年") == (dt.date(2019, 3, 4), "inferred")
    assert metadata.published_on(Info(), {}, found, None, "") == (None, "unknown")


def test_a_loose_day_above_the_article_counts_unless_it_is_another_kind_of_day() -> None:
    lines = lines_of("东河发布 2020-03-05 18:06 发表于陕西\n全县召开会议。")
    lines[0].body = False
    assert metadata.loose_date(lines) == dt.date(2020, 3, 5)
    lines = lines_of("有效期至2030年3月5日\n全县召开会议。")
    lines[0].body = False
    assert metadata.loose_date(lines) is None


def test_people_of_the_source_come_behind_those_of_the_bylines() -> None:
    meta = {"author": "张三", "editor": "李四 王五", "copyright": "青山网"}
    assert metadata.people(Info([("张三", "记者")]), meta) == [("张三", "记者"), ("李四", "责任编辑"), ("王五", "责任编辑")]
    assert [metadata.is_editor(role) for role in ("责任编辑", "记者")] == [True, False]
