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


# What the mirror annotates, and sentences in which its readings land between the bytes of other characters.
READINGS = {"強": "qiáng", "數": "shù", "購": "gòu", "當": "dāng", "業": "yè", "負": "fù", "責": "zé", "動": "dòng", "帶": "dài"}
BETWEEN_BYTES = [
    "合作社帶動當地群眾就近就業，戶均增收。",
    "該村獲評百強村，當地村民都很高興。",
    "走進當地的茶園，春茶已經上市。",
]


@pytest.mark.parametrize("true", BETWEEN_BYTES)
def test_annotations_that_landed_between_the_bytes_of_a_character(true):
    damaged = misaligned_generator.annotate(true, READINGS)
    assert "?" in damaged and "(" not in damaged[damaged.index("?") :][:3]
    mended = repair(damaged)
    assert mended.text == repair(true).text.replace("，", ",")
    assert mended.undo() == damaged


def test_an_annotation_between_bytes_amid_a_misalignment():
    """”該公司 read one off up to 負, whose own annotation lost its bracket."""
    true = "一個月工資有三千多元。”該公司負責人說。"
    damaged = misaligned_generator.annotate("廠長介紹：“" + true, READINGS)
    assert "?fù)" in damaged
    assert repair(damaged).text.endswith("一个月工资有三千多元。”该公司负责人说。")


@pytest.mark.parametrize("text", ["他问(wèn)：为什么?(è)没人答", "读作?gòu)还是gōu", "《?lǎo)》", "见附表?ā)"])
def test_a_reading_that_no_bytes_explain_stays(text):
    assert [row for row in repair(text).ledger if row.damage == "misaligned_gbk"] == []


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
