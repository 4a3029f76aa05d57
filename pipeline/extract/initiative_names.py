"""The grammar of how campaigns and mechanisms are named: quotation marks, numerals, heads and lists.

Finding names in one stretch of text by their form belongs here, and telling them from quoted rhetoric. Known
names, and what is one thing under several names in a document, belong in `pipeline.extract.initiatives`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract.initiative_components import components, components_before
from pipeline.lexicon import Words, any_of, rows, words

QUOTES = '“”"「」『』‘’＂'
# Inner text of a quotation; straight quotation marks are taken in pairs as they come.
_QUOTED = re.compile(r"“([^“”‘’\n]{1,40})”|‘([^‘’\n]{1,24})’|「([^「」\n]{1,40})」|『([^『』\n]{1,40})』|\"([^\"\n]{1,40})\"")
_JOINT = re.compile(r"[、,，和与及\s]{0,3}|以及|和着")
_SENTENCE_MARKS = re.compile(r"[。？！；：?!;:…]")
_HAN = "一-龥"
_N = "一二三四五六七八九十百千两双多"
_COUNTED = f"[{_N}]+(?:个|大|项|张|级|类|种|条|长|步|联|员)?[^{_N}\\W\\d]{{1,6}}"
# 三结合, 两提升一规范, 三讲三问六送, 三个清单, 三支柱、四区域
_NUMERAL_NAME = re.compile(f"(?:{_COUNTED}[、,，+]?){{1,5}}")
# 1+19, 1+N, 4321, 党支部+合作社+农户
_CODE_NAME = re.compile(rf"[\dN]+(?:[+＋\-－][\dNX{_HAN}]+)*|[{_HAN}A-Z\d]{{1,8}}(?:[+＋][{_HAN}A-Z\d]{{1,10}})+")
_TIMED = "(?:[一每半两双]?(?:日|天|周|旬|月|季度|季|年)|半年)"
_RHYTHM = re.compile(f"{_TIMED}[一两三]?[{_HAN}]{{2,4}}")
_BY_LEVEL = "(?:[省市县区乡镇村组户]{1,2}级?)?"  # 村级周排查、乡镇半月研判
_BEAT = f"{_BY_LEVEL}{_TIMED}[一两三]?(?:(?!机制|制度)[{_HAN}]){{2,3}}"
_RHYTHM_LIST = re.compile(f"{_BEAT}(?:[、,，]{_BEAT})+")
_FIRST_THEN = re.compile(f"先[{_HAN}]{{1,5}}[、,，]?后[{_HAN}]{{1,5}}")
_SET_UP = (
    "推行|实行|创新|首创|探索|建立|建立健全|实施|启动|推出|开展|设立|推广|创建|健全|落实|落实好|运用|采取|采用|形成|"
    "提出|坚持|做到|构建|打造|制定|执行|完善|深化|全面推行|探索出|列入|纳入|锚定|奋力"
)
_LAUNCH = "推行|实行|创新|首创|探索|实施|启动|推出|开展|推广|创新推出|探索推行|探索建立|用好|用活|做实"
_LAUNCHING = frozenset(("开展", "实施", "启动", "推进", "打好", "打赢", "打响", "发起", "参与", "投身", "抓好"))
_BEFORE_NUMERAL = re.compile(f"(?:{_SET_UP}|通过|用|以|依托|围绕|深入|扎实|全面|紧盯)(?:了|好|出|起)?[{_HAN}]{{0,6}}$")
_SET_UP_BEFORE = re.compile(f"(?:{_SET_UP}|按照|推进|实现)(?:了|好|出)?$")
_BEFORE_ANY = re.compile(f"(?:{_LAUNCH})(?:了|好)?$")
# What a place set up, where no list has the word behind its name: 实行“红黄牌”预警, 制定“…”四议流程.
_SETS_UP = re.compile(
    "(?:推行|实行|实施|推广|探索|建立|建立健全|创新|首创|组织|启动|制定|推出|采取|采用|运用|开通|搭建|上线|接入|开设|构建|打造)"
    f"(?:了|好|出|起)?(?:[{_HAN}]{{2,8}}的)?$"
)
_OPEN_HEAD = re.compile(f"([{_HAN}]{{2,4}}?)(?=[，。；、,;！）)\\s]|$|建设|试点)")
# Things, places and people are no way of working: 打造“一村一品”示范村, 组织“轻骑兵”宣讲队.
_NO_WAY_OF_WORKING = re.compile(
    "[村点园区地员队家户者岗人县镇站路车屋店城会节赛课厅场馆所院社团班群校桥楼田林线带圈牌书报片歌戏号券卡款金基业品米茶果菜酒机]$|基地|企业|精神|意识|理念|目标|任务|建设|发展|活动|体验|产品|景区|名片"
)
_CALLED = re.compile("(?:称作|称为|称之为|称其为|叫做|叫作|名为|取名|命名为|誉为)$")
_CALLED_WAY = re.compile(f"的(?:新)?(?:做法|办法|机制|制度|模式|方法|方式|工作法|[{_HAN}]{{0,4}}(?:机制|制度|模式|工作法))")
# “龙头企业+合作社+农户”的经营模式.
_WAY = re.compile(f"的[{_HAN}]{{0,4}}?(?:机制|制度|模式|工作法)")
# 户分类、村收集、镇转运模式: items of one length that a verb sets up, without quotation marks.
_PARALLEL = re.compile(
    "(?:建立|健全|完善|推行|实行|构建|探索|落实|形成|推广)(?:了|起|出)?((?![了起出])[一-龥]{3,9}(?:、[一-龥]{2,6}){1,4}?)的?"
    "(?=(?:工作|运行|管理|治理|责任|服务|联动|协作|处置)?(?:机制|制度|模式|工作法)|(?:治理|责任|防控|监督)体系)"
)
_ONE_FOR_ONE = re.compile(f"一[{_HAN}]{{1,2}}一[{_HAN}]{{1,2}}")  # 一户一码
# 有诉即办; loans for one purpose (苹果贷); where people meet to settle what is theirs (百姓议事堂, 马背法庭).
_BY_FORM = re.compile(
    f"(?!有求必应)[接有逢凡][{_HAN}]{{1,2}}[即必][{_HAN}]{{1,2}}|[{_HAN}]{{2,4}}贷"
    f"|[{_HAN}]{{2,6}}(?:议事[堂会厅亭]|说事[会点室]|议事点|评理[所点]|恳谈会|评议会|评理堂|评理会|坝坝会|院坝会|板凳会|火塘会|(?<!人民)法庭|道德银行|爱心超市|积分超市|道德超市|红黑榜)"
    # 茶旅十条; days kept for one purpose (民情夜访日); what several do together (十户联防, 小板凳议事); 防贫保.
    f"|[{_HAN}]{{2,4}}[一二三四五六七八九十]{{1,3}}条|[{_HAN}]{{2,8}}(?:工作日|夜访日|服务日|议事日|接待日|下访日|恳谈日|接访日|活动日|监督日|协商日|巡河日|清洁日|走访日)"
    f"|[{_HAN}]{{2,6}}(?:议事|说事|夜话|夜谈|会签|联审|联防|联调|联治|代办)|(?![{_N}])[{_HAN}]{{2,3}}保"
)
_PUT_IN_PLACE = re.compile("(?:全面|顺利|正式|普遍)?(?:推行|实施|运行|落地|铺开|推开|落到实处|落实到位)")
_NOT_AFTER = re.compile(
    "要求|问题|目标|任务|方针|意识|精神|原则|重要思想|战略布局|总体布局|队伍|作风|时期|期间|规划纲要|末|节|重阳|劳动|建党|建军|"
    "收官|开局|之年|年|成员|代表|干部|班子|主干|人员|共识|现象|之路|之风|突出|方面|的人|人才|企业|群众|重要论述|讲话|嘱托"
)
_NOT_IN_MODIFIER = re.compile(
    "[的了在是有和与及等为把被对向从到也都就来着让使由于]|开展|推进|推动|(?<!包)抓|实施|落实|加强|建立|召开|组织"
    "|希望|通过|现象|[应须]|这[一次]|工作推|座谈|会议|推进会|深化|强化|聚焦|围绕|促进|助力|引领|优化|提升了|破解|打造|完成|做好|做实|全面"
)
_NOT_IN_NAME = re.compile("[的了吗呢吧我你他她它们这那]|什么|怎么|如何")
_OWN_HEAD = re.compile(
    f"[{_HAN}A-Z\\d+、]{{2,10}}(?:工作法|学习法|调解法|机制|制度|长制|清单|模式|行动|工程|计划|专项整治|专项治理|攻坚战|保卫战|战役|突击战|改革)"
    f"|(?:\\d{{1,3}}|[一二三五十]+|半)(?:分钟|小时)[{_HAN}]{{0,8}}圈"
    f"|[{_HAN}]{{2,8}}(?<![机体编控限强研定管牵抑克])制"
)
_LONGEST_STEM = 14
_MECHANISM = re.compile(
    f"(?:建立|健全|完善|推行|实行|构建|探索|做实|落实|执行|出台)(?:了|起|好|健全|完善|并完善)?((?![了起和与及])(?:(?!建立|健全|完善)[{_HAN}]){{5,14}}?(长效机制|机制|制度))(?![{_HAN}]{{0,2}}改革)"
)
_REFORM = re.compile(f"(?:深化|推进|开展|实施|启动|完成)(?:了|好)?((?!改革)[{_HAN}]{{4,10}}?(?:制度|综合|体制)(改革))(?![委局])")
_STRATEGY = re.compile(
    f"(?:实施|落实|践行|贯彻|纳入|列入|融入|对接|深化)(?:了|好)?((?!国家)[{_HAN}]{{4,8}}?(战略))(?![{_HAN}]?[布性思定])"
)
_WORKS = re.compile(
    f"(?:实施|启动)(?:了|好)?((?!一批|一系列)[{_HAN}]{{4,10}}?(工程))(?![{_HAN}]{{0,3}}[\\d个处项]|[\\d个处项等师队款量])"
)
_GENERAL = re.compile("[的了是在等把被对从也都就]|工作|规章|相关|有关|各项|管理|体制|内控|配套|一系列|这|我|该|全县|全市|全省")
_COUNTED_LISTS = re.compile(f"(?<![{_N}第])[三四五六七八](?:张清单|单制)(?=管理|制度|机制|闭环|工作)")
# “检察蓝”公益诉讼专项监督|活动: what it is about may stand before such a head.
_BROAD = ("活动", "行动", "整治", "治理")
# Heads that make the inner text of a quotation a whole name, and what may follow a head: “5511”工程倍增计划.
_COMPLETE = re.compile("工作法|机制|制度|清单|模式|长制$")
_LONGER = re.compile(f"(?:(?![有无未的和与及])[{_HAN}]){{0,2}}(?:行动计划|计划|行动|工程)(?![{_HAN}]?[划者力])")
_BREAK = re.compile(r"[\s，。；：、！？,.;:!?（）()《》<>“”\"「」『』‘’\d—\-…·|]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name found by its form.

    Args:
        start, end: span of its kernel, without quotation marks or head.
        kernel: what stands in the quotation marks, or the whole of a name without them.
        full: the name with quotation marks and head, as it is to be published.
        type: campaign or mechanism.
        headed: whether a head word such as 行动 or 机制 says what it is.
        components: what it consists of, where the text says so.
        confidence: 0 to 1.
    """

    start: int
    end: int
    kernel: str
    full: str
    type: str
    headed: bool
    components: tuple[str, ...]
    confidence: float


