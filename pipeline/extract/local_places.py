"""Places below the county: townships, villages and development zones.

Their names repeat all over the country, so they are looked for in the counties that a document names; an unknown one is
believed where its left edge is sure. Provinces to counties belong in `places`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.extract.gazetteer import Division, townships, villages, words
from pipeline.extract.mentions import Mention

_LOCAL = re.compile(r"[镇乡村]|街道|社区|苏木|嘎查")
_LONGEST = 8
_LIST = re.compile(
    r"((?:[\u4e00-\u9fff]{1,6}、)+(?:(?!等)[\u4e00-\u9fff]){1,8})(?:等[\d一二两三四五六七八九十]*个?|[\d一二两三四五六七八九十]+个?)"
    r"(?:山区|边远|贫困|库区|沿[江河海湖]|重点|试点|民族|平原|川道|城郊|深度贫困)?(乡镇|镇|乡|街道|村|社区)"
)
_LIST_END = re.compile(
    r"[等个\d一二两三四五六七八九十区远困点族原道郊江河海湖](?:乡镇|[镇乡村]|街道|社区)"
)  # what is quick to look for first
# A name that is not in the gazetteer is believed only where its left edge is sure.
_LEFT_EDGE = re.compile(r"(?:[省市县区镇乡州旗]|街道|苏木)$")
_LOOSE_EDGE = re.compile(r"(?:^|[，,。；;：:！？!?、（()“”《》\s在到赴往于从和与及])$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:镇|乡|村|街道|社区|苏木|嘎查)")
_OFFICE_AFTER = re.compile("[长党政纪干级]")  # 礼让镇|镇长
_NO_NAME = re.compile(
    r"^[各全每该本此那这我他其某等个名户联驻包入进下到从向与及在了的是有为将把被对由所两几数多一二三四五六七八九十百千]|^(?:利用|依托|带动|打造|建设|发展|推动|支持|组织|借助|立足)|^和(?![平睦谐顺兴畅苑美])|[的了在与及]|(?<=.)和"
    r"|(?:推动|推行|推进|探索|重视|注重|领办|帮扶|建强|抓好|选派|引领|壮大|提升|强化|示范|薄弱|带动|实行|富裕|争创|创建|走访|入户)村$"
)
_NO_LONG_NAME = re.compile("领导|干部|工作|群众|人员|组织|党|走|进|下|驻|联|包")
# 塔山、冷水溪、大田坝等6个寨子: hamlets that no gazetteer has; their number shows that all of them are names.
_HAMLETS = re.compile(
    r"((?:[\u3400-\u9fff]{2,8}[、和])(?:[\u3400-\u9fff]{2,5}[、和])*(?:(?!等)[\u3400-\u9fff]){2,4}?)(?:等)?(?:[\d]+|[一二两三四五六七八九十]+)"
    r"(?:个(?:自然村|自然寨|寨子|村寨|村民小组|村落|屯|村|社区|组|自然屯|村组|行政村)|村(?=[的“共联，。]))"
)
_HAMLETS_END = re.compile(r"[\d一二两三四五六七八九十](?:个[自寨村屯社组行]|村)")
# Where the first name of such a list begins: after these its own characters follow.
_BEFORE_LIST = re.compile(
    "(?:带动|涉及|覆盖|位于|辐射|走访|深入|串联|联合|整合|以及|包括|惠及|组织|对|在|到|把|将|由|及|和|与|的|至)"
)
_NO_HAMLET = re.compile(
    "[的了是有为被等各个在把将]|产业|项目|工程|村民|群众|党员|干部|企业|[省市县区镇乡]$|种植|养殖|旅游|教育|文化|[0-9]"
)
_KIND = re.compile("(?:镇|乡|街道)$")
# A development zone is called after its place: 如东县洋口港经济开发区, 宿迁经济技术开发区.
_ZONE_WORDS = ("开发区", "高新区", "经开区")
_ZONE = re.compile(
    r"(?:(?:国家级)?(?:经济技术|经济|高新技术产业|高新技术|工业|旅游|综合|循环经济|产城融合)?开发区|(?<=[\u4e00-\u9fff])高新区|(?<=[\u4e00-\u9fff])经开区)(?!域|管|党工委|分局|公安|税务|法院)"
)
_NO_ZONE = re.compile("[的和与及在各个两全设建级省市区、，。]")


def find_local(text: str, counties: Sequence[Division], named: Sequence[Mention]) -> list[Mention]:
    """Find what lies within the counties of a document.

    Args:
        text: its repaired text.
        counties: those that it names, the one it is about first.
        named: the divisions found in it so far.

    Returns:
        Mentions of level township or village, in no order; some may overlap.
    """
    local = [*_townships_and_villages(text, counties, named), *_listed(text, counties)]
    return [*local, *_hamlets(text, counties, [*named, *local]), *_zones(text, named)]


def _townships_and_villages(text: str, counties: Sequence[Division], named: Sequence[Mention]) -> list[Mention]:
    """Townships and villages: those of the counties named, and unknown ones whose name is sure to begin there."""
    found: list[Mention] = []
    common = words("common_words")
    last = sorted((m.end, m.county_code) for m in named if m.level == "county")
    listed = [_written(county.code) for county in counties]
    within_name = {at for m in named for at in range(m.start, m.end - 1)}  # 吉林省|镇赉县 has no town
    for suffix in _LOCAL.finditer(text):
        end = suffix.end()
        if end - 1 in within_name:
            continue
        if text[suffix.start() - 1 : suffix.start()] in tuple("镇乡村") and _OFFICE_AFTER.match(text, end):
            continue
        if text.startswith("乡村振兴", suffix.start() - 1) or (suffix[0] == "村" and text[end : end + 1] in ("务", "容", "貌")):
            continue
        if suffix[0] == "乡" and text[end : end + 1] in tuple("贤音土情愁亲"):
            continue
        for start in range(max(0, suffix.start() - _LONGEST + 1), suffix.start()):
            name = text[start:end]
            # Most pieces are no name at all: looked up before anything else is worked out.
            for names in listed:
                if name in names:
                    break
            else:
                continue
            if name in common:
                continue
            nearest = _nearest(text, start, last, found)
            township = next((m for m in found[-2:] if m.end == start and m.level == "township"), None)
            within = [c for c in counties if township is None or c.code == township.county_code]
            mention = _known(name, start, end, within, nearest)
            if mention:
                found.append(_whole(text, mention))
                break
        else:
            nearest = _nearest(text, suffix.start(), last, found)
            county = next((c for c in counties if c.code == nearest), counties[0] if counties else None)
            mention = _unknown(text, suffix, county, common, found[-1] if found else None)
            if mention:
                found.append(mention)
    return found


def _listed(text: str, counties: Sequence[Division]) -> list[Mention]:
    """Townships and villages in a list that names their kind once: 三沙、沙江、溪南等乡镇."""
    found: list[Mention] = []
    for match in _LIST.finditer(text) if counties and _LIST_END.search(text) else ():
        suffixes = ("村", "社区") if match[2][0] in "村社" else ("镇", "乡", "街道", "苏木")
        for item in re.finditer("[^、和]+", match[1]):
            # Before the first one there may be a word: 霞浦县三沙、沙江.
            for cut in range(len(item[0]) - 1 if item.start() == 0 else 1):
                name, start = item[0][cut:], match.start(1) + item.start() + cut
                written = sorted(suffixes, key=lambda suffix, name=name: name + suffix not in text)
                known = (_known(name + suffix, start, start + len(name), counties, None) for suffix in written)
                place = next((one for one in known if one), None)
                if place:
                    found.append(replace(place, surface=name))
                    break
    return found


def _hamlets(text: str, counties: Sequence[Division], named: Sequence[Mention]) -> list[Mention]:
    """Hamlets of a counted list that are in no gazetteer: 塔山、冷水溪、大田坝等6个寨子."""
    found: list[Mention] = []
    for match in _HAMLETS.finditer(text) if counties and _HAMLETS_END.search(text) else ():
        items = [(m.start() + match.start(1), m[0]) for m in re.finditer("[^、和]+", match[1])]
        start, first = items[0]
        cuts = [m.end() for m in _BEFORE_LIST.finditer(first)]
        cut = next((c for c in cuts if 2 <= len(first) - c <= 4), 0)
        cut = max([cut, *(m.end - start for m in named if start < m.end <= start + len(first))])
        items[0] = (start + cut, first[cut:])
        sure = cut or not re.match(r"[\u3400-\u9fff]", text[start - 1 : start])
        if not 2 <= len(items[0][1]) <= 4 or not sure:
            items.pop(0)
        if any(_NO_HAMLET.search(name) or not 2 <= len(name) <= 5 for _, name in items):
            continue
        code = counties[0].code
        for at, name in items:
            known = _known(name + "村", at, at + len(name), counties[:1], None)
            one = replace(known, surface=name) if known else None
            found.append(one or Mention(at, at + len(name), name, "place", name, None, None, "village", code, code, (), 0.6))
    return found


def _whole(text: str, mention: Mention) -> Mention:
    """余村村 is written where the gazetteer has 余村."""
    end = mention.end
    if (
        mention.level == "village"
        and mention.name[-1] == "村"
        and re.match("村(?![民委干两里口级庄容貌务部集支党社组监])", text[end:])
    ):
        name = mention.name + "村"
        return replace(mention, end=end + 1, surface=name, name=name)
    return mention


def _spellings(name: str) -> tuple[str, ...]:
    """A name as the gazetteer may have it: a township that has since become a town keeps its code, 聂当乡 for 聂当镇."""
    kind = _KIND.search(name)
    stem = name[: kind.start()] if kind else ""
    return (name, *(stem + other for other in ("镇", "乡", "街道") if other != kind[0])) if kind and len(stem) > 1 else (name,)


@lru_cache(maxsize=512)
def _written(county_code: str) -> frozenset[str]:
    """All names of a county's townships and villages, in each way that `_known` reads."""
    names = townships(county_code).keys() | villages(county_code).keys()
    return frozenset(names.union(*(_spellings(name) for name in names if name.endswith(("镇", "乡", "街道")))))


