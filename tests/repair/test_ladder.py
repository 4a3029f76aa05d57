"""Repair as a whole: exact to undo, at rest after one call, and never in the way of sound text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.repair import repair
from pipeline.repair.ladder import tidy
from pipeline.repair.ledger import Edit

CASES = json.loads((Path(__file__).parents[1] / "cases" / "clean.json").read_text("utf-8"))

# Pieces that damaged pages are made of, so that random texts hit the passes and each other.
PIECES = st.sampled_from(
    [
        "網(wǎng)",
        "社區(qū)",
        "想(xiang)",
        "象一(yi)",
        "下雨(yu)",
        "&ldquo;",
        "ldquo;",
        "&amp;amp;lt;",
        "&nbsp;",
        "&#8220;",
        "<p>",
        "</p>",
        "<b",
        "<br/>",
        "???",
        "??",
        "?",
        ",,",
        "，，",
        "。",
        "\n",
        " ",
        "\u00a0",
        "\u3000",
        "著",
        "隨著",
        "陜西",
        "乾部",
        "寧陜縣",
        "發展",
        "发展",
        "365体育备用网站_",
        "彩票下载1.0.0老版本_",
        "有哪些",
        "20XX年",
        "从年到年",
        "C6m",
        "jZD",
        "17.4327.1955.38",
        "\ufeff",
        "\u200b",
        "\x00",
        "(",
        ")",
        "（",
        "a<b",
        "&",
        ";",
        "#",
        "amp;",
        "锟斤拷",
        "\ufffd",
        "氨娙耸安窕",
        "€",
        "Ã¤",
        "中国",
        "一",
        "2020年",
        "l",
        "t",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_undo_is_exact(text: str) -> None:
    assert repair(text).undo() == text


@given(TEXTS)
@example("Aj)))dllloquwūÎ礼Îldquo\ufffda區礼網mp;氨娙耸安窕")  # nearly a wreck
@settings(max_examples=300, deadline=None)
def test_repaired_text_is_at_rest(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_rows_are_sorted_apart_and_true(text: str) -> None:
    repaired = repair(text)
    raw_end = text_end = 0
    for row in repaired.ledger:
        assert raw_end <= row.raw_start <= row.raw_end and text_end <= row.text_start <= row.text_end
        assert text[row.raw_start : row.raw_end] == row.before
        assert repaired.text[row.text_start : row.text_end] == row.after
        assert row.before != row.after or row.status == "unresolved"
        raw_end, text_end = row.raw_end, row.text_end


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_sound_text_stays(case: dict[str, str]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case.get("expected", case["text"])
    if "expected" in case:  # Traditional: nothing but its script changes
        assert {row.damage for row in repaired.ledger} == {"script"}


@pytest.mark.parametrize(
    "piece",
    [
        "&amp;",
        "<!--",
        "<a ",
        "&",
        "網(wǎng)",
        "_体育_下载",
        "，，",
        "(",
        "??",
        "C6m\n",
        "? ",
        "\u00a0",
        "a1 ",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def cost(times: int) -> float:
        """Seconds of this process alone, the least of three: what else the machine does is no growth."""
        text = "县里开会" + piece * times

        def once() -> float:
            start = time.process_time()
            repair(text)
            return time.process_time() - start

        return min(once() for _ in range(3))

    cost(10)
    short, long = cost(1_000), cost(8_000)
    assert long < 40 * short + 0.3


def test_tidy_drops_what_overlaps_or_says_nothing() -> None:
    edits = [Edit(*span, "html", "restored") for span in ((2, 4, "x"), (0, 3, "y"), (4, 5, "e"))]
    assert tidy("abcde", edits) == [Edit(0, 3, "y", "html", "restored")]
