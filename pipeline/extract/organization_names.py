"""Bodies with names of their own, known by the word that ends them: companies, schools, hospitals, associations."""

from __future__ import annotations

import re

from pipeline.extract.mentions import Mention
from pipeline.extract.organization_owners import Home, level_start
from pipeline.extract.organization_words import BREAK, LEVEL, TITLE_AFTER, Ending, body, common, left_cut

# 大学生, 局长, 公司制 name no body.
_NOT_AFTER = {
    "学": "生",
    "局": "长面部限势",
    "厅": "长级",
    "校": "长",
    "院": "长士落",
    "公司": "制",
    "心": "城区",
    "业": "务",
    "队": "伍",
    "中": "学心",
    "小": "学组",
}
# 布局, 大局, 大厅 are no bodies; 城市, 社区 are no level words.
_NOT_BEFORE = {
    "局": "布格全大时结开残僵当定危",
    "厅": "大客餐舞前展",
    "中心": "城镇市为圆",
    "大队": "等",
    "小学": "中",
    "学校": "级",
    "机场": "从",
    "委员会": "任",
}
# What a national enterprise or body writes before the place of its branch: 国网湖北省电力有限公司.
MOTHER = re.compile(
    "(?:国网|中国石化|中国石油|中国移动|中国联通|中国电信|中国铁塔|中石化|中石油|中电建|中铁|中建|中交|国能|国电|华能|大唐|华电|"
    "华润|国药|南方电网|国家能源集团|国家税务总局|国家统计局|共青团)$"
)
_NO_FOUNDER = re.compile(
    "[今去昨明前当年月日我你他她它们这那此其该本在于的是有为被把将从到过来就也都还又并已由]|地处|位于|全国|国内|记者|通讯员|公司"
)
_NATIONWIDE = re.compile("中国(?!共产党|特色|人民政协)|中华(?!民族)|全国(?=[一-龥]{2,8}$)")
# A name of two characters before 公司 or 集团 that is none: 子公司, 某集团.
_KIND_OF_COMPANY = re.compile(
    "军事|平台|[母子总分某该本我两多几各外老大小新旧民国央]|上市|外贸|[这那一]家|入股|企业|领头|[合独]资|控股"
)
_IN_NAME = re.compile("(?<=[一-龥])[（(][一-龥]{2,6}[）)]")  # 某某（集团）有限公司, 某某（宁陕）公司
# 县财政局、农商行: of the kinds a county has one of, without whose it is.
_BANK_OR_GRID = re.compile("农商银?行|农村商业银行|农村信用社|供电公司|融媒体中心|(?:消防|消防救援|交警|公安交警)大队")
_LISTED = re.compile("(?:、|联合|会同)$")
# 靖州一中、飞山学校: a school in a list of schools may have a name of two characters.
_AFTER_SCHOOL = re.compile("(?:[小中大]学|学[校院]|幼儿园|[一二三四五六七八九]中)、$")
_BRANCH_AFTER = re.compile("[一-龥]{2,6}?[分支]行")
_ALSO_NOUNS = frozenset(("监督", "服务", "管理", "保护", "发展", "建设", "指导", "保障"))
# What no name holds: words of quantity and pointing, adverbs, verbs.
_NO_NAME = re.compile(
    "[这那哪某]|许多|不少|一些|各种|知名|著名|任何|所有|全部|正规|私开|非法|一[次出个家批支座所位名]|[已还也]|可以|采取|取消|绕过|拿下|上过|改进|感谢|购买|早日|多年|"
    "入住|预[订定]|关闭|考虑|致电|决定|发现|居然|因此|而且|不过|比较|如果|以后|一定|很|此|其[它他]|当地|附近|晚上|天居|司机|抛开|努力|同级|"
    "[一二三四五]星级|经济[型性]|跨国$|努力下|几层|找|^(?:像|请|住|车去|才|电话|小时)|"
    "[已曾]?经(?=[过历])|提名|明令|挤占|方面|^(?:经营|非上市|户|西方|外商|民营|国有|私营|乡镇)|^(?:经营|钻井|商贸|银行|生产|投资|贸易|女儿|儿子|父亲|母亲|孩子)$|四大$"
)
_TOWN_OF_ORIGIN = re.compile("原[一-龥][镇乡]")  # 原某镇: two characters are a town's name, one alone is none
_COUNTED = re.compile(r"\d+余?[个家所座处支]")  # 新建某某卫生服务站52个
_MAX = 26  # code points of a name before its suffix