def _nearest(text: str, start: int, counties: list[tuple[int, str | None]], local: list[Mention]) -> str | None:
    """The county that was spoken of last before a position in its paragraph, itself or by one of its townships."""
    paragraph = text.rfind("\n", 0, start)
    before = [c for c in counties if paragraph < c[0] <= start]
    before += [(m.end, m.county_code) for m in local[-3:] if m.level == "township" and paragraph < m.end <= start]
    return max(before)[1] if before else None


def _known(name: str, start: int, end: int, counties: Sequence[Division], nearest: str | None) -> Mention | None:
    for county in sorted(counties, key=lambda c: c.code != nearest):
        for names, level in ((townships(county.code), "township"), (villages(county.code), "village")):
            known = next((spelling for spelling in _spellings(name) if spelling in names), None)
            if known:
                code = names[known]
                parent = county.code if level == "township" or not code else f"{code[:9]}000"
                return Mention(start, end, name, "place", name, None, code, level, county.code, parent)
    return None


def _unknown(
    text: str, suffix: re.Match[str], county: Division | None, common: frozenset[str], last: Mention | None
) -> Mention | None:
    """A village or township that the gazetteer does not know, or of a county that the document does not name.

    Args:
        text: the text.
        suffix: the word that ends its name.
        county: where it would lie.
        common: words that end like it and name no place.
        last: the place found before it; a list goes on behind one of its kind, 的 behind a township.
    """
    for length in (2, 3, 4, 5, 6):
        start = suffix.start() - length
        if start < 0:
            continue
        name, edge = text[start : suffix.end()], text[max(0, start - 2) : start]
        level = "township" if suffix[0] in ("镇", "乡", "街道", "苏木") else "village"
        joints = "、和与及" if last and last.level == level else "的"
        goes_on = last is not None and last.end == start - 1 and text[start - 1] in joints
        if not goes_on and not _LEFT_EDGE.search(edge) and not (_LOOSE_EDGE.search(edge) and text.count(name) > 1):
            continue
        if name[0] == "长" and edge[-1:] in tuple("县市区镇乡州旗"):
            continue  # 县长李镇江
        follows = text[suffix.end() : suffix.end() + 1]
        if length > 4 and (edge[-1:] not in tuple("镇乡木道") or _NO_LONG_NAME.search(name)):
            continue
        if (
            not _UNKNOWN.fullmatch(name)
            or _LOCAL.search(name[: -len(suffix[0])])
            or _NO_NAME.search(name)
            or any(name.endswith(w) for w in common if len(w) > len(suffix[0]))
        ):
            continue
        if follows and follows in "县市区级镇乡村容貌域务民庄企干部集居振风规情里口头户":
            continue
        code = county.code if county else None
        return Mention(start, suffix.end(), name, "place", name, None, None, level, code, code, (), 0.6)
    return None


def _zones(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Development zones with the name of a place before them, or one of their own behind that of their county."""
    ends = {m.end: m for m in named if m.level in ("prefecture", "county")}
    found: list[Mention] = []
    for match in _ZONE.finditer(text) if any(word in text for word in _ZONE_WORDS) else ():
        for start in range(match.start(), max(-1, match.start() - 5), -1):
            owner = ends.get(start)
            if owner and not _NO_ZONE.search(text[start : match.start()]):
                own_name = start < match.start() and owner.surface[-1] in "市县区旗州"
                begin = start if own_name else owner.start
                name = text[begin : match.end()]
                code = owner.county_code
                found.append(Mention(begin, match.end(), name, "place", name, None, None, "township", code, owner.code))
                break
    return found
