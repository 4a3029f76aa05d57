"""The ledger: passes compose into one account against the raw text, and it can be undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair import repair
from pipeline.repair.ledger import Draft, Edit, Repair, Repaired, undo


def _edit(start: int, end: int, after: str, damage: str = "script", status: str = "restored", confidence: float = 1.0) -> Edit:
    return Edit(start, end, after, damage, status, confidence)


def _row(repaired: Repaired) -> Repair:
    (row,) = repaired.ledger
    return row


def test_one_edit_is_one_row() -> None:
    repaired = Draft("宁陜县").apply([_edit(1, 2, "陕")]).finish()
    assert repaired.text == "宁陕县"
    assert _row(repaired) == Repair(1, 2, 1, 2, "陜", "陕", "script", "restored", 1.0, None)


def test_a_later_pass_is_told_in_raw_positions() -> None:
    draft = Draft("網(wǎng)站和著力").apply([_edit(1, 7, "", "pinyin")]).apply([_edit(3, 4, "着")])
    first, second = draft.finish().ledger
    assert (first.raw_start, first.raw_end, first.text_start) == (1, 7, 1)
    assert (second.raw_start, second.raw_end, second.text_start, second.before) == (9, 10, 3, "著")


def test_overlapping_changes_become_one_row_of_the_earlier_class_and_weaker_certainty() -> None:
    draft = Draft("abcdef").apply([_edit(1, 4, "XY", "misaligned_gbk", "inferred", 0.8)]).apply([_edit(2, 4, "Z")])
    row = _row(draft.finish())
    assert (row.before, row.after) == ("bcde", "XZ")
    assert (row.damage, row.status, row.confidence) == ("misaligned_gbk", "inferred", 0.8)


def test_changes_that_only_touch_stay_apart() -> None:
    text = "县(xiàn)&#8220;三变&#8221;(biàn)改革"
    annotations = [_edit(1, 7, "", "pinyin"), _edit(23, 29, "", "pinyin")]
    draft = Draft(text).apply(annotations).apply([_edit(1, 8, "“", "html"), _edit(10, 17, "”", "html")])
    repaired = draft.finish()
    assert repaired.text == "县“三变”改革" and repaired.undo() == text
    assert [(row.before, row.after) for row in repaired.ledger] == [
        ("(xiàn)", ""),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("(biàn)", ""),
    ]


def test_a_removal_swallows_what_was_mended_inside() -> None:
    draft = Draft("前網12後").apply([_edit(1, 2, "网")]).apply([_edit(1, 4, "", "injected", "removed")])
    assert (_row(draft.finish()).damage, _row(draft.finish()).status) == ("injected", "removed")


def test_a_change_taken_back_leaves_no_row() -> None:
    assert Draft("ab").apply([_edit(0, 1, "x")]).apply([_edit(0, 1, "a")]).finish().ledger == ()


def test_an_unresolved_mark_stays() -> None:
    assert _row(Draft("20XX年").apply([_edit(0, 4, "20XX", "injected", "unresolved", 0.5)]).finish()).after == "20XX"


@pytest.mark.parametrize(
    "edits",
    [
        [_edit(2, 3, ""), _edit(0, 1, "")],
        [_edit(0, 2, ""), _edit(1, 3, "")],
        [_edit(0, 9, "")],
    ],
)
def test_edits_must_be_sorted_apart_and_inside(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="sorted"):
        Draft("abcd").apply(edits)


def test_a_foreign_ledger_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        undo("abc", [Repair(0, 1, 0, 1, "x", "z", "html", "restored", 1.0, None)])


@st.composite
def _passes(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text and some passes, each with edits that fit the text the earlier ones leave."""
    raw = text = draw(st.text("甲乙丙丁戊", max_size=20))
    passes: list[list[Edit]] = []
    for _ in range(draw(st.integers(0, 4))):
        bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        edits = [
            _edit(
                a,
                b,
                draw(st.text("子丑寅", max_size=3)),
                draw(st.sampled_from(["html", "injected"])),
                draw(st.sampled_from(["restored", "removed", "inferred", "unresolved"])),
            )
            for a, b in zip(bounds[::2], bounds[1::2], strict=False)
        ]
        passes.append(edits)
        for edit in reversed(edits):
            text = text[: edit.start] + edit.after + text[edit.end :]
    return raw, passes


@given(_passes())
def test_any_passes_compose_and_undo(case: tuple[str, list[list[Edit]]]) -> None:
    raw, passes = case
    draft = Draft(raw)
    expected = raw
    for edits in passes:
        for edit in reversed(edits):
            expected = expected[: edit.start] + edit.after + expected[edit.end :]
        draft.apply(edits)
    repaired = draft.finish()
    assert repaired.text == expected
    assert repaired.undo() == raw
    assert all(raw[row.raw_start : row.raw_end] == row.before for row in repaired.ledger)


def test_raw_positions_are_those_of_equal_characters():
    repaired = repair("網(wǎng)站上&nbsp;的文章（張三）著")
    raw = repaired.undo()
    places = range(len(repaired.text) + 1)
    found = repaired.raw_positions(places)
    assert found == sorted(found) and found[-1] <= len(raw)
    changed = {place for row in repaired.ledger for place in range(row.text_start, max(row.text_end, row.text_start + 1))}
    assert all(
        raw[found[place]] == repaired.text[place] for place in places if place not in changed and place < len(repaired.text)
    )
    assert Repaired("甲乙", ()).raw_positions([0, 1, 2]) == [0, 1, 2]
