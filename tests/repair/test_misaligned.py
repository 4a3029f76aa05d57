"""Misaligned GBK, made with the generator that made the wild ones, and mended again."""

import inspect
import time

import pytest

from pipeline.repair import misaligned, misaligned_generator, repair
from pipeline.repair.ledger import Draft

CLEAN = [
    "全县新建高标准农田，惠及农户。",
    "为什么??真的吗?!他问道，没有人回答???",
    "Q: why?? A: because! What?!",
    "价格是€25，约合190元。",
    "龘龗是生僻字，厷也是。",
    "会议要求，各部门要抓好落实！",
]


@pytest.mark.parametrize("text", CLEAN)
def test_sound_text_is_left_alone(text):
    assert repair(text).text == text


def test_a_true_misalignment_is_mended_and_proved():
    """The bytes of 。快速 read one off, as the generator in the wild leaves them."""
    true = "環境治理是基礎。快速分解細化工作任務，堅持真抓實幹。"
    damaged = misaligned_generator.misalign(true)
    assert damaged != true
    mended = Draft(damaged).apply(misaligned.find(damaged)).finish()
    assert mended.undo() == damaged
    certain = [row for row in mended.ledger if row.status == "restored"]
    assert certain
    assert all(row.after in true for row in certain)
    assert "快速分解細" in mended.text


@pytest.mark.parametrize("pattern", ["??", "?!", "€", "\ufffd", "？？"])
def test_marks_alone_cost_little(pattern):
    begun = time.monotonic()
    misaligned.find("县里开会" + pattern * 300)
    assert time.monotonic() - begun < 20


def test_the_seeds_are_whole(shared):
    import json

    from pipeline.repair.page import read_page

    for path in sorted((shared / "gold").glob("*.text.json")):
        gold = json.loads(path.read_text("utf-8"))
        page = read_page((shared / "seeds" / gold["file"]).read_text("utf-8"))
        for row in page.repaired.ledger:
            if row.damage == "misaligned_gbk" and row.status == "restored":
                assert row.after == page.repaired.text[row.text_start : row.text_end]
        marks = str.maketrans("，：；？！（）", ",:;?!()")
        wanted = "".join("".join(gold["body"]).translate(marks).split())
        assert "".join(page.repaired.text.translate(marks).split()) == wanted
    assert inspect.getdoc(misaligned)