# “德江天麻”品牌 is what is sold under a name, not a way of working.
_GOODS = re.compile(
    "[米茶果药菜蜜瓜薯苹梨桃柚橙橘羊牛鸡鸭鹅猪鱼虾蟹酒菌菇椒麻油面粉枣杏李莓葱蒜姜笋豆参芪杞耳藕栗酥醋糖]$|核桃|花生|牦牛"
)
_WORTH = re.compile("价值|产品|知名|影响|形象|农产品|效应|溢价|门店|授权")


@cache
def _heads() -> dict[str, tuple[str, str]]:
    return {head: (type_, proof) for head, type_, proof in rows("initiatives", "heads.tsv")}


@cache
def _weak_heads() -> frozenset[str]:
    """Heads that alone would make names of much that is only said with emphasis: “保姆式”服务, “关键”举措."""
    return frozenset(head for head, (_, proof) in _heads().items() if proof == "weak")


@cache
def _after_quotes() -> re.Pattern[str]:
    return re.compile(
        f"(?:[（(][^）)\\n]{{1,60}}[）)])?(等|这一|这个)?([{_HAN}\\d]{{0,10}}?)({any_of(_heads())})(?![室员队组屋站]|会(?!战))"
    )


@cache
def _after_weak() -> re.Pattern[str]:
    """As above, past a head that says little."""
    strong = any_of(head for head in _heads() if head not in _weak_heads())
    return re.compile(f"()([{_HAN}]{{0,4}}?(?:{any_of(_weak_heads())}))({strong})(?![室员队组屋站]|会(?!战))")


