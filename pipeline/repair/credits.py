"""Credits inside paragraphs: the bracket or label at the end of the last one, the dateline at the beginning of the first.

Here belongs where a credit begins and ends in running text: `（记者 张三）`, `某某网9月8日电（记者 张三）`. Lines that are
bylines as a whole are read in `bylines`.
"""

from __future__ import annotations

import re

from pipeline.repair.bylines import BODY, ISSUER, ORG_NAMES, Info, add_people, read_line
from pipeline.repair.reporters import NAMES, SOMEBODY, SOURCE, is_names, reporters

_BRACKET = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕\n]{1,60})[)）\]】〕][ \u3000。]*$")
_PROVIDED = re.compile(rf"({BODY})[ \u3000]{{0,4}}(?:供稿|报送|宣)")
# The same with names of whatever people: `某某乡　格桑拉姆　杨建军`.
_ORG_SOMEBODY = re.compile(
    rf"{BODY}[ \u3000]{{1,3}}(?P<names>[\u4e00-\u9fff]{{2,5}}(?:[ \u3000、]{{1,3}}[\u4e00-\u9fff]{{2,5}}){{0,3}})"
)
_ABOUT_AUTHOR = re.compile(r"作者(?:系|为|是|单位|简介|[:：]).*|完|未完待续|(?:据|综合|摘自|转自|原载)[^,，。]{2,24}")
_PARTS = re.compile(r"[ \u3000]*(?:\|\||‖|｜｜|丨|\||｜)[ \u3000]*")
_LEAD = re.compile(
    r"^[ \u3000]*[【\[]?据?(?:本报|本网|本站|本台|(?P<source>(?!据)[\u4e00-\u9fff]{2,10}?(?:社|网|报|频道|在线|客户端)))"
    r"(?P<place>[\u4e00-\u9fff]{0,8}?)[ \u3000]?(?:(?P<m>\d{1,2})月(?P<d>\d{1,2})日)?(?:[电讯]|消息)"
)
_FIRST_BRACKET = re.compile(r"^[(（]((?:本报|本网)?(?:见习|特约|实习)?(?:记者|通讯员)[^()（）\n]{2,40})[)）]")
# 某某县某某镇人民政府：张三 李四
_SENT_BY = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,20}(?:政府|办事处|委员会|纪委监委|纪委|宣传部|组织部|融媒体中心|[局办]))"
    rf" ?[:：] ?(?P<names>{NAMES})"
)
_GO_ON = re.compile(r"返回[\u4e00-\u9fff]{2,4}[，,][ \u3000]?查看更多$|[（(]?点击(?:阅读|查看)(?:原文|更多|全文)[）)]?$")
_LEAD_NAMES = re.compile(
    r"^[^。\n]{0,24}?(?:[电讯]|消息)[ \u3000]*[】\]]?[ \u3000]*"
    r"(?P<who>[^。，,（(：:\n]{4,40}?)(?:摄影报道|报道)?(?:[:：]|(?<=报道)[，,]?)"
)
_LEAD_BRACKET = re.compile(r"^[^。\n]{0,24}?(?:[电讯]|消息)?[ \u3000]*[】\]]?[ \u3000]*[(（]([^()（）\n]{2,60})[)）]")


def signature(paragraph: str) -> tuple[int, Info] | None:
    """Read a signature at the end of a paragraph: `(张存成)`, `(记者 李四)`, `责编:王五` behind the last full stop.

    Args:
        paragraph: the last paragraph.

    Returns:
        Where the signature begins and what it says, or None.
    """
    sent_by = _SENT_BY.fullmatch(paragraph)
    if sent_by:
        sender = Info(kinds={"author"}, publisher=sent_by["body"])
        add_people(sender, sent_by["names"], "作者")
        return 0, sender
    more = _GO_ON.search(paragraph)
    if more and more.start():
        return more.start(), Info(kinds={"drop"})
    match = _BRACKET.search(paragraph[-80:])
    if match:
        at = len(paragraph) - len(paragraph[-80:]) + match.start()
        if at == 0 and re.fullmatch(ISSUER, match[1].strip()):
            return at, Info(kinds={"publisher"}, publisher=match[1].strip())
        info = _in_bracket(match[1].strip(), full=at == 0 or paragraph[:at].rstrip()[-1:] in '。！？!?”…"；;')
        if info:
            return at, info
    stop = max(paragraph.rfind(sign, max(0, len(paragraph) - 80), len(paragraph) - 2) for sign in "。！？!?”")
    if stop >= 0 and paragraph[stop + 1 :].strip():
        tail = read_line(paragraph[stop + 1 :].strip())
        if tail and tail.kinds & {"author", "editor", "publisher"}:
            return stop + 1, tail
    return None


def lead(paragraph: str) -> tuple[Info, tuple[int, int] | None, int]:
    """Read how a first paragraph opens: `本报讯(记者 张三)`, `某某网9月8日电`.

    Returns:
        What it says, (month, day) where no year stands beside them, and how many characters of it are a byline: those up
        to the bracket with names. Without one the opening stays in the text.
    """
    info = Info()
    match = _LEAD.match(paragraph)
    day = None
    if match:
        if match["m"] or not match[0].endswith("消息"):  # else it says where the news is from
            info.publisher = match["source"]
        if match["m"]:
            day = int(match["m"]), int(match["d"])
    named = _LEAD_NAMES.match(paragraph) if match else None
    people = reporters(named["who"].strip(), glued=True) if named else None
    if named and people:
        info.people = people
        return info, day, named.end()
    bracket = _LEAD_BRACKET.match(paragraph) if match else _FIRST_BRACKET.match(paragraph)
    inside = bracket[1].strip() if bracket else ""
    said = _in_bracket(inside, True) if bracket else None
    if said:
        info.people = said.people
        info.date = said.date
    return info, day, bracket.end() if bracket and info.people else 0


def _in_bracket(inside: str, full: bool) -> Info | None:
    if not full:
        return None
    parts = _PARTS.split(inside)
    if len(parts) > 1:
        return _in_parts(parts) or read_line(inside)
    if is_names(inside):
        info = Info(kinds={"author"})
        add_people(info, inside, "作者")
        return info
    line = read_line(inside)
    if line and line.kinds - {"button", "date"}:
        return line
    source = SOURCE.match(inside)
    reported = reporters(inside[source.end() :] if source else inside, glued=True)
    if reported:
        return Info(reported, publisher=source[1] if source else None, kinds={"author"})
    provided = _PROVIDED.fullmatch(inside)
    if provided:
        return Info(kinds={"publisher"}, publisher=provided[1])
    match = ORG_NAMES.fullmatch(inside)
    if match:
        info = Info(kinds={"author"})
        add_people(info, match[1], "作者")
        return info
    somebody = _ORG_SOMEBODY.fullmatch(inside)
    if somebody:
        names = re.split(r"[ \u3000、]+", somebody["names"])
        if all(SOMEBODY.fullmatch(name) for name in names):
            return Info([(name, "作者") for name in names], kinds={"author"})
    return Info(kinds={"drop"}) if _ABOUT_AUTHOR.fullmatch(inside) else None


def _in_parts(parts: list[str]) -> Info | None:
    """`某县纪委监委 || 责任编辑 张三`: who sent it in, and who edited it."""
    info = Info()
    for part in parts:
        if re.fullmatch(BODY, part):
            info.publisher = info.publisher or part
            info.kinds.add("publisher")
            continue
        said = _in_bracket(part, True)
        if said is None:
            return None
        info.people += said.people
        info.kinds |= said.kinds
    return info if info.kinds else None
