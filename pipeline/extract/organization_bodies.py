"""Party and government bodies: departments (县财政局), organs of every level (县委), central bodies and their branches."""

from __future__ import annotations

import re

from pipeline.extract.mentions import Mention
from pipeline.extract.organization_owners import Home, owner_before
from pipeline.extract.organization_words import BREAK, LEVEL, TITLE_AFTER, Ending, body, left_cut

_NOT_LEVEL_AFTER = {
    "市": "城都超门上菜集",
    "区": "社园校小景山灾牧林矿片辖库新地老库",
    "乡": "城家故老下",
    "镇": "城乡村集",
    "县": "全各",
    "省": "全各",
    "盟": "联同结加",
}
_NATIONAL_BRANCH = re.compile(
    "[一-龥]{2,8}?(?:支行|分行|分公司|分局|部?分院|调查总?队|电力公司|供电公司|营业部|专员办事处|特派员办事处|监管局|监管分局)"
    "|[一-龥]{2,14}?(?:研究所|研究院)|(?<=总公司)[一-龥]{1,6}?[省市县区州]公司|[一-龥]{0,8}?有限(?:责任)?公司(?:[一-龥]{2,8}?(?:支公司|分公司))?"
)
# Offices of a committee or government that no list can hold: 县委某某工作领导小组办公室, 县委督查室.
_OFFICE = re.compile(
    "(?:[县市区州旗省镇]?政府)?[一-龥]{0,14}?(领导小组办公室|领导小组|工作专班|督查室|督查局|政策研究室|政研室|研究室|机要局|保密局|信访局|党史研究室|"
    "值班室|档案馆|办公室|巡察办|第?[一二三四五六七八九十]*巡[察视]组|网信办|督导组|指挥部办公室|指挥部|专班)(?![长员])"
)
# 国务院扶贫开发领导小组, 国务院第八督查组
_CENTRAL_GROUP = re.compile(
    "(?:第[一二三四五六七八九十]+)?(?:(?![和与及的对派])[一-龥]){0,12}?(?:领导小组(?:办公室)?|督查组|督导组|督察组|巡视组|工作组|指导组|联席会议|委员会)(?![长员])"
)
# Two fields of one department: 县|政务服务和|大数据管理局; two departments have 局 or the like between them.
_JOINED = re.compile("[省市县区旗州](?:(?![场级区城民内上域乡外直属镇村情际中局委办部院厅会])[一-龥]){2,7}[和与及][一-龥]{0,4}$")


def national(text: str, start: int, end: int, ending: Ending, home: Home) -> Mention | None:
    """中央军委, 农行; with what stands behind it, the branch in a place: 农行宁陕县支行."""
    if text[end - 2 : end] in ("人大", "政协") and TITLE_AFTER.match(text, end):
        return None
    if text[start:end].endswith("部") and text[end : end + 1] in tuple("长门分署队件位落级"):
        return None
    if text.startswith("集团", end) and len(text[start:end]) > 3 and not text[start:end].endswith(("行", "部", "局", "会")):
        group = end + len("集团")  # 国家电投|集团, unless a branch of it is meant
        if not _NATIONAL_BRANCH.match(text, group):
            return body(text, start, group, ending.full, 1.0)
    if ending.full in ("国务院", "中共中央") and (office := _CENTRAL_GROUP.match(text, end)) is not None:
        return body(text, start, office.end(), ending.full + office[0], 0.95)
    if text[start - 1 : start] in ("省", "市", "县", "州") and ending.full.endswith("部"):
        return None
    # 中国农业银行宁陕县支行 and the like are bodies of their own; the county's branch is not the bank.
    branch = _NATIONAL_BRANCH.match(text, end)
    if branch and not left_cut().search(branch.group().replace("与", "")):
        return body(text, start, branch.end(), ending.full + branch.group(), 0.8)
    level = text[start - 1 : start]
    if ending.full.endswith("银行") and level in LEVEL and level and (place := home.of(level, start - 1)):
        return body(text, start - 1, end, ending.full + place + ("支行" if place[-1] in "县区旗" else "分行"), 0.8)
    return body(text, start, end, ending.full, 1.0)


