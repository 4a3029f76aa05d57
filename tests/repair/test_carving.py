from __future__ import annotations

from pipeline.repair.carving import carve, goes_on, torn_breaks
from pipeline.repair.ledger import Draft, Edit
from pipeline.repair.page_lines import lines_of


def test_lines_that_are_no_body_go_and_the_ledger_gives_them_back() -> None:
    raw = "首页\n\n　　全縣召开会议。\n责任编辑：张三\n会议强调安全。"
    repaired = Draft(raw).apply([Edit(raw.index("縣"), raw.index("縣") + 1, "县", "script", "restored")]).finish()
    lines = lines_of(repaired.text)
    lines[0].body = lines[2].body = False
    carved = carve(raw, repaired, lines)
    assert carved.text == "全县召开会议。\n会议强调安全。"
    assert carved.undo() == raw
    assert [row.damage for row in carved.ledger] == ["furniture", "script", "furniture"]


def test_a_page_that_is_all_body_is_left_as_it_is() -> None:
    repaired = Draft("全县召开会议。").finish()
    assert carve("全县召开会议。", repaired, lines_of(repaired.text)) is repaired


def test_breaks_within_paragraphs_are_cut_out_of_the_source() -> None:
    text = "全县各级各部门坚持把粮食生产作为头等大事来抓，" * 4
    raw = "\n".join(text[n : n + 20] for n in range(0, len(text), 20))
    repaired = Draft(raw).finish()
    lines = lines_of(repaired.text)
    joined = goes_on(repaired, lines)
    assert joined == [False, *[True] * (len(lines) - 1)]
    assert Draft(raw).apply(torn_breaks(raw, repaired, lines, joined)).text == text
