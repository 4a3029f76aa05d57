"""Lines broken at a width go on; lines that are lines stay."""

import pytest

from pipeline.repair.page import read_page
from pipeline.repair.wrapping import continuations

PARAGRAPHS = (
    "今年以来，青石县坚持把产业发展作为强县富民的重要抓手，全县新建标准化茶园1.25万亩，带动农户3860户，户均增收4200元，"
    "茶叶综合产值达到6.8亿元，比上年增长12.4%。",
    "与此同时，县里投入资金2300万元，修复水毁道路47公里，新建便民桥12座，解决了1.6万名群众的出行难题，群众的满意度明显提高。",
)


def wrap(text, width):
    return [text[i : i + width] for i in range(0, len(text), width)]


@pytest.mark.parametrize("width", [20, 30, 38])
@pytest.mark.parametrize("between", ["\n\n", "\n　　"])
def test_paragraphs_come_back(width, between):
    lines = [line for paragraph in PARAGRAPHS for line in wrap(paragraph, width)]
    firsts = {0, len(wrap(PARAGRAPHS[0], width))}
    gaps = [between if n in firsts else "\n" for n in range(len(lines))]
    assert continuations(lines, gaps) == [n not in firsts for n in range(len(lines))]


@pytest.mark.parametrize(
    "lines",
    [
        ["全县新建茶园1.25万亩，带动农户3860户。", "修复道路47公里，新建便民桥12座，惠及群众。", "解决了1.6万名群众的出行难题。"],
        ["春眠不觉晓", "处处闻啼鸟", "夜来风雨声", "花落知多少"],
        ["一、加强领导", "二、压实责任", "三、严格考核"],
        ["只有一行，没有第二行可以接上去的意思"],
        [],
        [*PARAGRAPHS],
    ],
)  # fmt: skip
def test_lines_that_are_lines_stay(lines):
    assert not any(continuations(lines, ["\n"] * len(lines)))


def test_a_wrapped_page_has_its_paragraphs_and_figures_again():
    body = "\n\n".join("\n".join(wrap(paragraph, 30)) for paragraph in PARAGRAPHS)
    page = read_page(f"青石县茶产业富民\n\n{body}\n", is_html=False, published_hint=None)
    assert page.repaired.text == "\n".join(PARAGRAPHS)
    assert page.repaired.undo() == f"青石县茶产业富民\n\n{body}\n"


def test_a_line_that_begins_with_a_comma_goes_on():
    lines = ["他家五口人", "，儿子一年务工收入5万元，", "、种植收入2万元。", "第二年又有增收。", "，，"]
    assert continuations(lines, ["\n"] * len(lines)) == [False, True, True, False, False]
