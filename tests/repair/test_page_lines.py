from __future__ import annotations

import datetime as dt

from pipeline.repair import html
from pipeline.repair.bylines import Info
from pipeline.repair.ledger import Draft
from pipeline.repair.page_lines import Findings, Line, hear, lines_of, note_site, trace


def test_lines_know_where_they_stand_without_the_space_around_them() -> None:
    text = "首页\n\n　　全县召开会议。 \n"
    assert [(line.text, text[line.start : line.end]) for line in lines_of(text)] == [
        ("首页", "首页"),
        ("全县召开会议。", "全县召开会议。"),
    ]


def test_the_first_publisher_and_day_count_and_everybody_is_heard_once() -> None:
    found = Findings()
    hear(found, Info([("张三", "记者")], "青山网", None, dt.date(2020, 1, 2), {"author"}))
    hear(found, Info([("张三", "记者"), ("李四", "编辑")], "东河网", "县区", dt.date(2021, 1, 2), {"editor"}))
    hear(found, None)
    assert found.info == Info([("张三", "记者"), ("李四", "编辑")], "青山网", "县区", dt.date(2020, 1, 2), {"author", "editor"})


def test_only_a_removed_line_names_the_site() -> None:
    found = Findings()
    note_site(Line(0, 3, "青山网"), found)
    assert found.site is None
    note_site(Line(0, 3, "青山网", body=False), found)
    assert found.site == "青山网"


def test_the_source_says_which_lines_are_links_and_which_the_sites() -> None:
    raw = "<html><body><nav>导航之一</nav><a href=x>东河开会</a><p>全县召开会议。</p></body></html>"
    source = html.read_source(raw)
    repaired = Draft(raw).apply(source.edits).finish()
    lines = lines_of(repaired.text)
    trace(raw, lines, repaired, source)
    assert [(line.text, line.linked, line.site) for line in lines] == [
        ("导航之一", False, True),
        ("东河开会", True, False),
        ("全县召开会议。", False, False),
    ]
