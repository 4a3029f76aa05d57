"""Organisations of a document: party and government bodies, enterprises, schools, associations.

Bodies found by the words that end their names, bare mentions (县医保局) resolved to the body of the document's own
place, and short names made full belong here. Which entity a mention is across documents is `pipeline.link`'s.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.lexicon import Words, any_of, rows, words
from pipeline.extract.mentions import Mention

if TYPE_CHECKING:
    from pipeline.extract.places import Geography

_BREAK = re.compile(r"[\s，。；：、！？,.;:!?（）()《》<>“”\"「」『』‘’\[\]【】—…·|/+＋]")
_LEVEL = "省市县区旗州盟镇乡"
# 市场, 县城, 区域: a level word that is part of another word.
_LEVEL_NOT_BEFORE = "场级区城民内上域乡外直属镇村情际中"
_TITLE_AFTER = re.compile("副?书记|常委(?!会)|委员(?!会)|代表|常务|主任|主席|干部|班子|全会|党组|机关|会议")
_FORMS = {"委员会": ("委员会", "委"), "办公室": ("办公室", "办")}
_BRAND = re.compile(
    r"(?:合作社|公司|企业|集团|农场)[“\"「]([一-龥A-Za-z]{2,10})[”\"」]|[“\"「]([一-龥]{2,8})[”\"」](?=合作社|公司|农场|集团)"
)
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
}
# 布局, 大局, 大厅 are no bodies; 城市, 社区 are no level words.
_NOT_BEFORE = {
    "局": "布格全大时结开残僵当定危",
    "厅": "大客餐舞前展",
    "中心": "城镇市为圆",
    "大队": "等",
    "委员会": "任",
}
_NOT_LEVEL_AFTER = {
    "市": "城都超门上菜集",
    "区": "社园校小景山灾牧林矿片辖库新地老库",
    "乡": "城家故老下",
    "镇": "城乡村集",
    "县": "全各",
    "省": "全各",
}
# Parts of a body that are bodies of their own; other parts are left with the whole.
_BRANCH = frozenset(
    [
        "分局",
        "分公司",
        "医院",
        "法庭",
        "研究院",
        "研究所",
        "学院",
        "中学",
        "小学",
        "学校",
        "派出所",
        "支行",
        "分行",
        "调查队",
        "营业部",
        "工作站",
    ]
)
# What a national enterprise or body writes before the place of its branch: 国网湖北省电力有限公司.
_MOTHER = re.compile(
    "(?:国网|中国石化|中国石油|中国移动|中国联通|中国电信|中国铁塔|中石化|中石油|中电建|中铁|中建|中交|国能|国电|华能|大唐|华电|"
    "华润|国药|南方电网|国家能源集团|国家税务总局|国家统计局|共青团)$"
)
_NATIONAL_BRANCH = re.compile(
    "[一-龥]{2,8}?(?:支行|分行|分公司|分局|部?分院|调查总?队|电力公司|供电公司|营业部|专员办事处|特派员办事处|监管局|监管分局)"
)
_NO_FOUNDER = re.compile(
    "[今去昨明前当年月日我你他她它们这那此其该本在于的是有为被把将从到过来就也都还又并已由]|地处|位于|全国|国内|记者|通讯员|公司"
)
# Offices of a committee or government that no list can hold: 县委某某工作领导小组办公室, 县委督查室.
_OFFICE = re.compile(
    "[一-龥]{0,14}?(领导小组办公室|领导小组|工作专班|督查室|督查局|政策研究室|政研室|研究室|机要局|保密局|信访局|党史研究室|值班室|"
    "档案馆|接待办公室|巡察工作领导小组办公室|巡察办|巡察组|指挥部)(?![长员])"
)
# Two fields of one department: 县|政务服务和|大数据管理局; two departments have 局 or the like between them.
_JOINED = re.compile("[省市县区旗州](?:(?![场级区城民内上域乡外直属镇村情际中局委办部院厅会])[一-龥]){2,7}[和与及][一-龥]{0,4}$")
_NATIONWIDE = re.compile("中国(?!共产党|特色|人民政协)|中华(?!民族)|全国(?=[一-龥]{2,8}$)")
# A name of two characters before 公司 or 集团 that is none: 子公司, 某集团.
_KIND_OF_COMPANY = re.compile("[母子总分某该本我两多几各外老大小新旧民国央]|上市|外贸|[这那一]家|入股|企业|领头|[合独]资|控股")
_IN_NAME = re.compile("(?<=[一-龥])[（(][一-龥]{2,6}[）)]")  # 某某（集团）有限公司, 某某（宁陕）公司
_MAX = 26  # code points of a name before its suffix


@dataclass(frozen=True, slots=True)
class _Ending:
    """What a matched ending says: a department or organ of some place, a national body, or a suffix."""

    kind: str  # department, organ, national, suffix
    full: str  # department: its full name; organ: pattern with {}; national: the name; suffix: what it needs


@cache
def _endings() -> tuple[Words, dict[str, _Ending]]:
    found: dict[str, _Ending] = {}
    for form, needs in rows("organizations", "suffixes.tsv"):
        found[form] = _Ending("suffix", needs)
    for field, short, *forms in rows("organizations", "departments.tsv"):
        for form in (forms[0] if forms else "局|厅").split("|"):
            for name in (field, *(s for s in short.strip().split("|") if s)):
                for ending in _FORMS.get(form, (form,)):
                    if len(name) > 1 or ending != "委":
                        found[name + ending] = _Ending("department", field + form)
    for organ, pattern, *_ in rows("organizations", "organs.tsv"):
        for level in _LEVEL:
            found[level + organ] = _Ending("organ", pattern)
        if len(organ) > 3 or organ in ("纪委", "团委", "妇联", "残联", "工商联", "党委"):
            found.setdefault(organ, _Ending("organ", pattern))
    for name, *others in rows("organizations", "national.tsv"):
        for form in (name, *(o for cell in others for o in cell.split("|") if o)):
            found[form] = _Ending("national", name)
    return Words(found), found


@cache
def _left_cut() -> re.Pattern[str]:
    return re.compile(
        any_of(words("organizations", "left_cut.txt"))
        + "|(?<!国)家(?![庭具电居园乡])|[0-9０-９]+[余多]?[家个所名座]?|[一二三四五六七八九十]+[家个座]"
    )


@cache
def _common() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('organizations', 'common_stems.txt'))}|[省市县区镇乡村]级?)+")


class _Home:
    """The document's own places, and its place mentions by position."""

    def __init__(self, text: str, geography: Geography, places: list[Mention]) -> None:
        self.text = text
        self.geography = geography
        self.places = sorted((p for p in places if p.start >= 0), key=lambda p: (p.start, p.end))
        self._starts = [p.start for p in self.places]
        self._by_end = {p.end: p for p in self.places}
        self.floor = 0  # where the body found last ends: the next one begins after it
        self._towns = Counter(p.name for p in self.places if p.level == "township")

    def ending_at(self, position: int) -> Mention | None:
        return self._by_end.get(position)

    def within(self, start: int, end: int) -> list[Mention]:
        return [p for p in self.places[bisect_left(self._starts, start) : bisect_right(self._starts, end)] if p.end <= end]

    def autonomous(self, position: int) -> bool:
        """Whether the level word here is that of 自治区, 自治州, 自治县 or 自治旗."""
        return self.text[max(0, position - 2) : position] == "自治"

    def of(self, level: str, position: int) -> str | None:
        """The full name of the place that a level word stands for."""
        g = self.geography
        if level == "省" or self.autonomous(position):
            return g.province if level in "省区" else g.prefecture if level == "州" else g.county
        if level in "市州盟":
            # A county-level city speaks of itself as 市.
            return g.county if level == "市" and g.county and g.county.endswith("市") else g.prefecture
        if level in "县区旗":
            return g.county
        before = [p.name for p in self.places if p.level == "township" and p.start < position and p.name.endswith(level)]
        if before:
            return before[-1]
        return self._towns.most_common(1)[0][0] if self._towns else None


