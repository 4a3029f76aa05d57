from __future__ import annotations

from pipeline.repair.boxes import in_article
from pipeline.repair.html import Box


def box(parent: int, tag: str = "<div>") -> Box:
    return Box(0, 0, parent, tag)


PAGE = [box(-1, "<body>"), box(0, "<div id=a>"), box(0, "<div id=b>")]


def test_what_stands_behind_a_line_of_the_site_in_another_box_is_not_the_article() -> None:
    place = [1, 1, 2, 2]
    assert in_article(PAGE, place, {0: 80, 1: 80, 3: 30}, {2}.__contains__) == ([0, 1], {2, 3})


def test_nothing_between_them_and_it_is_the_article() -> None:
    assert in_article(PAGE, [1, 1, 2, 2], {0: 80, 1: 80, 3: 30}, set[int]().__contains__) == ([0, 1, 3], set())


def test_boxes_that_are_alike_hold_one_article() -> None:
    page = [box(-1, "<body>"), *(box(0, "<section class=p>") for _ in range(3))]
    assert in_article(page, [1, 0, 2, 3], {0: 300, 2: 40, 3: 40}, {1}.__contains__) == ([0, 2, 3], set())


def test_text_in_no_box_is_all_kept() -> None:
    assert in_article(PAGE, [-1, 1, -1], {0: 80, 1: 20, 2: 80}, lambda _: True) == ([0, 1, 2], set())


def test_of_two_equal_parts_none_is_taken_out() -> None:
    assert in_article(PAGE, [1, 2], {0: 80, 1: 80}, lambda _: True)[0] == [0, 1]
