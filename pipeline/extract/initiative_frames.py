"""What the words on both sides of a quotation say of it: a way of working, a manner only described, an old way.

Frames that need no head of a name behind the quotation belong here, and those that take a weak head its proof.
"""

from __future__ import annotations

import re

from pipeline.extract.initiative_words import HAN, SET_UP

# 把“…”作为重要抓手
_TAKES = re.compile(f"(?:把|将|以)(?:[{HAN}]{{0,8}})$")
_AS_HANDLE = re.compile(f"(?:作为|为)[{HAN}]{{0,14}}?的?(?:抓手|载体|突破口|切入点)")
# 探索出“…”的发展方式, 创新“…”联治方式
_FINDS = re.compile(f"(?:{SET_UP}|走出|摸索出|总结出|运用|灵活运用|综合运用)(?:了|出|好|一条)?$")
_MANNER = re.compile(f"的?(?:新)?(?:[{HAN}]{{2,4}}?新?)?(?:方式|方法|办法|做法|路径|路子|新路|道路|打法)(?!问题|落后|粗放)")
# 采取“…”, where a mark follows.
_TAKES_UP = re.compile("(?:采取|采用|运用|深化|创新实施)(?:了|好)?$")
_CLOSED = re.compile(r"[，。；,;]|$|等?(?:方式|办法)")
# 按照“一户一档”; 形成“甲—乙—丙”正向循环; 推行农村党员“四字、四字”: by the form of what is set up.
_BY_RULE = re.compile(f"(?:{SET_UP}|推进|(?<!真正)实现|按照|按|遵循|严格)(?:了|好)?(?:[{HAN}]{{2,6}})?$")
_ONE_EACH = re.compile(f"一[{HAN}]{{1,3}}(?:[（(][{HAN}]{{1,2}}[）)])?一[{HAN}]{{1,4}}?(?:一[{HAN}]{{1,3}})?")
_STAGES = re.compile(f"[{HAN}]{{2,8}}(?:[—－→-]{{1,2}}[{HAN}]{{2,8}}){{2,}}")
_PAIRED = re.compile(f"[{HAN}]{{4}}(?:、[{HAN}]{{4}}){{1,3}}")
_IS_LAUNCHED = re.compile(f"(?:推行|实行|创新|试行|首创|推广)(?:了|出)?(?:[{HAN}]{{2,6}})?$")
# Words behind such a form that make a principle, a chain of industry, or the parts of what is named next of it.
_ELSE = re.compile(
    "的?[“「]|[二三四五六七八]张|的?(?!闭环|工作|责任)[一-龥]{0,2}链|的?(?:原则|理念|思路|目标|总?方针|方向|精神|主题|标准|定位)"
)
# 从“撒网式”监督向…转变: what is left behind.
_LEFT_BEHIND = re.compile("(?:从|由|改变|摒弃|告别|杜绝|避免|防止|克服|破除)(?:了|过去|以往|原来|传统)?(?:的)?$")
_SETS_UP = re.compile(f"(?:(?!开展)(?:{SET_UP})|用足|用活|组成|提供|探索创新)(?:了|好|出)?$")
# “四个聚焦”监督|重点: what the work is about, not how it goes.
_NOT_THE_WORK = re.compile(
    "重点|任务|职责|对象|要求|责任(?!制|机制)|内容|力度"
    # “零距离”服务|群众: a verb and whom it is done to.
    "|群众|百姓|村民|居民|农民|农户|牧民|贫困户|脱贫户|困难|企业|社会|基层|民生|人民|大局|发展|老人|学生|患者|商户|客商"
    "|难(?![题点])|不[够力足]|乏力|缺位|困境|短板"  # “熟人社会”监督|难
)


def framed(text: str, start: int, end: int) -> bool:
    """Whether the words around a quotation say that it is a way of working.

    Args:
        text: the text.
        start, end: span of the quotation, or of the list it stands in, with its quotation marks.
    """
    before = text[max(0, start - 12) : start]
    if _TAKES.search(before) and _AS_HANDLE.match(text, end):
        return True
    if _FINDS.search(before) and _MANNER.match(text, end):
        return True
    return bool(_TAKES_UP.search(before) and _CLOSED.match(text, end))


def by_form(text: str, start: int, end: int, inner: str) -> bool:
    """Whether a quotation is of a form that ways of working have, and something sets it up.

    Args:
        text: the text.
        start, end: span of the quotation, or of the list it stands in, with its quotation marks.
        inner: what stands in the quotation marks.
    """
    before = text[max(0, start - 12) : start]
    if _ONE_EACH.fullmatch(inner) or _STAGES.fullmatch(inner):
        return _BY_RULE.search(before) is not None and not _ELSE.match(text, end)
    return bool(_PAIRED.fullmatch(inner) and _IS_LAUNCHED.search(before) and not _ELSE.match(text, end))


def only_described(text: str, start: int, inner: str) -> bool:
    """Whether a quotation only says in what manner something was done, or how it was before: 从“撒网式”监督."""
    before = text[max(0, start - 8) : start]
    return bool(_LEFT_BEHIND.search(before)) or (inner.endswith("式") and not _SETS_UP.search(before))


def not_the_work(text: str, end: int) -> bool:
    """Whether the words behind a weak head make its subject of it, 监督|重点, or its object, 服务|群众."""
    return _NOT_THE_WORK.match(text, end) is not None