def find_organizations(text: str, title: str | None, geography: Geography, places: list[Mention]) -> list[Mention]:
    """Organisations that a document names.

    Args:
        text: body of the document.
        title: its title.
        geography: where the document is at home; 县财政局 is that county's.
        places: the place mentions of the document.

    Returns:
        Mentions in order of their place; those only in the title have start and end -1.
    """
    home = _Home(text, geography, places)
    found = _in_part(text, home)
    for line in (title or "").splitlines():
        found += [replace(m, start=-1, end=-1) for m in _in_part(line, _Home(line, geography, _own_places(line, geography)))]
    found = _as_one(found)
    in_text = {m.name for m in found if m.start >= 0}
    kept = [m for m in found if m.start >= 0 or m.name not in in_text]
    return sorted(dict.fromkeys(kept), key=lambda m: (m.start, m.end))


def outside(places: list[Mention], organizations: list[Mention]) -> list[Mention]:
    """Places without those that only a body's name speaks of: 北京大学 says nothing of Beijing, 汉江实验室 nothing of the river.

    Args:
        places: place mentions of a document.
        organizations: its organisations; a place in full (北京市) inside their names is a place.
    """
    spans = [(m.start, m.end) for m in organizations if m.start >= 0]

    def inside(place: Mention) -> bool:
        return any(a <= place.start and place.end <= b for a, b in spans)

    def by_the_way(place: Mention) -> bool:
        short = place.level in ("province", "prefecture", "county") and place.surface != place.name
        return place.start >= 0 and (short or place.level == "natural") and inside(place)

    elsewhere = {(p.name, p.code) for p in places if not by_the_way(p)}
    return [p for p in places if (p.name, p.code) in elsewhere]