@cache
def _plain_heads() -> Words:
    return Words(head for head, (_, proof) in _heads().items() if proof in ("plain", "named"))


@cache
def _left_cut() -> re.Pattern[str]:
    listed = (word for word in words("initiatives", "left_cut.txt") if word != "中")
    return re.compile(any_of(listed) + "|中(?![国央华医药小共部原心学])")


def names(text: str, is_heading: bool = False) -> list[Name]:
    """The campaigns and mechanisms that a text names by the form of their names.

    Args:
        text: a text, or a heading.
        is_heading: whether it is a heading, where a quoted numeral is a name without a verb before it.
    """
    found = _quoted(text, is_heading)
    found += _rhythms(text)
    found += _parallels(text, found)
    taken = [(n.start - 1, n.end + 1) for n in found]
    return found + [n for n in _plain(text) if not any(n.start < b and a < n.end for a, b in taken)]


def _quoted(text: str, is_heading: bool) -> list[Name]:
    found: list[Name] = []
    for chain in _chains(text):
        last_end = chain[-1].end()
        tail = _tail(text, last_end)
        for match in chain:
            start, end = match.span(match.lastindex or 1)
            inner = text[start:end].strip()
            if _is_no_name(inner) and not (
                tail and tail.group(3).endswith(("活动", "大讨论", "行动")) and re.search("(?:^|、)我", inner)
            ):
                continue
            name = _headed(text, start, end, inner, tail, chain, match) or _unheaded(
                text, start, end, inner, is_heading, chain[0].start(), last_end
            )
            if name:
                found.append(name)
    return found


