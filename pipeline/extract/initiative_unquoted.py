"""Names of campaigns and mechanisms without quotation marks: heads, lists of beats, parallel items.

Finding where such a name begins and ends belongs here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.extract.initiative_words import HAN, NUMERALS, SET_UP, TIMED, Name, heads
from pipeline.lexicon import Words, any_of, words

_BY_LEVEL = "(?:[省市县区乡镇村组户]{1,2}级?)?"  # 村级周排查、乡镇半月研判
_BEAT = f"{_BY_LEVEL}{TIMED}[一两三]?(?:(?!机制|制度)[{HAN}]){{2,3}}"
_RHYTHM_LIST = re.compile(f"{_BEAT}(?:[、,，]{_BEAT})+")
_LAUNCHING = frozenset(("开展", "实施", "启动", "推进", "打好", "打赢", "打响", "发起", "参与", "投身", "抓好"))
# 户分类、村收集、镇转运模式: items of one length that a verb sets up, without quotation marks.
_PARALLEL = re.compile(
    "(?:建立|健全|完善|推行|实行|构建|探索|落实|形成|推广)(?:了|起|出)?((?![了起出])[一-龥]{3,9}(?:、[一-龥]{2,6}){1,4}?)的?"
    "(?=(?:工作|运行|管理|治理|责任|服务|联动|协作|处置)?(?:机制|制度|模式|工作法)|(?:治理|责任|防控|监督)体系)"
)
# 实行一企一策: one for each, where a verb sets it up; 一心一意 and the like no verb does.
_ONE_EACH = re.compile(
    f"(?:推行|实行|落实|建立|探索|推广|制定|采取|按照|形成)(?:了|好)?(一(?![心言举])[{HAN}]{{1,3}}一[{HAN}]{{1,2}}?)"
    "(?=的?(?:机制|制度|模式|工作法|管理|方案|措施|要求|原则|办法|台账|清单)|[，。；、,;）)和\\n]|$)"
)
_LONGEST_STEM = 14
# 以某某行动为牵引: what work goes by.
_GUIDES = re.compile("为(?:牵引|抓手|契机|统领|引领|载体|主线|统揽|总抓手)")
_MECHANISM = re.compile(
    f"(?:建立|健全|完善|推行|实行|构建|探索|做实|落实|执行|出台|深化|巩固|试行|首创|创新|压实|夯实|运用|实施)(?:了|起|好|健全|完善|并完善|实施|推行)?((?![了起和与及]|实施|推行|建立|健全|完善|探索)(?:(?!建立|健全|完善)[{HAN}]|[（(][{HAN}]{{1,3}}[）)]){{4,14}}?(长效机制|机制|制度|(?:责任|负责|积分)制(?!度)))(?![{HAN}]{{0,2}}改革)"
)
_REFORM = re.compile(f"(?:深化|推进|开展|实施|启动|完成)(?:了|好)?((?!改革)[{HAN}]{{4,10}}?(?:制度|综合|体制)(改革))(?![委局])")
_STRATEGY = re.compile(
    f"(?:实施|落实|践行|贯彻|纳入|列入|融入|对接|深化)(?:了|好)?((?!国家)[{HAN}]{{4,8}}?(战略))(?![{HAN}]?[布性思定])"
)
_WORKS = re.compile(
    f"(?:实施|启动)(?:了|好)?((?!一批|一系列)[{HAN}]{{4,10}}?(工程))(?![{HAN}]{{0,3}}[\\d个处项]|[\\d个处项等师队款量])"
)
_GENERAL = re.compile("[的了是在等把被对从也都就]|工作|规章|相关|有关|各项|管理|体制|内控|配套|一系列|这|我|该|全县|全市|全省")
_WHOSE_WORK = re.compile("(?:[市县区省]委|纪委|监委|部门|[局厅]|政府|的)$")  # 县纪委监委|专项监督: whose it is, no name
_COUNTED_LISTS = re.compile(f"(?<![{NUMERALS}第])[三四五六七八](?:张清单|单制)(?=管理|制度|机制|闭环|工作)")
_BREAK = re.compile(r"[\s，。；：、！？,.;:!?（）()《》<>“”\"「」『』‘’\d—\-…·|]")


@cache
def _plain_heads() -> Words:
    return Words(head for head, (_, proof) in heads().items() if proof in ("plain", "named"))


@cache
def _left_cut() -> re.Pattern[str]:
    listed = (word for word in words("initiatives", "left_cut.txt") if word not in ("中", "并", "用"))
    apart = "中(?![国央华医药小共部原心学])|(?<![合兼归])并"
    apart += "|(?<![务公实食日作费专私使占征农药信引利])用(?![车地工水电药品户途语人餐具])"
    return re.compile(f"{any_of(listed)}|{apart}")


def rhythms(text: str) -> list[Name]:
    """日调度、周通报、月考核 without quotation marks, where a verb sets it up."""
    found = []
    for match in _RHYTHM_LIST.finditer(text):
        before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 1]
        if after in ("”", '"', "」") or not re.search(f"(?:{SET_UP}|严格)(?:了|好)?$", before):
            continue
        whole = match.group()
        parts = tuple(re.split("[、,，]", whole))
        head = re.match("工作机制|机制|制度|工作制|制", text[match.end() :])
        full = whole + (head.group() if head and not whole.endswith("制") else "")
        found.append(Name(match.start(), match.end(), whole, full, "mechanism", True, parts, 0.8))
    return found


def parallels(text: str, others: list[Name]) -> Iterator[Name]:
    """户分类、村收集、镇转运模式, where no other name stands."""
    for match in _PARALLEL.finditer(text):
        parts = tuple(match[1].split("、"))
        lengths = [len(part) for part in parts]
        even = len(set(lengths)) == 1 and lengths[0] in range(3, 7)
        shared = set(lengths[1:]) == {2} and len(parts) > 2 and lengths[0] > 3  # 企业诉求收集、分办、督办
        alike = (even or shared) and len(set(parts)) == len(parts)
        taken = any(n.start < match.end(1) and match.start(1) < n.end for n in others)
        if alike and not taken and not re.search("[的了是在]|工作|有关|相关|各项", match[1]):
            head = re.match("的?[一-龥]{0,2}(?:机制|制度|模式|体系|工作法)", text[match.end(1) :])
            full = match[1] + (head.group() if head else "")
            yield Name(*match.span(1), match[1], full, "mechanism", True, parts, 0.75)


def one_each(text: str) -> list[Name]:
    """一企一策 without quotation marks, where a verb sets it up."""
    return [Name(*m.span(1), m[1], m[1], "mechanism", False, (), 0.6) for m in _ONE_EACH.finditer(text)]


def plain(text: str) -> list[Name]:
    """Names without quotation marks: the word before a head such as 专项行动, back to a verb or a mark."""
    found = [Name(*m.span(), m.group(), m.group(), "mechanism", True, (), 0.7) for m in _COUNTED_LISTS.finditer(text)]
    for start, end, head in _plain_heads().find(text):
        type_, proof = heads()[head]
        end += 2 if head.endswith("行动") and re.match(f"计划(?![{HAN}]?[划者力])", text[end:]) else 0
        head = text[end - len(head) - 2 : end] if text.startswith(head + "计划", start) and end - start > len(head) else head
        if text[end : end + 1] in ("力", "者", "派", "组", "队", "中心", "指挥", "员"):
            continue
        floor = max(0, start - _LONGEST_STEM - 4)
        marks = [m.end() for m in _BREAK.finditer(text, floor, start)]
        clause = begin = marks[-1] if marks else floor
        cuts = list(_left_cut().finditer(text, begin, start))
        if cuts and cuts[-1].end() == start and cuts[-1].start() - (cuts[-2].end() if len(cuts) > 1 else begin) >= 4:
            cuts.pop()  # 农业现代化推进|行动: the word right before the head is part of the name
        if len(cuts) > 1 and cuts[-1].group() in "和与及" and start - cuts[-1].start() < 8 and cuts[-2].group() in _LAUNCHING:
            cuts.pop()  # 开展|腐败和作风问题|专项整治
        joined = bool(cuts) and cuts[-1].group() in "和与及"
        done = len(cuts) > 1 and cuts[-1].group() == "了" and cuts[-2].end() == cuts[-1].start()  # 实施了
        launched = bool(cuts) and (
            cuts[-2 if done else -1].group() in _LAUNCHING
            or (joined and _launches(text, clause, start))
            or (cuts[-1].group() == "以" and _GUIDES.match(text, end) is not None)
        )
        begin = cuts[-1].end() if cuts else begin
        stem = text[begin:start]
        if text[begin - 1 : begin] in ("”", '"', "」"):
            continue  # the tail of a quoted name
        if not 2 <= len(stem) <= _LONGEST_STEM or (_is_generic_stem(stem) and head[-1] != "年") or begin == floor:
            continue
        if text[begin - 1 : begin].isdigit() and stem[0] in "个家名项处场次轮条":
            continue  # 10个镇|集中排查
        full = stem + head
        repeated = text.count(full) > 1
        if (
            proof == "named"
            or launched
            or repeated
            or (begin == (marks[-1] if marks else floor) and (head != "行动" or len(stem) > 3))
        ):
            found.append(Name(begin, end, full, full, type_, True, (), 0.75))
    spans = [(name.start, name.end) for name in found]
    found += [n for n in _long_ones(text) if not any(a < n.end and n.start < b for a, b in spans)]
    return _merged(text, found)


def _merged(text: str, found: list[Name]) -> list[Name]:
    """One name where two heads follow each other: 校园及周边环境综合|整治|行动."""
    result: list[Name] = []
    for name in sorted(found, key=lambda n: (n.start, n.end)):
        last = result[-1] if result else None
        if last and name.start < last.end:
            if name.end > last.end:
                whole = text[last.start : name.end]
                result[-1] = replace(name, start=last.start, kernel=whole, full=whole)
            continue
        result.append(name)
    return result


def _launches(text: str, clause: int, end: int) -> bool:
    """Whether the sentence up to a place says that something is launched: 开展…专项行动和|城镇燃气|专项整治."""
    before = text[max(0, clause - 30) : end]
    return any(word in before[before.rfind("。") + 1 :] for word in _LAUNCHING)


def _long_ones(text: str) -> Iterator[Name]:
    """Mechanisms and reforms without quotation marks, whose long name tells them from mechanisms in general."""
    for pattern, type_ in ((_MECHANISM, "mechanism"), (_REFORM, "campaign"), (_WORKS, "campaign"), (_STRATEGY, "campaign")):
        for match in pattern.finditer(text):
            stem = match[1][: -len(match[2])]
            if not _GENERAL.search(stem) and (len(stem) > 4 or match[2] != "制度"):
                yield Name(*match.span(1), match[1], match[1], type_, True, (), 0.65)


def _is_generic_stem(stem: str) -> bool:
    generic = words("initiatives", "not_stems.txt")
    return (
        stem in generic
        or re.search(f"[{NUMERALS}\\d]大?$", stem) is not None  # 某、某、某三|大会战
        or _WHOSE_WORK.search(stem) is not None
        or re.search(f"[{NUMERALS}\\d]次", stem) is not None
        or stem.endswith(tuple(w for w in generic if len(w) > 1 and w not in ("专项", "攻坚", "整治", "提升", "三年", "五年")))
        or (re.fullmatch(f"[{NUMERALS}\\d]+[大项个场次轮年].*", stem) is not None)
    )