def _own_places(line: str, geography: Geography) -> list[Mention]:
    """Where a heading names the document's own places, in full or short (宁陕县, 宁陕)."""
    found: list[Mention] = []
    named = {"county": geography.county, "prefecture": geography.prefecture, "province": geography.province}
    for level, name in named.items():
        if name:
            short = name[:-1] if len(name) > 2 else name
            found += [
                Mention(*match.span(), match.group(), "place", name, level=level)
                for match in re.finditer(f"{name}|{short}(?!{name[-1]})", line)
            ]
    return found


def _in_part(text: str, home: _Home) -> list[Mention]:
    matcher, endings = _endings()
    found: list[Mention] = []
    for start, end, form in matcher.find(text):
        ending = endings[form]
        home.floor = found[-1].end if found else 0
        is_office = form.endswith(("办", "办公室", "办公厅"))
        if ending.kind == "organ" and not is_office and _TITLE_AFTER.match(text, end):
            continue
        if found and found[-1].end > start:
            continue
        if ending.kind == "suffix" and found and _is_part(text, found[-1].end, start):
            if form in _BRANCH:
                whole = found.pop()
                rest = text[whole.end : end]
                found.append(_mention(text, whole.start, end, whole.name + rest, whole.confidence))
            continue
        make = {"national": _national, "department": _department, "organ": _organ, "suffix": _suffixed}[ending.kind]
        mention = make(text, start, end, ending, home)
        if mention and found and found[-1].end == mention.start and found[-1].name == "国家税务总局":
            # 国家税务总局某某县税务局 is the county's, however long it is written.
            mention = replace(mention, start=found.pop().start)
            mention = replace(mention, surface=text[mention.start : end])
        if mention and found and found[-1].end == mention.start and form.endswith("公司") and found[-1].end - found[-1].start < 6:
            # 中石油江苏某某有限公司: what the mother founded in a place, not the mother.
            start = found.pop().start
            mention = _mention(text, start, end, text[start:end], 0.9)
        if mention and not (found and found[-1].end > mention.start):
            found.append(_with_city(text, mention, home))
    for match in _BRAND.finditer(text):
        group = match.lastindex or 1
        found.append(_mention(text, match.start(group), match.end(group), match.group(group), 0.8))
    return found