def department(text: str, start: int, end: int, ending: Ending, home: Home) -> Mention | None:
    """县财政局, 宁陕县财政局, 由财政局, 国家医保局."""
    if text[end : end + 1] in ("长", "面", "部", "限"):
        return None
    if ending.full.endswith("厅") and text[end : end + 1] == "级":
        return None
    owner = owner_before(text, start, home)
    if owner is None:
        if text[max(0, start - 2) : start] in ("国家", "中国", "全国"):
            return body(text, start - 2, end, text[start - 2 : start] + ending.full, 0.9)
        joined = _joined_field(text, start, end, home)
        if joined:
            return joined
        if ending.full.endswith(("局", "厅")) and (start == 0 or BREAK.match(text[start - 1]) or _cut_before(text, start)):
            # 由财政局牵头: the department of the document's own place.
            place = home.geography.county or home.geography.prefecture or home.geography.province
            return body(text, start, end, (place or "") + ending.full, 0.6)
        return None
    begin, place = owner
    own, city = home.ending_at(start), home.ending_at(begin)
    if own and city and city.level == "prefecture" and city.surface != city.name and own.surface != own.name:
        return body(text, city.start, end, text[city.start : end], 0.9)  # 宁德霞浦生态环境局: the city's, in the county
    return body(text, begin, end, place + ending.full, 0.95)


def _joined_field(text: str, start: int, end: int, home: Home) -> Mention | None:
    """A department of several fields that is no listed one: 县某某和科学技术局."""
    floor = max(0, start - 14)
    begin = max([m.end() for m in BREAK.finditer(text, floor, start)] or [floor])
    inside = home.within(begin, start)
    if inside:
        begin, after, owner = inside[-1].start, inside[-1].end, inside[-1].name
    elif begin < start and text[begin] in LEVEL and begin > floor:
        after, owner = begin + 1, home.of(text[begin], begin) or text[begin]
    elif joined := _JOINED.search(text, begin, start):
        begin, after = joined.start(), joined.start() + 1
        owner = home.of(text[begin], begin) or text[begin]
    else:
        return None
    field = text[after:start]
    if not 2 <= len(field) <= 10 or any(m.group() not in "和与" for m in left_cut().finditer(field)):
        return None
    return body(text, begin, end, owner + text[after:end], 0.7)


def _cut_before(text: str, start: int) -> bool:
    return any(m.end() == start for m in left_cut().finditer(text, max(0, start - 4), start))


def organ(text: str, start: int, end: int, ending: Ending, home: Home) -> Mention | None:
    """县委, 宁陕县委, 宁陕县纪委, 蒿坪镇党委."""
    if text[start] in LEVEL:
        level, after = text[start], start + 1
        owner = owner_before(text, after, home)
        named = owner is not None and owner[0] < start
        if not named and start and text[start - 1] in _NOT_LEVEL_AFTER.get(level, ()):
            return None
        if text[start:end].endswith("委") and text[end : end + 1] in tuple("托员任屈婉以"):
            return None
        begin, place = owner if owner else (start, home.of(level, start) or level)
        if not named and home.autonomous(start):
            begin = start - 2
        if text[after : after + 1] == "委" and text[after : after + 3] == "委员会":
            return None
    else:
        owner = owner_before(text, start, home)
        if owner is None:
            return None
        begin, place = owner
    if text[begin - 1 : begin] == "团" and text[start:end].endswith("委"):
        return body(text, begin - 1, end, f"共青团{place}委员会", 0.95)
    if text[max(0, begin - 2) : begin] == "中共":
        begin -= 2
    name = ending.full.format(place)
    if place[-1] in "镇乡" and name == f"中共{place}委":
        name += "员会"
    office = _OFFICE.match(text, end) if text[start:end].endswith(("委", "政府")) else None
    if office and not left_cut().search(office.group(), 0, len(office.group()) - len(office.group(1))):
        name, end = name + office.group(), office.end()
    return body(text, begin, end, name, 0.95)
