import pytest

from pipeline.repair import codec
from pipeline.repair.ledger import Draft

TEXT = "全县新建高标准农田三千亩，惠及农户五百户，群众收入稳步增长。"


def mend(text):
    return Draft(text).apply(codec.find(text)).finish()


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