def _tail(text: str, end: int) -> re.Match[str] | None:
    """The head after a quotation; one that says little gives way to the one it stands before: 企业帮扶|活动."""
    tail = _after_quotes().match(text, end)
    if tail and tail.group(3) in _weak_heads():
        longer = _after_weak().match(text, tail.start(2))
        return longer or tail
    return tail


def _chains(text: str) -> list[list[re.Match[str]]]:
    """Quotations that stand in one list: “甲”“乙”, “甲”和“乙”."""
    chains: list[list[re.Match[str]]] = []
    for match in _QUOTED.finditer(text):
        if chains and _JOINT.fullmatch(text, chains[-1][-1].end(), match.start()):
            chains[-1].append(match)
        else:
            chains.append([match])
    return chains


def _is_no_name(inner: str) -> bool:
    return (
        len(inner) < 2
        or len(inner) > 24
        or inner in words("initiatives", "not_initiatives.txt")
        or bool(_SENTENCE_MARKS.search(inner))
        or bool(_NOT_IN_NAME.search(inner))
    )


def _is_numeral(inner: str) -> bool:
    return bool(_NUMERAL_NAME.fullmatch(inner)) and not re.fullmatch(f"[{_N}]+[年月日天人名户个次件项条里]", inner)


def _headed(
    text: str,
    start: int,
    end: int,
    inner: str,
    tail: re.Match[str] | None,
    chain: list[re.Match[str]],
    match: re.Match[str],
) -> Name | None:
    coined = _is_numeral(inner) or bool(_CODE_NAME.fullmatch(inner))
    last, chain_start = match is chain[-1], chain[0].start()
    if tail and not (_COMPLETE.search(inner) and (not last or tail.group(2))):
        filler, modifier, head = tail.groups()
        longer = _LONGER.match(text, tail.end())
        head += longer.group() if longer else ""
        allowed = 10 if coined or head.endswith(_BROAD) else 4
        if (
            len(modifier) <= allowed
            and not _NOT_IN_MODIFIER.search(modifier)
            and not (filler and len(chain) == 1 and not coined)
            and not (head in _weak_heads() and not coined and ((modifier and head != "建设") or len(inner) < 3))
            and not (head in _weak_heads() and len(inner) > (10 if head == "建设" and "、" in inner else 8))
            and not (head == "品牌" and (_GOODS.search(inner) or _WORTH.match(text, tail.end())))
        ):
            listed = re.sub(f"^(?:[{_N}\\d]+[大项个类种]|项)", "", modifier) if not last or filler else modifier
            type_ = _heads()[tail.group(3)][0]
            sure = 0.8 if head in _weak_heads() else 0.9
            return _name(text, start, end, inner, f"“{inner}”{listed}{head}", type_, True, sure, chain_start)
    if _OWN_HEAD.fullmatch(inner) or (_is_numeral(inner) and inner.endswith(("清单", "机制", "行动", "整治", "工程"))):
        head = next((h for h in sorted(_heads(), key=len, reverse=True) if inner.endswith(h)), "制")
        return _name(text, start, end, inner, f"“{inner}”", _heads()[head][0], True, 0.9, chain_start)
    return None