def suffixed(text: str, start: int, end: int, ending: Ending, home: Home) -> Mention | None:
    """A body whose name ends in a known suffix, from where its name begins; None where it is a common noun."""
    if text[start] == "党" and TITLE_AFTER.match(text, end):
        return None
    if text[start - 1 : start] in _NOT_BEFORE.get(text[start:end], ()):
        return None
    if text[end : end + 1] in _NOT_AFTER.get(text[end - 1], ()) or _COUNTED.match(text, end):
        return None
    floor = max(0, start - _MAX, home.floor)
    if ending.full == "place" and _BANK_OR_GRID.fullmatch(text[start:end]) and _LISTED.search(text[max(0, start - 2) : start]):
        owner = home.geography.county
        return body(text, start, end, owner + text[start:end], 0.7) if owner else None
    may_have = "公司" in text[start:end] or text[start:end].endswith(("院", "所"))
    brackets = [m.span() for m in _IN_NAME.finditer(text, floor, start)] if may_have else []
    marks = [m.end() for m in BREAK.finditer(text, floor, start) if not any(a <= m.start() < b for a, b in brackets)]
    begin = max(marks or [floor])
    inside = [p for p in home.within(begin, start) if not any(a < p.start < b for a, b in brackets)]
    suffix = text[start:end]
    for match in left_cut().finditer(text, begin, start):
        if any(p.start < match.end() and match.start() < p.end for p in inside):
            continue
        if match.end() == start and match.group() in _ALSO_NOUNS and begin < match.start():
            continue  # 渔政|监督|管理站
        first = match.group() in "向和为及" and 1 < start - match.start() < 5 and ending.full == "proper"
        if first and any(p.end == match.start() for p in inside):
            continue  # 某县向阳农场: the first character of a name, not a word
        if match.group() in "和与及" and _in_field(text, begin, match.start()) and suffix.endswith(("中心", "局", "站")):
            continue  # 县公共就业|和|人才服务中心
        if match.group() in "和与及" and any(begin <= p.start and p.end < match.start() for p in inside):
            continue  # 河南仁和某某公司: part of a name that began with a place
        begin = match.end()
    inside = [p for p in inside if p.start >= begin]
    # 山西吕梁市交城县某局 is the county's: of places that follow each other the last one owns the body. A company's
    # name may begin with two (浙江安吉某某公司), and what a city has in its district keeps both.
    while len(inside) > 1 and inside[0].end == inside[1].start and inside[1].level in ("prefecture", "county"):
        if ending.full == "proper" and inside[0].surface[-1] not in "省市县区州":
            break
        if inside[0].level == "prefecture" and inside[1].surface.endswith("区"):
            break
        inside.pop(0)
    if (inside and inside[0].start > begin and ending.full == "place") or (inside and inside[0].level != "natural"):
        begin = _with_mother(text, inside[0].start) if suffix[-2:] != "公司" else _with_founder(text, begin, inside[0].start)
        if begin < inside[0].start:
            return body(text, begin, end, text[begin:end], 0.9)
    nationwide = None if inside else _NATIONWIDE.search(text, begin, start)
    if nationwide and start - nationwide.start() > 2 and not _NO_NAME.search(text, nationwide.start(), start):
        return body(text, nationwide.start(), end, text[nationwide.start() : end], 0.85)
    stem = text[begin:start]
    if inside and inside[0].start == begin:
        rest = text[inside[0].end : start]
        if rest.startswith("原") and not _TOWN_OF_ORIGIN.match(rest):
            rest = rest[1:]  # 某某村原村委会
            return (
                body(text, begin, end, text[begin : inside[0].end] + rest + suffix, 0.8)
                if rest or ending.full == "place"
                else None
            )
        whole_of = suffix == "学院" and inside[0].level == "prefecture" and inside[0].surface[-1] not in "市州盟"  # 怀化学院
        called_after = inside[0].level == "natural" and suffix in ("集团", "集团公司")  # 九龙江集团
        if (
            not rest
            and not whole_of
            and not called_after
            and suffix
            in (
                "公司",
                "集团",
                "协会",
                "集团公司",
                "中心",
                "大队",
                "局",
                "厅",
                "委员会",
                "学院",
                "学会",
                "控股",
            )
        ):
            return None
        if len(rest) > 16:
            return None
        return body(text, begin, end, text[begin:end], 0.9)
    level = level_start(text, begin, start)
    if level is not None and text[level] in LEVEL:
        place = home.of(text[level], level)
        rest = text[level + 1 : start]
        if rest or ending.full == "place":
            named = suffix == "中心" and len(rest) > 3  # 县果业发展中心
            if rest and common().fullmatch(rest) and not named and suffix in ("中心", "公司", "局", "集团", "合作社", "站"):
                return None
            at = level - 2 if home.autonomous(level) else level
            return body(text, at, end, (place or text[level]) + rest + suffix, 0.85)
    if len(stem) > 1 and any(p.surface[:-1] == stem for p in home.places):
        return body(text, begin, end, stem + suffix, 0.85)  # 纳孔小学 where 纳孔村 is named
    if ending.full == "place" or len(stem) < 2 or begin == floor or _NO_NAME.search(stem):
        return None
    listed = suffix in ("学校", "小学", "中学") and _AFTER_SCHOOL.search(text[max(0, begin - 4) : begin])
    listed = listed or (suffix == "银行" and _BRANCH_AFTER.match(text, end))
    too_short = len(stem) < 3 and suffix in ("银行", "协会", "学院", "学校", "小学", "中学", "医院")
    if common().fullmatch(stem) or (too_short and not listed):
        return None
    if len(stem) < 3 and suffix in ("公司", "集团") and (common().search(stem) or _KIND_OF_COMPANY.search(stem)):
        return None
    if (
        suffix in ("公司", "学校", "学院", "协会", "银行", "集团")
        and common().search(stem)
        and common().sub("", stem) in ("", "型", "化")
    ):
        return None
    return body(text, begin, end, stem + suffix, 0.75)


def _in_field(text: str, begin: int, end: int) -> bool:
    """Whether a level word and part of a field stand here, and no body's end: 县公共就业."""
    field = text[begin:end]
    return level_start(text, begin, end) == begin and 2 < len(field) < 8 and not re.search("[局委办部院厅会心社司站队校]", field)


def _with_mother(text: str, start: int) -> int:
    """Where a name begins whose enterprise stands before its place."""
    mother = MOTHER.search(text[max(0, start - 8) : start])
    return start - len(mother.group()) if mother else start


def _with_founder(text: str, begin: int, start: int) -> int:
    """As above for a company, whose founder may be any: 一汽解放|青岛|汽车有限公司, from a mark on."""
    founder = text[begin:start]
    whole = begin == 0 or BREAK.match(text[begin - 1])
    if whole and re.fullmatch("[一-龥]{2,6}", founder) and not _NO_FOUNDER.search(founder):
        return begin
    return _with_mother(text, start)