def _with_city(text: str, mention: Mention, home: _Home) -> Mention:
    """青岛市即墨区人民政府 as it is written, the district's by name; 江苏省如东高级中学 likewise."""
    before = home.ending_at(mention.start)
    if before is None or before.level not in ("province", "prefecture") or before.surface[-1] not in "省市州":
        return mention
    if not any(p.start == mention.start for p in home.places):
        return mention
    return replace(mention, start=before.start, surface=text[before.start : mention.end])


def _is_part(text: str, end: int, start: int) -> bool:
    """Whether what stands between a body and a suffix makes the whole a part of that body."""
    between = text[end:start]
    return len(between) <= 8 and not _BREAK.search(between) and not _left_cut().search(between)


def _mention(text: str, start: int, end: int, name: str, sure: float) -> Mention:
    return Mention(start, end, text[start:end], "organization", name, confidence=sure)


def _national(text: str, start: int, end: int, ending: _Ending, home: _Home) -> Mention | None:
    if text[end - 2 : end] in ("人大", "政协") and _TITLE_AFTER.match(text, end):
        return None
    if text[start:end].endswith("部") and text[end : end + 1] in tuple("长门分署队件位落级"):
        return None
    if text[start - 1 : start] in ("省", "市", "县", "州") and ending.full.endswith("部"):
        return None
    # 中国农业银行宁陕县支行 and the like are bodies of their own; the county's branch is not the bank.
    branch = _NATIONAL_BRANCH.match(text, end)
    if branch and not _left_cut().search(branch.group()):
        return _mention(text, start, branch.end(), ending.full + branch.group(), 0.8)
    return _mention(text, start, end, ending.full, 1.0)


def _department(text: str, start: int, end: int, ending: _Ending, home: _Home) -> Mention | None:
    if text[end : end + 1] in ("长", "面", "部", "限"):
        return None
    if ending.full.endswith("厅") and text[end : end + 1] == "级":
        return None
    owner = _owner(text, start, home)
    if owner is None:
        if text[max(0, start - 2) : start] in ("国家", "中国", "全国"):
            return _mention(text, start - 2, end, text[start - 2 : start] + ending.full, 0.9)
        joined = _joined_field(text, start, end, home)
        if joined:
            return joined
        if ending.full.endswith(("局", "厅")) and (start == 0 or _BREAK.match(text[start - 1]) or _cut_before(text, start)):
            # 由财政局牵头: the department of the document's own place.
            place = home.geography.county or home.geography.prefecture or home.geography.province
            return _mention(text, start, end, (place or "") + ending.full, 0.6)
        return None
    begin, place = owner
    own, city = home.ending_at(start), home.ending_at(begin)
    if own and city and city.level == "prefecture" and city.surface != city.name and own.surface != own.name:
        return _mention(text, city.start, end, text[city.start : end], 0.9)  # 宁德霞浦生态环境局: the city's, in the county
    return _mention(text, begin, end, place + ending.full, 0.95)


def _joined_field(text: str, start: int, end: int, home: _Home) -> Mention | None:
    """A department of several fields that is no listed one: 县某某和科学技术局."""
    floor = max(0, start - 14)
    begin = max([m.end() for m in _BREAK.finditer(text, floor, start)] or [floor])
    inside = home.within(begin, start)
    if inside:
        begin, after, owner = inside[-1].start, inside[-1].end, inside[-1].name
    elif begin < start and text[begin] in _LEVEL and begin > floor:
        after, owner = begin + 1, home.of(text[begin], begin) or text[begin]
    elif joined := _JOINED.search(text, begin, start):
        begin, after = joined.start(), joined.start() + 1
        owner = home.of(text[begin], begin) or text[begin]
    else:
        return None
    field = text[after:start]
    if not 2 <= len(field) <= 10 or any(m.group() not in "和与" for m in _left_cut().finditer(field)):
        return None
    return _mention(text, begin, end, owner + text[after:end], 0.7)


