from __future__ import annotations

from typing import Any

import pytest

from pipeline.repair import codec
from pipeline.repair.ledger import Draft
from tests.casefiles import cases

TEXT = "全县新建高标准农田三千亩，惠及农户五百户，群众收入稳步增长。"


def mend(text):
    return Draft(text).apply(codec.find(text)).finish()


@pytest.mark.parametrize("case", cases("codec"))
def test_cases(case: dict[str, Any]) -> None:
    mended = mend(case["text"])
    assert mended.text == case["expected"]
    assert mended.undo() == case["text"]


@pytest.mark.parametrize(("written", "read"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_lossless_accidents_come_back(written, read):
    damaged = TEXT.encode(written).decode(read)
    mended = mend(damaged)
    assert mended.text == TEXT
    assert mended.undo() == damaged


def test_what_has_nothing_left_is_named_and_left_alone():
    damaged = "锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷"
    mended = mend(damaged)
    assert mended.text == damaged
    assert {row.status for row in mended.ledger} == {"unresolved"}


@pytest.mark.parametrize("text", [TEXT, "café à la carte", "plain ASCII", ""])
def test_sound_text_is_left_alone(text):
    assert codec.find(text) == []


def test_what_had_to_be_guessed_is_said_with_its_confidence():
    ledger = mend(TEXT.encode().decode("gbk", "replace")).ledger
    guesses = [row for row in ledger if "\ufffd" in row.before]
    assert guesses
    assert {row.status for row in guesses} == {"inferred"}
    assert all(0 < row.confidence < 1 for row in guesses)


def test_a_line_of_which_too_much_is_lost_is_named_and_left_alone():
    damaged = TEXT.encode("gbk").decode("utf-8", "replace")
    mended = mend(damaged)
    assert mended.text == damaged
    assert [row.status for row in mended.ledger] == ["unresolved"]