def _unheaded(text: str, start: int, end: int, inner: str, is_heading: bool, chain_start: int, chain_end: int) -> Name | None:
    before = text[max(0, chain_start - 12) : chain_start]
    if _NOT_AFTER.match(text, chain_end):
        return None
    if _FIRST_THEN.fullmatch(inner):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.8, chain_start)
    if _BY_FORM.fullmatch(inner) or (
        ("+" in inner or "＋" in inner) and _CODE_NAME.fullmatch(inner) and not inner.startswith("互联网")
    ):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.75, chain_start)
    practice = _ONE_FOR_ONE.fullmatch(inner) and text.startswith("的做法", chain_end)
    if practice or (4 <= len(inner) <= 16 and _WAY.match(text, chain_end)):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.7, chain_start)
    parts = re.split("[、,，]", inner)
    if len(parts) > 1 and all(_RHYTHM.fullmatch(part) for part in parts):
        return _name(text, start, end, inner, inner, "mechanism", True, 0.9, chain_start)
    paced = len(parts) > 1 and all(part[0] in _N and len(part) == len(parts[0]) > 3 for part in parts)
    if paced and _SET_UP_BEFORE.search(before):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.75, chain_start)
    if _is_numeral(inner):
        if is_heading and re.fullmatch(f"一[^{_N}]{{1,3}}", inner):
            return None  # 激活“一池水”: a picture, no name
        counted = components_before(text, chain_start, inner)
        if is_heading or counted or _BEFORE_NUMERAL.search(before) or _PUT_IN_PLACE.match(text, chain_end):
            return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.7, chain_start)
        return None
    if len(inner) <= 16 and _CALLED.search(before) and _CALLED_WAY.match(text, chain_end):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.8, chain_start)
    head = _OPEN_HEAD.match(text, chain_end) if _SETS_UP.search(before) else None
    if head and not _NO_WAY_OF_WORKING.search(head[1]) and not _NOT_IN_MODIFIER.search(head[1]) and not inner.isdigit():
        return _name(text, start, end, inner, f"“{inner}”{head[1]}", "mechanism", True, 0.65, chain_start)
    closed = chain_end >= len(text) or text[chain_end] in "，。、；,.;\n和与及等）)"
    launched = _BEFORE_ANY.search(before)
    several = len(parts) > 2 and len(inner) <= 20
    if closed and (3 <= len(inner) <= 12 or several) and launched and not inner.isdigit():
        type_ = "campaign" if launched.group().startswith(("开展", "启动")) else "mechanism"
        return _name(text, start, end, inner, f"“{inner}”", type_, False, 0.6, chain_start)
    return None