def _owner(text: str, start: int, home: _Home) -> tuple[int, str] | None:
    """The place before a department, and where its mention begins: 宁陕县, 市, 该县."""
    place = home.ending_at(start)
    if place:
        return place.start, place.name
    level = text[start - 1 : start]
    if level and level in _LEVEL:
        short = home.ending_at(start - 1)
        if short and short.name.endswith(level):
            return short.start, short.name
        if level in "镇乡":
            # A township that the gazetteer does not know, between marks: 、某某镇人民政府.
            written = re.search(r"(?:^|[\s，、。；：,;:（(“])([一-龥]{1,3}[镇乡])$", text[max(0, start - 6) : start])
            if written and not _left_cut().match(written.group(1)) and written.group(1) not in ("各乡镇", "全镇", "全乡"):
                return start - len(written.group(1)), written.group(1)
        owner = home.of(level, start - 1) or level
        return start - (3 if home.autonomous(start - 1) else 1), owner
    return None


def _cut_before(text: str, start: int) -> bool:
    return any(m.end() == start for m in _left_cut().finditer(text, max(0, start - 4), start))


def _organ(text: str, start: int, end: int, ending: _Ending, home: _Home) -> Mention | None:
    """县委, 宁陕县委, 宁陕县纪委, 蒿坪镇党委."""
    if text[start] in _LEVEL:
        level, after = text[start], start + 1
        owner = _owner(text, after, home)
        named = owner is not None and owner[0] < start
        if not named and start and text[start - 1] in _NOT_LEVEL_AFTER.get(level, ()):
            return None
        if text[start:end].endswith("委") and text[end : end + 1] in tuple("托员派任屈婉以"):
            return None
        begin, place = owner if owner else (start, home.of(level, start) or level)
        if not named and home.autonomous(start):
            begin = start - 2
        if text[after : after + 1] == "委" and text[after : after + 3] == "委员会":
            return None
    else:
        owner = _owner(text, start, home)
        if owner is None:
            return None
        begin, place = owner
    if text[begin - 1 : begin] == "团" and text[start:end].endswith("委"):
        return _mention(text, begin - 1, end, f"共青团{place}委员会", 0.95)
    if text[max(0, begin - 2) : begin] == "中共":
        begin -= 2
    name = ending.full.format(place)
    if place[-1] in "镇乡" and name == f"中共{place}委":
        name += "员会"
    office = _OFFICE.match(text, end) if text[start:end].endswith(("委", "政府")) else None
    if office and not _left_cut().search(office.group(), 0, len(office.group()) - len(office.group(1))):
        name, end = name + office.group(), office.end()
    return _mention(text, begin, end, name, 0.95)


