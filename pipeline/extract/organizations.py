"""Organisations of a document: party and government bodies, enterprises, schools, associations.

Bodies found by the words that end their names, bare mentions (县医保局) resolved to the body of the document's own
place, and short names made full belong here. Which entity a mention is across documents is `pipeline.link`'s.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Mention
from pipeline.extract.organization_bodies import department, national, organ
from pipeline.extract.organization_lists import go_on
from pipeline.extract.organization_names import suffixed
from pipeline.extract.organization_owners import Home, own_places
from pipeline.extract.organization_words import BREAK, LEVEL, TITLE_AFTER, body, endings, left_cut
from pipeline.lexicon import words

if TYPE_CHECKING:
    from pipeline.extract.places import Geography

_BRAND = re.compile(
    r"(?:合作社|公司|企业|集团|农场)[“\"「](?![红黑白]{1,2}(?:名单|榜))([一-龥A-Za-z]{2,10})[”\"」]|[“\"「]([一-龥]{2,8})[”\"」](?=合作社|公司|农场|集团)"
)
_SHORT_FIRM = re.compile(
    "(?<=、)(?!(?:现代|高效|特色|生态|绿色|设施|智慧|数字|传统|优质|新型)[一-龥]{2})[一-龥]{2,4}(?:实业|农业|食品|玻璃|高科|科技|生物|医药|药业|制药|乳业|重工|股份|材料|新材|能源|光电|电子|纺织|服饰|水产|"
    "粮油|酒业|茶业|物流|钢铁|化工|控股|智能|电气|汽车|机械|牧业|集团|车桥|轴承|铸造|锻造|铝业|铜业|纸业|水泥|陶瓷|家居|家纺|门业|照明|电器|电缆|电工|"
    "新能源|环保|包装|管业|橡胶|轮胎|动力|装备|精工|精密|模具|半导体|微电子|渔业|饲料|种业|果业|糖业|盐业|啤酒|饮料|制造|光伏|硅业|锂业|钛业|矿业|石化|针织|印染|羊绒|皮革|鞋服|鞋业|制衣)(?=[、等和与及，])"
)
# 温氏股份等龙头企业: a firm's short name that the words behind it say is one.
_FIRM_AMONG = re.compile(
    "(?<=[，。；：])(?!(?:现代|高效|特色|生态|绿色|传统|优质|新型)[一-龥]{2})"
    "[一-龥]{2,4}(?:实业|食品|药业|股份|集团|控股|乳业|酒业|茶业|鞋业|牧业|渔业|种业|饲料|机械|车桥|家纺|服饰|陶瓷)(?=等[一-龥]{0,4}企业)"
)
# 古田县|推动|村党支部: what is done with any village's branch is no name of one.
_ANY_VILLAGES = re.compile(
    "(?:推动|推行|推进|推广|探索|实行|采取|发挥|强化|加强|建强|抓好|抓实|选优|配强|整顿|注重|重视|突出|坚持|鼓励|督促|要求|号召|发动|引领|以|由|让|各|及|好|了|优秀|先进|示范)"
    "(?:村|社区)(?:级)?(?:党支部|党总支|党委|党组织|村民委员会|委会|两委)$"
)
# What stands behind a body and belongs to its name: 集团|控股有限公司, 合作社|联合社.
_MORE = re.compile(
    "(?<=集团)(?:控股|股份|实业|投资|发展|（?集团）?)*(?:有限责任公司|有限公司|总公司|公司)|(?<=局)集团有限公司|(?<=[社行])(?:联合社|联社|股份有限公司)|(?<=合作社)(?:党支部|党总支|党委)(?!副?书记|委员)"
)
# A part of a body that sits elsewhere: 审计厅|驻宁德办事处, 纪委监委|派驻第二纪检监察组.
_POSTED = re.compile(
    "(?:派驻|派出|驻)([一-龥]{2,14}?)(?:纪检监察组|办事处|特派办|专员办|联络处|工作委员会|工作队)"
    "|第[一二三四五六七八九十]+(?:派驻)?(?:纪检监察|巡察|督导)组"
    "|(?:党风政风监督|案件监督管理|案件审理|第[一二三四五六七八九十]+(?:监督检查|审查调查)|信访)室"
)
_SENT_TO = re.compile("(?:[省市县区州]纪委监?委?)?(?:派驻|驻)$")
_GROUP = re.compile("纪检监察组")
# 医科大学|附属协和医院, 医保中心|政和管理部: parts of a body with a name between.
_NAMED_PART = re.compile("附属[一-龥]{0,6}?医院|[一-龥]{2,5}(?:管理部|营业部|分中心)(?!门)")
# What goes on behind the end of a body's name and makes another word of it: 银行|业, 集团|化, 工行|为, 组织部|门.
_OTHER_WORD = re.compile(
    "(?<=银行)[业界间家卡账系]|(?<=集团)[化军式利]|(?<=公司)[制化债法]|(?<=学院)派|(?<=小学)(?:校(?!长)|[生组])|(?<=中学)(?:校(?!长)|[习生组])|(?<=大学)(?:校(?!长)|[习生科城])"
    "|(?<=机场)[路高建]|(?<=[工农央]行)[业为动政列程]|(?<=部)[门队分署落]|(?<=厅)[局级]|(?<=团)[员体队伍结聚]|(?<=厂)[商房家区址]"
    "|(?<=店)[面铺主]|(?<=最高法)[院庭]|(?<=新华社)区|(?<=会)[议场员展谈见]|(?<=局)[级势面部]|(?<=站)[台点位]"
)
# 某市公安局, 各区支公司, 直辖市政府, 特区政府: whose they are is not said.
_ANYBODYS = re.compile("(?:[某各外他辖特]|[各全][省市县区州旗乡镇](?:[、和][省市县区州旗乡镇]?)*)$")
_LEVELS = re.compile("^[省市县区乡镇村、]*[两三四五]级")  # 市、县两级党委
_NOT_THE_PARTY = re.compile("(?:致公|农工|共产|劳动|人民|社会)$")
_SENT = re.compile("对口(?:支援|帮扶|协作|合作)$")
# What stands before a suffix and shows that a new body, or none, begins: 要抓好|县人民医院.
_NO_PART = re.compile("[要抓派请来就都还把做提让去受]|建成|加入|引入|列入|共建|开展|提出|支持|负责|牵头|重点|同步")
# 县委书记 is an office and no body; 县法院院长 names the court.
_HAS_OFFICERS = ("委", "政府", "人大", "政协", "常委会", "妇联", "工会", "残联", "科协", "文联", "工商联", "员会", "联合会", "部")
_IN_BRACKETS = re.compile("[（(][一-龥]{2,6}[）)]")
_FORCES = re.compile(
    "新疆生产建设兵团(?:第[一二三四五六七八九十]+师)?(?:[一二三四五六七八九十0-9]+团)?(?:医院|党委)?|"
    "兵团第[一二三四五六七八九十]+师(?:[一二三四五六七八九十0-9]+团)?(?:医院)?|"
    "中国人民解放军[一-龥]{2,12}?(?:总医院|医院|部队|大学|学院|战区|军区(?!总医院)|军分区|基地)|"
    "(?:中央|国家|省|省级|全国)第[一二三四五六七八九十]+(?:生态环境保护|环境保护|环保)?(?:督察|督查|督导|巡视|指导)组|"
    "中央(?:扫黑除恶|生态环境保护|环境保护|环保|安全生产|教育督导|农村工作)?(?:第[一二三四五六七八九十]+)?(?:督察|督查|督导|巡视|指导)组|"
    "武警[一-龥]{0,8}?(?:总队|支队|大队|中队)(?:医院)?"
)


def find_organizations(
    text: str, title: str | None, geography: Geography, places: list[Mention], publisher: str | None = None
) -> list[Mention]:
    """Organisations that a document names.

    Args:
        text: body of the document.
        title: its title.
        geography: where the document is at home; 县财政局 is that county's.
        places: the place mentions of the document.
        publisher: who issued it, where that is told in a line of its own.

    Returns:
        Mentions in order of their place; those only in the title or as publisher have start and end -1.
    """
    home = Home(text, geography, places)
    found = _in_part(text, home)
    for line in (*(title or "").splitlines(), *([publisher] if publisher else [])):
        found += [replace(m, start=-1, end=-1) for m in _in_part(line, Home(line, geography, own_places(line, geography)))]
    found = _as_one(found)
    in_text = {m.name for m in found if m.start >= 0}
    kept = [m for m in found if m.start >= 0 or m.name not in in_text]
    return sorted(dict.fromkeys(kept), key=lambda m: (m.start, m.end))


def outside(places: list[Mention], others: list[Mention]) -> list[Mention]:
    """Places without those that only another name speaks of: 北京大学 says nothing of Beijing, 孙中山 nothing of Zhongshan.

    Args:
        places: place mentions of a document.
        others: its organisations and people; a place in full (北京市) inside their names is a place.
    """
    spans = [(m.start, m.end) for m in others if m.start >= 0]

    def inside(place: Mention) -> bool:
        return any(a <= place.start and place.end <= b for a, b in spans)

    def by_the_way(place: Mention) -> bool:
        short = place.level in ("province", "prefecture", "county") and place.surface != place.name
        return place.start >= 0 and (short or place.level == "natural") and inside(place)

    elsewhere = {(p.name, p.code) for p in places if not by_the_way(p)}
    return [p for p in places if (p.name, p.code) in elsewhere]


def _in_part(text: str, home: Home) -> list[Mention]:
    matcher, meaning = endings()
    found: list[Mention] = []
    for start, end, form in matcher.find(text):
        more = _MORE.match(text, end)
        end = more.end() if more else end
        if _OTHER_WORD.match(text, end) or (form == "党中央" and _NOT_THE_PARTY.search(text[max(0, start - 2) : start])):
            continue
        ending = meaning[form]
        home.floor = found[-1].end if found else 0
        is_office = form.endswith(("办", "办公室", "办公厅"))
        if ending.kind == "organ" and form.endswith(_HAS_OFFICERS) and not is_office and TITLE_AFTER.match(text, end):
            continue
        if found and found[-1].end > start:
            continue
        if found and found[-1].end == start and form.endswith("队") and text[end : end + 1] == "长":
            continue  # 消防救援大队|大队长
        if ending.kind == "department" and found and found[-1].end == start and form in words("organizations", "branches.txt"):
            whole = found.pop()  # 县公安局|交警大队
            found.append(body(text, whole.start, end, whole.name + form, whole.confidence))
            continue
        if ending.kind == "suffix" and found and _is_part(text, found[-1].end, start, home):
            if form in words("organizations", "branches.txt"):
                whole = found.pop()
                rest = text[whole.end : end]
                found.append(body(text, whole.start, end, whole.name + rest, whole.confidence))
            continue
        make = {"national": national, "department": department, "organ": organ, "suffix": suffixed}[ending.kind]
        mention = make(text, start, end, ending, home)
        if mention and found and found[-1].end == mention.start and found[-1].name == "国家税务总局":
            # 国家税务总局某某县税务局 is the county's, however long it is written.
            mention = replace(mention, start=found.pop().start)
            mention = replace(mention, surface=text[mention.start : end])
        if mention and found and found[-1].end == mention.start and form.endswith("公司") and found[-1].end - found[-1].start < 6:
            # 中石油江苏某某有限公司: what the mother founded in a place, not the mother.
            start = found.pop().start
            mention = body(text, start, end, text[start:end], 0.9)
        if mention and _LEVELS.search(mention.surface):
            continue
        if mention and mention.surface[0] in LEVEL and _ANYBODYS.search(text[max(0, mention.start - 8) : mention.start]):
            continue
        if mention and not (found and found[-1].end > mention.start):
            mention = _posted_to(text, mention)
            found.append(_with_post(text, _with_sender(text, _with_city(text, mention, home), home)))
    found = [_with_named_part(text, m) for m in found]
    found = [m for i, m in enumerate(found) if i == 0 or m.start >= found[i - 1].end]
    forces = [body(text, *match.span(), match.group(), 0.9) for match in _FORCES.finditer(text)]
    found = [m for m in found if not any(f.start < m.end and m.start < f.end for f in forces)] + forces
    found = [m for m in found if not _ANY_VILLAGES.search(m.surface)]
    found += _short_in_lists(text, found)
    found += list(go_on(text, found, [place.name for place in home.places]))
    for match in _BRAND.finditer(text):
        group = match.lastindex or 1
        found.append(body(text, match.start(group), match.end(group), match.group(group), 0.8))
    return found


def _with_named_part(text: str, mention: Mention) -> Mention:
    """A university with its hospital, a centre with its branch: bodies of their own."""
    part = _NAMED_PART.match(text, mention.end) if mention.surface.endswith(("大学", "学院", "中心")) else None
    if part is None or any(len(cut.group()) > 1 for cut in left_cut().finditer(part.group())):
        return mention
    return body(text, mention.start, part.end(), mention.name + part.group(), mention.confidence)


def _short_in_lists(text: str, found: list[Mention]) -> list[Mention]:
    """Firms by their short names: in a list that holds one in full (某某食品有限公司、某某实业), and before 等企业."""
    ends, starts = {m.end for m in found}, {m.start for m in found}
    short: list[Mention] = []
    for match in _SHORT_FIRM.finditer(text):
        listed = match.start() - 1 in ends or match.end() + 1 in starts
        if listed and not any(m.start < match.end() and match.start() < m.end for m in found):
            short.append(body(text, *match.span(), match.group(), 0.7))
            ends.add(match.end())
    for match in _FIRM_AMONG.finditer(text):
        if not any(m.start < match.end() and match.start() < m.end for m in found):
            short.append(body(text, *match.span(), match.group(), 0.7))
    return short


def _posted_to(text: str, mention: Mention) -> Mention:
    """派驻|县教体局|纪检监察组: the group, not the body that it is sent to."""
    sent, group = _SENT_TO.search(text, max(0, mention.start - 8), mention.start), _GROUP.match(text, mention.end)
    if sent is None or group is None:
        return mention
    return body(text, sent.start(), group.end(), sent.group() + mention.name + group.group(), mention.confidence)


def _with_post(text: str, mention: Mention) -> Mention:
    """A body with the place or body that a part of it is sent to."""
    post = _POSTED.match(text, mention.end)
    if post is None or left_cut().search(post[1] or ""):
        return mention
    return body(text, mention.start, post.end(), mention.name + post.group(), mention.confidence)


def _with_sender(text: str, mention: Mention, home: Home) -> Mention:
    """泰州市对口支援|昭苏县前方工作组: a body that one place keeps in another."""
    sent = _SENT.search(text, max(0, mention.start - 4), mention.start)
    if sent is None:
        return mention
    sender = home.ending_at(sent.start())
    start = sender.start if sender else sent.start()
    return body(text, start, mention.end, text[start : mention.end], mention.confidence)


def _with_city(text: str, mention: Mention, home: Home) -> Mention:
    """青岛市即墨区人民政府 as it is written, the district's by name; 江苏省如东高级中学 likewise."""
    before = home.ending_at(mention.start)
    if before is None or before.level not in ("province", "prefecture") or before.surface[-1] not in "省市州":
        return mention
    if not any(p.start == mention.start for p in home.places):
        return mention
    return replace(mention, start=before.start, surface=text[before.start : mention.end])


def _is_part(text: str, end: int, start: int, home: Home) -> bool:
    """Whether what stands between a body and a suffix makes the whole a part of that body."""
    between = _IN_BRACKETS.sub("", text[end:start])
    bare_level = between.endswith(tuple(LEVEL)) and home.ending_at(start) is None  # 县卫健局抓好|县|人民医院
    if bare_level or BREAK.search(between):
        return False
    return len(between) <= 8 and not _NO_PART.search(between) and not left_cut().search(between)


def _as_one(found: list[Mention]) -> list[Mention]:
    """A short mention takes the full name that ends in it: 皇冠山保护局 after 宁陕县皇冠山保护局."""
    full = sorted({m.name for m in found}, key=len)
    result = []
    for mention in found:
        longer = [n for n in full if n != mention.name and n.endswith(mention.name)]
        stem = mention.name.removesuffix("公司")  # 美嘉公司 is the one whose full name holds 美嘉
        if not longer and stem != mention.name and 2 <= len(stem) <= 4:
            longer = [n for n in full if n != mention.name and stem in n and n.endswith("有限公司")]
        result.append(
            replace(mention, name=longer[0]) if longer and mention.name == mention.surface and len(mention.name) > 3 else mention
        )
    return result
