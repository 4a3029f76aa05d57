"""What a figure measures: the noun phrase before or after it, in its clause, or that of its neighbour.

`measure` sees one sentence with all its figures, since coordination and ellipsis carry a metric from one
to the next (农业总产值6.25亿元、农业增加值3.64亿元，均增长4.7%). Finding the figures belongs in `figures`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CLAUSE_END = re.compile(r"[，,。；;：:！？!?、\n（）()]")
_PER = re.compile(r"(人均|户均|年均|月均|日均|亩均|村均|平均|每(?:人|户|年|月|周|天|日|亩|村|个?季度|车|家|个|次))")
_CHANGE = re.compile(
    r"(?:均|分别|年均|同比|比上年|较上年|比去年|环比|净|再|又|实际|可比|名义)*"
    r"(?P<up>增长|增加|提高|上升|上涨|扩大|提升|增|升)|(?P<down>下降|减少|降低|回落|缩减|减|降)"
)
_GROWS = re.compile(
    r"(?:、|，|,|均|分别|比(?:19|20)\d\d年(?:同期)?|[两三四五]年平均|平均|年均|同比|环比|比上年(?:同期)?|较上年(?:同期)?|比去年(?:同期)?|较去年(?:同期)?|净|实际|名义|按可比价(?:格)?计算)*"
    r"(?:(?P<up>增长|增加|提高|上升|上涨|提升|扩大|增幅|增速)|(?P<down>下降|减少|降低|回落|缩减|降幅))(?:了|到|为|达|达到|至)?$"
)
_TAIL = re.compile(
    r"(?:达到|高达|多达|约为|约占|占到|达|为|约|共计|共有|共|合计|总计|累计|已|了|到|至|有|是|计|近|超|的|总共|由|从|稳定在|保持在|控制在|高出|均|分别|各|仅|只有|均为)+$"
)
_HEAD = re.compile(
    r"^(?:(?:19|20)\d\d年(?:年?[末底初]|上半年|下半年|\d{1,2}月(?:底|末|份|\d{1,2}日)?)?|\d{1,2}月(?:底|末|份)?|截至|截止|给予|"
    r"全县|全省|全市|全州|全区|全国|全镇|全村|全乡|全年|今年|去年|上半年|目前|截至目前|已经|已|现已|累计|共计|共|先后|其中|同时|并|还|又|"
    r"年(?=实现|可)|每年|人均(?!可支配|生产总值|纯收入|消费|GDP|地区)|实现|新增|新建成?|建成|建设|建立|发放|投入|落实|培育|发展|收到|收集到?|开展|提供|吸纳|惠及|选派|形成|达到|拥有|有(?!机)|"
    r"我[县市省区州镇]|该[县市镇村]|初步|预计|争取|力争|等|了|的|户均|年均|平均|每人|每户|可|将|使|带动|覆盖|完成(?!投资)|整合|统筹|助推|组织|举办|举行|召开|"
    r"为|对|向|给|与|和|及|以及|在|从(?!业)|由|把|被|让|以|全)"
)
_VERB_AFTER = re.compile(
    r"担任|结对|进行|开展|用于|组成|围绕|带头|深入|参加|参与|入户|讲党课|提升|提高|增长|实现|达到|完成|分赴|到[^达]|为了?|对|在|从|向|(?<!一)把|将|与|并|"
    r"使|让|被|已|均|都|分别|同比|比上年|较上年|占|用(?=以|来)|受益|每周|每月|每天|纳入|实施|得到|获得|通过|投入|建成|落户|开工|竣工|投产|等"
)
_SOLVING = re.compile(r"^(?:完成|督促|已|立行)?(?:整改|解决|办结|化解|消除|修复|办理|销号|答复|处置)(?:到位|落实|完成|完毕)?$")
_SPENDING = re.compile(r"(?:列支|安排|投入|发放|补助|给予|筹措|争取|整合|拨付|奖励|兑付|种植?|承包|流转|租|养殖?|新建|连片|建成|建设)了?的?$")
_SHARE = re.compile(r"^(?P<part>.*?)(?P<share>占(?:到|比|总量)?.*)$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure measures: metric, per, change (增长, 下降 or none)."""

    metric: str | None
    per: str | None
    change: str