def _suffixed(text: str, start: int, end: int, ending: _Ending, home: _Home) -> Mention | None:
    if text[start] == "党" and _TITLE_AFTER.match(text, end):
        return None
    if text[start - 1 : start] in _NOT_BEFORE.get(text[start:end], ()):
        return None
    if text[end : end + 1] in _NOT_AFTER.get(text[end - 1], ()):
        return None
    floor = max(0, start - _MAX, home.floor)
    brackets = [m.span() for m in _IN_NAME.finditer(text, floor, start)] if "公司" in text[start:end] else []
    marks = [m.end() for m in _BREAK.finditer(text, floor, start) if not any(a <= m.start() < b for a, b in brackets)]
    begin = max(marks or [floor])
    inside = home.within(begin, start)
    for match in _left_cut().finditer(text, begin, start):
        if any(p.start < match.end() and match.start() < p.end for p in inside):
            continue
        initial = match.group() in "向和为及" and 1 < start - match.start() < 5 and ending.full == "proper"
        if initial and any(p.end == match.start() for p in inside):
            continue  # 某县向阳农场: the first character of a name, not a word
        if match.group() in "和与及" and any(begin <= p.start and p.end < match.start() for p in inside):
            continue  # 河南仁和某某公司: part of a name that began with a place
        begin = match.end()
    inside = [p for p in inside if p.start >= begin]
    suffix = text[start:end]
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
            return _mention(text, begin, end, text[begin:end], 0.9)
    nationwide = None if inside else _NATIONWIDE.search(text, begin, start)
    if nationwide and start - nationwide.start() > 2:
        return _mention(text, nationwide.start(), end, text[nationwide.start() : end], 0.85)
    stem = text[begin:start]
    if inside and inside[0].start == begin:
        rest = text[inside[0].end : start]
        if rest.startswith("原"):
            rest = rest[1:]  # 某某村原村委会
            return (
                _mention(text, begin, end, text[begin : inside[0].end] + rest + suffix, 0.8)
                if rest or ending.full == "place"
                else None
            )
        if not rest and suffix in (
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
        ):
            return None
        if len(rest) > 16:
            return None
        return _mention(text, begin, end, text[begin:end], 0.9)
    level = _level_start(text, begin, start)
    if level is not None and text[level] in _LEVEL:
        place = home.of(text[level], level)
        rest = text[level + 1 : start]
        if rest or ending.full == "place":
            if rest and _common().fullmatch(rest) and suffix in ("中心", "公司", "局", "集团", "合作社", "协会", "站"):
                return None
            first = level - 2 if home.autonomous(level) else level
            return _mention(text, first, end, (place or text[level]) + rest + suffix, 0.85)
    if ending.full == "place" or len(stem) < 2 or begin == floor:
        return None
    if suffix in ("小学", "中学", "幼儿园", "学校") and any(p.surface[:-1] == stem for p in home.places):
        return _mention(text, begin, end, stem + suffix, 0.85)  # 纳孔小学 where 纳孔村 is named
    if _common().fullmatch(stem) or (len(stem) < 3 and suffix in ("银行", "协会", "学院", "学校", "小学", "中学", "医院")):
        return None
    if len(stem) < 3 and suffix in ("公司", "集团") and (_common().search(stem) or _KIND_OF_COMPANY.search(stem)):
        return None
    if (
        suffix in ("公司", "学校", "学院", "协会", "银行", "集团")
        and _common().search(stem)
        and _common().sub("", stem) in ("", "型", "化")
    ):
        return None
    return _mention(text, begin, end, stem + suffix, 0.75)


def _with_mother(text: str, start: int) -> int:
    """Where a name begins whose enterprise stands before its place."""
    mother = _MOTHER.search(text[max(0, start - 8) : start])
    return start - len(mother.group()) if mother else start


def _with_founder(text: str, begin: int, start: int) -> int:
    """As above for a company, whose founder may be any: 一汽解放|青岛|汽车有限公司, from a mark on."""
    founder = text[begin:start]
    whole = begin == 0 or _BREAK.match(text[begin - 1])
    if whole and re.fullmatch("[一-龥]{2,6}", founder) and not _NO_FOUNDER.search(founder):
        return begin
    return _with_mother(text, start)


def _level_start(text: str, begin: int, start: int) -> int | None:
    """Where a bare level word begins the name: 县人民医院, 有县人民医院, 自治区人民医院."""
    if text.startswith("自治", begin) and text[begin + 2 : begin + 3] in tuple("区州县旗"):
        return begin + 2
    if text[begin : begin + 1] in tuple("有含如即以至经请原") and text[begin + 1 : begin + 2] in tuple(_LEVEL):
        begin += 1
    if begin >= start or text[begin] not in _LEVEL:
        return None
    is_word = text[begin + 1] in _LEVEL_NOT_BEFORE and text[begin + 1 : begin + 3] not in ("中医", "直属")
    return None if is_word else begin


def _as_one(found: list[Mention]) -> list[Mention]:
    """A short mention takes the full name that ends in it: 皇冠山保护局 after 宁陕县皇冠山保护局."""
    full = sorted({m.name for m in found}, key=len)
    result = []
    for mention in found:
        longer = [n for n in full if n != mention.name and n.endswith(mention.name)]
        result.append(
            replace(mention, name=longer[0]) if longer and mention.name == mention.surface and len(mention.name) > 3 else mention
        )
    return result
