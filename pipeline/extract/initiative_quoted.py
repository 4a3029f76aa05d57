"""Names of campaigns and mechanisms in quotation marks, told from quoted rhetoric.

Finding them by their form belongs here: numerals, codes, what stands before, and the head behind.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.initiative_components import components, components_before
from pipeline.extract.initiative_frames import by_form, framed, not_the_work, only_described
from pipeline.extract.initiative_words import HAN, NUMERALS, SET_UP, TIMED, Name, heads
from pipeline.lexicon import any_of, words

# Inner text of a quotation; straight quotation marks are taken in pairs as they come.
_QUOTED = re.compile(r"“([^“”‘’\n]{1,40})”|‘([^‘’\n]{1,24})’|「([^「」\n]{1,40})」|『([^『』\n]{1,40})』|\"([^\"\n]{1,40})\"")
_JOINT = re.compile(r"[、,，和与及\s]{0,3}|以及|和着")
_SENTENCE_MARKS = re.compile(r"[。？！；：?!;:…]")
_COUNTED = f"[{NUMERALS}]个一|[{NUMERALS}]+(?:个|大|项|张|级|类|种|条|长|步|联|员)?[^{NUMERALS}\\W\\d]{{1,6}}"
# 三结合, 两提升一规范, 三讲三问六送, 三个清单, 三支柱、四区域
_NUMERAL_NAME = re.compile(f"(?:(?:{_COUNTED})[、,，+]?){{1,5}}")
# 1+19, 1+N, 4321, 党支部+合作社+农户
_CODE_NAME = re.compile(
    rf"[\dN]+(?:[+＋\-－][\dNX{HAN}]+)*|[{HAN}A-Z\d]{{1,8}}(?:[+＋][{HAN}A-Z\d]{{1,10}})+"
    rf"|[{HAN}]{{2,8}}(?:[\-－—→]{{1,2}}[{HAN}]{{2,8}}){{2,}}"  # 收集—分析—处理—反馈: stages
)
_RHYTHM = re.compile(f"{TIMED}[一两三]?[{HAN}]{{2,4}}")
_FIRST_THEN = re.compile(f"先[{HAN}]{{1,5}}[、,，]?后[{HAN}]{{1,5}}")
_LAUNCH = "推行|实行|创新|首创|探索|实施|启动|推出|开展|推广|创新推出|探索推行|探索建立|用好|用活|做实"
_BEFORE_NUMERAL = re.compile(
    f"(?:{SET_UP}|做[实细深]|抓[实好]|通过|用|以|依托|围绕|深入|扎实|全面|紧盯)(?:了|好|出|起)?[{HAN}]{{0,6}}$"
)
_SET_UP_BEFORE = re.compile(f"(?:{SET_UP}|按照|推进|(?<!真正)实现)(?:了|好|出)?$")
_BEFORE_ANY = re.compile(f"(?:{_LAUNCH})(?:了|好)?$")
# What a place set up, where no list has the word behind its name: 实行“红黄牌”预警, 制定“…”四议流程.
_SETS_UP = re.compile(
    "(?:推行|实行|实施|推广|探索|建立|建立健全|创新|首创|组织|启动|制定|推出|采取|采用|运用|开通|搭建|上线|接入|开设|构建|打造)"
    f"(?:了|好|出|起)?(?:[{HAN}]{{2,8}}的)?$"
)
_OPEN_HEAD = re.compile(f"([{HAN}]{{2,4}}?)(?=[，。；、,;！）)\\s]|$|建设|试点)")
# Things, places and people are no way of working: 打造“一村一品”示范村, 组织“轻骑兵”宣讲队.
_NO_WAY_OF_WORKING = re.compile(
    "[村点园区地员队家户者岗人县镇站路车屋店城会节赛课厅场馆所院社团班群校桥楼田林线带圈牌书报片歌戏号券卡款金基业品米茶果菜酒机]$|基地|企业|精神|意识|思维|技术|手段|理念|目标|任务|建设|修复|保护|发展|活动|体验|产品|景区|名片"
)
_CALLED = re.compile("(?:称作|称为|称之为|称其为|叫做|叫作|名为|取名|命名为|誉为)$")
_CALLED_WAY = re.compile(f"的(?:新)?(?:做法|办法|机制|制度|模式|方法|方式|工作法|[{HAN}]{{0,4}}(?:机制|制度|模式|工作法))")
# “龙头企业+合作社+农户”的经营模式.
_WAY = re.compile(f"的[{HAN}]{{0,6}}?(?:机制|制度|模式|工作法)")
# “党委统筹、支部推进、党员示范”的治理闭环: three parts or more, and what they make up.
_PARTS_OF_ONE = re.compile(f"[{HAN}]{{3,6}}(?:、[{HAN}]{{3,6}}){{2,5}}")
_BUILT_BEFORE = re.compile("(?:构建|形成|建立|完善|健全|打造|推行|探索|实行)(?:了|起|出|好)?$")
_MADE_UP = re.compile(f"的[{HAN}]{{0,6}}?(?:闭环|体系|格局|链条)(?![建性])")
_GOAL = re.compile(
    "(?:高地|高峰|强[省市县区镇村]|先行区|示范区|样板|标杆|枢纽|家园|增长极|目标|中心|之[城县都乡])$"
)  # 打造“三个高地”
_ONE_LOT = re.compile(f"一[批个套项系支座][{HAN}]{{2,3}}")  # 健全“一批机制”, 建好“一个中心”: a heading's count
# “6+1”村民理事会 is a body.
_BODY_BEHIND = re.compile(f"[{HAN}（()）]{{0,6}}?(?:理事会|委员会|联盟|团队|队伍|专班|小组|思维)")
_ONE_FOR_ONE = re.compile(f"一[{HAN}]{{1,2}}一[{HAN}]{{1,2}}")  # 一户一码
# 有诉即办; loans for one purpose (苹果贷); where people meet to settle what is theirs (百姓议事堂, 马背法庭).
_BY_FORM = re.compile(
    f"(?!有求必应)[接有逢凡][{HAN}]{{1,2}}[即必][{HAN}]{{1,2}}|[{HAN}]{{2,4}}贷"
    f"|[{HAN}]{{0,4}}(?:爱心|积分|道德|信用|文明|诚信|公益|暖心|善行|时间|生态)(?:超市|银行|集市)"
    f"|[{HAN}]{{2,6}}(?:议事[堂会厅亭]|说事[会点室]|议事点|评理[所点]|恳谈会|评议会|评理堂|评理会|坝坝会|院坝会|板凳会|火塘会|(?<!人民)法庭|红黑榜)"
    # 茶旅十条; days kept for one purpose (民情夜访日); what several do together (十户联防, 小板凳议事); 防贫保.
    f"|[{HAN}]{{2,4}}[一二三四五六七八九十]{{1,3}}条|[{HAN}]{{2,8}}(?:工作日|夜访日|服务日|议事日|接待日|下访日|恳谈日|接访日|活动日|监督日|协商日|巡河日|清洁日|走访日)"
    f"|[{HAN}]{{2,6}}(?:议事|说事|夜话|夜谈|会签|联审|联防|联调|联治|代办)|(?![{NUMERALS}])[{HAN}]{{2,3}}保"
)
_PUT_IN_PLACE = re.compile("(?:全面|顺利|正式|普遍)?(?:推行|实施|运行|落地|铺开|推开|落到实处|落实到位)")
_NOT_AFTER = re.compile(
    "要求|问题|目标|任务|方针|意识|精神|原则|重要思想|战略布局|总体布局|队伍|作风|时期|期间|规划纲要|末|节|重阳|劳动|建党|建军|"
    "收官|开局|之年|年|成员|代表|干部|班子|主干|人员|共识|现象|之路|之风|突出|方面|的人|人才|企业|群众|重要论述|讲话|嘱托"
)
_NOT_IN_MODIFIER = re.compile(
    "[的了在是有和与及等为把被对向从到也都就来着让使由于]|开展|推进|推动|(?<!包)抓(?!振兴|落实|党建|产业|治理)|实施|落实|加强|建立|召开|组织"
    "|希望|通过|现象|[应须]|这[一次]|工作推|座谈|会议|推进会|深化|强化|聚焦|围绕|促进|助力|引领|优化|提升了|破解|打造|完成|做好|做实|全面|期间|前后|观摩|激[发活]|撬动|注入|赋能"
)
_NOT_IN_NAME = re.compile("[的了吗呢吧我你他她它们这那]|什么|怎么|如何")
_OWN_HEAD = re.compile(
    f"[{HAN}A-Z\\d+、]{{2,10}}(?:工作法|学习法|调解法|机制|制度|长制|清单|模式|行动|工程|计划|专项整治|专项治理|攻坚战|保卫战|战役|突击战|改革)"
    f"|(?:\\d{{1,3}}|[一二三五十]+|半)(?:分钟|小时)[{HAN}]{{0,8}}圈"
    f"|[{HAN}]{{2,8}}(?<![机体编控限强研定管牵抑克])制"
)
# “检察蓝”公益诉讼专项监督|活动: what it is about may stand before such a head.
_BROAD = ("活动", "行动", "整治", "治理")
# Heads that make the inner text of a quotation a whole name, and what may follow a head: “5511”工程倍增计划.
_COMPLETE = re.compile("工作法|机制|制度|清单|模式|长制$")
_LONGER = re.compile(f"(?:(?![有无未的和与及])[{HAN}]){{0,2}}(?:行动计划|计划|行动|工程)(?![{HAN}]?[划者力])")
# “德江天麻”品牌 is what is sold under a name, not a way of working.
_GOODS = re.compile(
    "[米茶果药菜蜜瓜薯苹梨桃柚橙橘羊牛鸡鸭鹅猪鱼虾蟹酒菌菇椒麻油面粉枣杏李莓葱蒜姜笋豆参芪杞耳藕栗酥醋糖]$|核桃|花生|牦牛"
)
_WORTH = re.compile("价值|产品|知名|影响|形象|农产品|效应|溢价|门店|授权")


@cache
def _weak_heads() -> frozenset[str]:
    """Heads that alone would make names of much that is only said with emphasis: “保姆式”服务, “关键”举措."""
    return frozenset(head for head, (_, proof) in heads().items() if proof == "weak")


@cache
def _after_quotes() -> re.Pattern[str]:
    return re.compile(
        f"(?:[（(][^）)\\n]{{1,60}}[）)])?(等|这一|这个)?([{HAN}\\d]{{0,10}}?)({any_of(heads())})(?![室员队组屋站]|[小分突先][击锋]?队|会(?!战))"
    )


@cache
def _after_weak() -> re.Pattern[str]:
    """As above, past a head that says little."""
    strong = any_of(head for head in heads() if head not in _weak_heads())
    return re.compile(f"()([{HAN}]{{0,4}}?(?:{any_of(_weak_heads())}))({strong})(?![室员队组屋站]|会(?!战))")


@cache
def _further() -> re.Pattern[str]:
    """A kind of mechanism some characters behind a head that says little: 积分|兑换|机制, 闭环|整改|体系."""
    return re.compile(f"()((?:{any_of(_weak_heads())})[{HAN}]{{0,3}}?)(机制|制度|模式|体系|活动|行动|工程|计划)(?!建设)")


def quoted(text: str, is_heading: bool) -> list[Name]:
    """Names in quotation marks of a text; in a heading a numeral is a name without a verb before it."""
    found: list[Name] = []
    for chain in _chains(text):
        last_end = chain[-1].end()
        tail = _tail(text, last_end)
        for match in chain:
            start, end = match.span(match.lastindex or 1)
            inner = text[start:end].strip()
            if _is_no_name(inner) and not (
                tail
                and (
                    (tail.group(3).endswith(("活动", "大讨论", "行动")) and re.search("(?:^|、)我", inner))
                    or (tail.group(3).endswith(("模式", "机制")) and re.fullmatch("[三四五六]位一体", inner))
                )
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
        if longer is None:
            longer = _further().match(text, tail.start(2))
            longer = None if longer is None or _NOT_IN_MODIFIER.search(longer.group(2)) else longer
        return None if longer is None and not_the_work(text, tail.end()) else longer or tail
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
        or len(inner) > (36 if _is_stepwise(inner) else 24)
        or inner in words("initiatives", "not_initiatives.txt")
        or bool(_ONE_LOT.fullmatch(inner))
        or bool(_SENTENCE_MARKS.search(inner))
        or bool(_NOT_IN_NAME.search(inner))
    )


def _is_stepwise(inner: str) -> bool:
    """签约即供地、拿地即开工、竣工即验收: three items or more that are built on one word, or stages joined by dashes."""
    if len(re.split("[-－—→]+", inner)) > 2:
        return True
    parts = inner.split("、")
    return len(parts) > 2 and any(all(word in part[1:-1] for part in parts) for word in "即不为必先有变")


def _is_numeral(inner: str) -> bool:
    return bool(_NUMERAL_NAME.fullmatch(inner)) and not re.fullmatch(f"[{NUMERALS}]+[年月日天人名户个次件项条里]", inner)


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
    stages = inner.count("、") > 1 and text.startswith("体系", end + 1)  # “户集、村收、镇运、县处理”体系
    stages = stages or (coined and len(re.findall("[-－—→]+", inner)) > 1)
    if tail and not (_COMPLETE.search(inner) and (not last or tail.group(2))):
        filler, modifier, head = tail.groups()
        longer = _LONGER.match(text, tail.end())
        head += longer.group() if longer else ""
        counted = "、" in inner and re.match(f"[{NUMERALS}]个", modifier) is not None  # “甲、乙、丙”三个联系|制度
        allowed = 10 if coined or counted or head.endswith(_BROAD) else 4
        if (
            len(modifier) <= allowed
            and not _NOT_IN_MODIFIER.search(modifier)
            and not (filler and len(chain) == 1 and not coined)
            and not (head in _weak_heads() and not coined and ((modifier and head != "建设") or len(inner) < 3))
            and not (head in _weak_heads() and len(inner) > (20 if stages else 10 if head == "建设" and "、" in inner else 8))
            and not (head in _weak_heads() and only_described(text, chain_start, inner))
            and not (head == "品牌" and (_GOODS.search(inner) or _WORTH.match(text, tail.end())))
        ):
            listed = re.sub(f"^(?:[{NUMERALS}\\d]+[大项个类种]|项)", "", modifier) if not last or filler else modifier
            type_ = heads()[tail.group(3)][0]
            sure = 0.8 if head in _weak_heads() else 0.9
            return _name(text, start, end, inner, f"“{inner}”{listed}{head}", type_, True, sure, chain_start)
    if _OWN_HEAD.fullmatch(inner) or (_is_numeral(inner) and inner.endswith(("清单", "机制", "行动", "整治", "工程"))):
        head = next((h for h in sorted(heads(), key=len, reverse=True) if inner.endswith(h)), "制")
        return _name(text, start, end, inner, f"“{inner}”", heads()[head][0], True, 0.9, chain_start)
    return None


def _unheaded(text: str, start: int, end: int, inner: str, is_heading: bool, chain_start: int, chain_end: int) -> Name | None:
    before = text[max(0, chain_start - 12) : chain_start]
    if by_form(text, chain_start, chain_end, inner):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.7, chain_start)
    if _NOT_AFTER.match(text, chain_end):
        return None
    if _FIRST_THEN.fullmatch(inner):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.8, chain_start)
    if _BY_FORM.fullmatch(inner) or (
        ("+" in inner or "＋" in inner)
        and _CODE_NAME.fullmatch(inner)
        and not inner.startswith("互联网")
        and not _BODY_BEHIND.match(text, chain_end)
    ):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.75, chain_start)
    practice = _ONE_FOR_ONE.fullmatch(inner) and text.startswith("的做法", chain_end)
    if practice or (4 <= len(inner) <= 16 and _WAY.match(text, chain_end)):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.7, chain_start)
    if _PARTS_OF_ONE.fullmatch(inner) and _MADE_UP.match(text, chain_end) and _BUILT_BEFORE.search(before):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.75, chain_start)
    parts = [part for part in re.split("[、,，]", inner) if part]  # mirrors double their commas
    if len(parts) > 1 and all(_RHYTHM.fullmatch(part) for part in parts):
        return _name(text, start, end, inner, inner, "mechanism", True, 0.9, chain_start)
    paced = len(parts) > 1 and all(part[0] in NUMERALS and len(part) == len(parts[0]) > 3 for part in parts)
    if paced and _SET_UP_BEFORE.search(before):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.75, chain_start)
    if _is_numeral(inner):
        if _GOAL.search(inner):
            return None
        if is_heading and re.fullmatch(f"一[^{NUMERALS}]{{1,3}}", inner):
            return None  # 激活“一池水”: a picture, no name
        counted = components_before(text, chain_start, inner)
        if is_heading or counted or _BEFORE_NUMERAL.search(before) or _PUT_IN_PLACE.match(text, chain_end):
            return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.7, chain_start)
        return None
    if len(inner) <= 16 and _CALLED.search(before) and _CALLED_WAY.match(text, chain_end):
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.8, chain_start)
    if framed(text, chain_start, chain_end) and len(inner) >= 4:
        return _name(text, start, end, inner, f"“{inner}”", "mechanism", False, 0.65, chain_start)
    head = _OPEN_HEAD.match(text, chain_end) if _SETS_UP.search(before) else None
    if head and not _NO_WAY_OF_WORKING.search(head[1]) and not _NOT_IN_MODIFIER.search(head[1]) and not inner.isdigit():
        return _name(text, start, end, inner, f"“{inner}”{head[1]}", "mechanism", True, 0.65, chain_start)
    closed = chain_end >= len(text) or text[chain_end] in "，。、；,.;\n和与及等）)"
    launched = _BEFORE_ANY.search(before)
    several = len(parts) > 2 and (len(inner) <= 20 or _is_stepwise(inner))
    if closed and (3 <= len(inner) <= 12 or several) and launched and not inner.isdigit():
        type_ = "campaign" if launched.group().startswith(("开展", "启动")) else "mechanism"
        return _name(text, start, end, inner, f"“{inner}”", type_, False, 0.6, chain_start)
    return None


def _name(
    text: str, start: int, end: int, inner: str, full: str, type_: str, headed: bool, sure: float, chain_start: int
) -> Name:
    return Name(start, end, inner, full, type_, headed, components(text, start, end, inner, chain_start), sure)