def measure(sentence: str, spans: Sequence[tuple[int, int, str]]) -> list[Measured]:
    """Say of each figure in a sentence what it measures.

    Args:
        sentence: the sentence.
        spans: start, end and kind of each figure in it, in order, in code points of the sentence.

    Returns:
        One answer a figure.
    """
    found: list[Measured] = []
    after_only: list[bool] = []
    for n, (start, end, kind) in enumerate(spans):
        floor = spans[n - 1][1] if n else 0
        ceiling = spans[n + 1][0] if n + 1 < len(spans) else len(sentence)
        before = _before(sentence, floor, start)
        after = _after(sentence[end:ceiling])
        adjacent = not after and ceiling == end and n + 1 < len(spans)
        per = _per(before)
        grows = _GROWS.search(before)
        change = "none" if not grows else "增长" if grows["up"] else "下降"
        if grows:
            before = before[: grows.start()]
        noun = _noun(before)
        last = next((m.metric for m in reversed(found) if m.metric), None)
        counts = kind in ("count", "duration", "angle", "other") or _SPENDING.search(before)
        if counts and after and not grows:
            metric: str | None = after
        elif noun:
            share = _SHARE.match(noun)
            if _SOLVING.match(noun) and last:  # 问题55个，已整改52个: what was solved are the problems
                noun = last + noun
            metric = f"{last}{noun}" if share and not share["part"] and last else noun
        elif grows or (n and not before.strip() and last):
            metric = last or after
        else:
            metric = after or last
        found.append(Measured(metric or None, per, change))
        after_only.append(adjacent)
    for n in range(len(found) - 2, -1, -1):
        # 4类13项38条便民举措, 3个、5个和8个示范点: all of them measure what the last one does
        between = sentence[spans[n][1] : spans[n + 1][0]]
        joined = after_only[n] or between in ("、", "和", "及", "以及")
        if joined and spans[n][2] == spans[n + 1][2] == "count":
            found[n] = Measured(found[n + 1].metric, found[n].per, found[n].change)
    _share_out(sentence, spans, found)
    return found


def _share_out(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured]) -> None:
    """分别增长31.2%和28.5%: the k figures after 分别 measure what the k figures before it did, in turn."""
    for n, (start, _, _) in enumerate(spans):
        if "分别" not in _before(sentence, spans[n - 1][1] if n else 0, start):
            continue
        chain = [n]
        while chain[-1] + 1 < len(spans):
            between = sentence[spans[chain[-1]][1] : spans[chain[-1] + 1][0]]
            if between not in ("、", "和", "及", "，", ","):
                break
            chain.append(chain[-1] + 1)
        if n >= len(chain) > 1:
            earlier = found[n - len(chain) : n]
            for at, source in zip(chain, earlier, strict=True):
                found[at] = Measured(source.metric, source.per, found[n].change)


def _before(sentence: str, floor: int, start: int) -> str:
    """The clause before a figure; where that is empty, what stands between it and the figure before."""
    stops = [m.end() for m in CLAUSE_END.finditer(sentence, floor, start)]
    clause = sentence[max(floor, stops[-1] if stops else floor) : start]
    return clause.strip(" “”‘’\"—-和及")


def _after(text: str) -> str:
    stop = CLAUSE_END.search(text)
    phrase = text[: stop.start()] if stop else text
    phrase = re.sub(r"^(?:时间|左右|以上)+", "", phrase.lstrip(" 的"))
    verb = _VERB_AFTER.search(phrase)
    if verb and verb.start() >= 2:
        phrase = phrase[: verb.start()]
    elif verb and verb.start() == 0:
        return phrase if verb[0].startswith("到") else ""
    return phrase.strip(" “”") if len(_HAN.findall(phrase)) >= 1 else ""


def _per(before: str) -> str | None:
    found = _PER.findall(before)
    return found[-1] if found else None


def _noun(before: str) -> str:
    phrase = before
    while (shorter := _TAIL.sub("", phrase)) != phrase:
        phrase = shorter
    while (match := _HEAD.match(phrase)) and len(_HAN.findall(phrase[match.end() :])) >= 2:
        phrase = phrase[match.end() :]
    phrase = phrase.strip(" “”‘’的")
    return phrase if len(_HAN.findall(phrase)) >= 2 else ""