def _name(
    text: str, start: int, end: int, inner: str, full: str, type_: str, headed: bool, sure: float, chain_start: int
) -> Name:
    return Name(start, end, inner, full, type_, headed, components(text, start, end, inner, chain_start), sure)


def _rhythms(text: str) -> list[Name]:
    """日调度、周通报、月考核 without quotation marks, where a verb sets it up."""
    found = []
    for match in _RHYTHM_LIST.finditer(text):
        before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 1]
        if after in ("”", '"', "」") or not re.search(f"(?:{_SET_UP}|严格)(?:了|好)?$", before):
            continue
        whole = match.group()
        parts = tuple(re.split("[、,，]", whole))
        head = re.match("工作机制|机制|制度|工作制|制", text[match.end() :])
        full = whole + (head.group() if head and not whole.endswith("制") else "")
        found.append(Name(match.start(), match.end(), whole, full, "mechanism", True, parts, 0.8))
    return found


def _parallels(text: str, others: list[Name]) -> Iterator[Name]:
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


def _plain(text: str) -> list[Name]:
    """Names without quotation marks: the word before a head such as 专项行动, back to a verb or a mark."""
    found = [Name(*m.span(), m.group(), m.group(), "mechanism", True, (), 0.7) for m in _COUNTED_LISTS.finditer(text)]
    for start, end, head in _plain_heads().find(text):
        type_, proof = _heads()[head]
        end += 2 if head.endswith("行动") and re.match(f"计划(?![{_HAN}]?[划者力])", text[end:]) else 0
        head = text[end - len(head) - 2 : end] if text.startswith(head + "计划", start) and end - start > len(head) else head
        if text[end : end + 1] in ("力", "者", "派", "组", "队", "中心", "指挥"):
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
        launched = bool(cuts) and (cuts[-1].group() in _LAUNCHING or (joined and _launches(text, clause, start)))
        begin = cuts[-1].end() if cuts else begin
        stem = text[begin:start]
        if text[begin - 1 : begin] in ("”", '"', "」"):
            continue  # the tail of a quoted name
        if not 2 <= len(stem) <= _LONGEST_STEM or (_is_generic_stem(stem) and head[-1] != "年") or begin == floor:
            continue
        full = stem + head
        repeated = text.count(full) > 1
        if proof == "named" or launched or repeated or (head != "行动" and begin == (marks[-1] if marks else floor)):
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
            if not _GENERAL.search(stem):
                yield Name(*match.span(1), match[1], match[1], type_, True, (), 0.65)


def _is_generic_stem(stem: str) -> bool:
    generic = words("initiatives", "not_stems.txt")
    return (
        stem in generic
        or stem.endswith(tuple(w for w in generic if len(w) > 1 and w not in ("专项", "攻坚", "整治", "提升", "三年", "五年")))
        or (re.fullmatch(f"[{_N}\\d]+[大项个场次轮年].*", stem) is not None)
    )
