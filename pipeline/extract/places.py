"""Which places a document names, and which county it is mainly about.

Names repeat all over the country (城关镇 exists in hundreds of counties), so a name is read in the document's
own geography: full names first, then short names of places that these make likely, then the townships and
villages of the counties named. What places there are belongs in `gazetteer`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract.gazetteer import Division, load, short_name, townships, villages, words
from pipeline.extract.mentions import Mention

_LOCAL = re.compile(r"[镇乡村]|街道|社区|苏木|嘎查")
_LONGEST = 8
# What may stand before a two-character county (成县) that is no part of a word (形成县级).
_EDGE = re.compile(r"[^\u4e00-\u9fff]$|[在到赴去是的和与及或省市州从自向对为由至、]$|^$")
# A name that is not in the gazetteer is believed only where its left edge is sure.
_LEFT_EDGE = re.compile(r"(?:[省市县区镇乡州旗]|街道|苏木)$")
_LOOSE_EDGE = re.compile(r"(?:^|[，,。；;：:！？!?、（()“”《》\s在到赴往于从和与及])$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:镇|乡|村|街道|社区|苏木|嘎查)")
_OFFICE_AFTER = re.compile("[长党政纪干级]")  # 礼让镇|镇长
_NO_NAME = re.compile(
    r"^[各全每该本此那这我他其某等个名户联驻包入进下到从向与及在了的是有为将把被对由所两几数多一二三四五六七八九十百千]|^和(?![平睦谐顺兴畅苑美])|[的了在与及]|(?<=.)和"
)
_LISTED = re.compile("[省市县区州]?[、和与及，]|以及")
_NO_LONG_NAME = re.compile("领导|干部|工作|群众|人员|组织|党|走|进|下|驻|联|包")
_NEAR = 40  # code points within which a province makes its short names likely


@dataclass(frozen=True, slots=True)
class Geography:
    """What a document is about, as full names and a code; `reason` says how it was found, or why not."""

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    county_code: str | None = None
    reason: str = "no place is named"


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    name: str
    full: bool
    choices: tuple[Division, ...]


def find_places(
    text: str, title: str | None = None, context: str = "", date: dt.date | None = None
) -> tuple[list[Mention], Geography]:
    """Find the places of a document.

    Args:
        text: its repaired text.
        title: its title.
        context: lines removed from its page (publisher, breadcrumbs), hints only.
        date: its date, for names and codes that have changed.

    Returns:
        The mentions in the order of the text, and the document's geography.
    """
    around = f"{title or ''}\n{context}"
    hits = _hits(text, date, around)
    hints = _hits(around, date, text)
    named = _active(hits, hints)
    home, reason = _home(hits, hints, len(title or ""), named)
    found: list[Mention] = []
    chosen = [_choose(hit, hits, named, home) for hit in hits]
    _in_lists(text, hits, chosen, named, home)
    for hit, place in zip(hits, chosen, strict=True):
        if place:
            found.append(_mention(hit.start, hit.end, text[hit.start : hit.end], place))
    counties = [home] if home else []
    counties += [p for m in found if m.level == "county" and (p := load().by_code(m.code or "")) and p not in counties]
    counties = [load().present(county) or county for county in counties]
    found = _longest([*found, *_natural(text), *_local(text, counties, found)])
    if home and not any(m.code == home.code for m in found):
        surface = short_name(home.name) if title and home.name not in title else home.name
        found.append(_mention(-1, -1, surface, home))
    return found, _geography(home, reason, hits, hints, named)


def _surroundings_in(text: str, place: Division) -> bool:
    return any(short_name(p.name) in text for p in load().path(place)[1:] if p.level == "prefecture")


def _hits(text: str, date: dt.date | None, beside: str = "") -> list[_Hit]:
    gazetteer = load()
    hits = []
    whole = text + beside
    last_end = -1
    for start, end, name in gazetteer.find(text):
        adjacent, last_end = start == last_end, end
        choices = gazetteer.as_of(name, date.year if date else None)
        full = bool(choices)
        choices = choices or tuple(c for c in gazetteer.by_name[name] if c.valid_to is None and c.name != name)
        sure_edge = adjacent or _EDGE.search(text[max(0, start - 1) : start])
        if len(name) == 2 and full and name[-1] in "县区市旗" and not sure_edge:
            continue
        if name in words("kinds_of_district") and (not adjacent or all(c.valid_to for c in choices)):
            continue  # 市区, 新区: a county only right behind its prefecture (晋城市城区)
        if name in words("also_verbs") and not adjacent and not any(_surroundings_in(whole, c) for c in choices):
            continue  # 会同有关部门, 会同县财政局: a verb, unless the county's surroundings are named
        if choices:
            hits.append(_Hit(start, end, name, full, choices))
    return hits


def _active(hits: Iterable[_Hit], hints: Iterable[_Hit]) -> Counter[str]:
    """How often each place is named in full, by code; provinces also by their short names."""
    named: Counter[str] = Counter()
    for hit in (*hits, *hints):
        for choice in hit.choices:
            if (hit.full and len(hit.choices) == 1) or choice.level == "province":
                named[choice.code] += 1
    for hit in (*hits, *hints):  # names that several places share count where their surroundings are named
        if hit.full and len(hit.choices) > 1:
            fitting = [c for c in hit.choices if any(named[p.code] for p in load().path(c)[1:])]
            if len(fitting) == 1:
                named[fitting[0].code] += 1
    return named


def _home(hits: list[_Hit], hints: list[_Hit], title_end: int, named: Counter[str]) -> tuple[Division | None, str]:
    """The county that a document is mainly about, with the reason."""
    score: Counter[str] = Counter()
    for hit, weight in [
        *((h, 2 if h.start < 200 else 1) for h in hits),
        *((h, 6 if h.start < title_end else 2) for h in hints),
    ]:
        counties = [c for c in hit.choices if c.level == "county"]
        fitting = [c for c in counties if named[c.code]] or (counties if len(counties) == 1 else [])
        if len(fitting) == 1 and len(counties) == len(hit.choices):
            sure = hit.full or named[fitting[0].code]
            if sure or hit.name not in words("ordinary"):  # 振兴 alone is no county
                score[fitting[0].code] += weight if sure else weight // 2
    if not score:
        return None, "no county is named"
    (best, top), *rest = score.most_common(2)
    if rest and top < 1.5 * rest[0][1] and len(score) > 3:
        return None, f"{len(score)} counties are named and none is the main one"
    if top < 2:
        return None, "a county is named in passing only"
    return load().by_code(best), "named most often, the title and the opening counting more"


def _choose(hit: _Hit, hits: list[_Hit], named: Counter[str], home: Division | None) -> Division | None:
    """The place that a hit means; None where it is likely no place."""
    inside = {p.code for p in load().path(home)} if home else set()

    def likely(place: Division) -> bool:
        return bool(place.code in inside or named[place.code])

    def surrounded(place: Division) -> bool:
        return any(p.code in inside or named[p.code] for p in load().path(place)[1:])

    choices = hit.choices
    if hit.full:
        if len(choices) == 1:
            return choices[0]
        fitting = [c for c in choices if likely(c)] or [c for c in choices if surrounded(c)]
        return fitting[0] if len(fitting) == 1 or (fitting and likely(fitting[0])) else None
    for level in ("province", "prefecture", "county"):
        for choice in choices:
            if choice.level != level:
                continue
            if level == "province" or likely(choice) or (level == "prefecture" and surrounded(choice)):
                return choice
            if level == "county" and _beside_province(hit, hits, choice):
                return choice
    return None


def _in_lists(text: str, hits: list[_Hit], chosen: list[Division | None], named: Counter[str], home: Division | None) -> None:
    """Short names in a list: 大冶、枝江、宜都 are places in a province that is named, as 大冶 alone might not be."""
    inside = {p.code for p in load().path(home)} if home else set()
    lists: list[list[int]] = []
    for i, hit in enumerate(hits):
        if lists and _LISTED.fullmatch(text, hits[lists[-1][-1]].end, hit.start):
            lists[-1].append(i)
        else:
            lists.append([i])
    for members in lists:
        if len(members) < 2:
            continue
        provinces = {p.code[:2] for i in members if (p := chosen[i])}
        for i in members:
            if chosen[i] is None and not hits[i].full:
                fitting = [
                    c for c in hits[i].choices
                    if c.code[:2] in provinces or any(p.code in inside or named[p.code] for p in load().path(c)[1:])
                ]  # fmt: skip
                best = [c for c in fitting if c.level == "prefecture"] or fitting
                chosen[i] = best[0] if len(best) == 1 else None


def _beside_province(hit: _Hit, hits: list[_Hit], place: Division) -> bool:
    """Whether what contains a place is named shortly before it (江苏省宜兴)."""
    around = {p.code for p in load().path(place)[1:]}
    return any(c.code in around for h in hits if 0 <= hit.start - h.end <= _NEAR for c in h.choices)


def _local(text: str, counties: list[Division], named: list[Mention]) -> list[Mention]:
    """Townships and villages: those of the counties named, and unknown ones whose name is sure to begin there."""
    if not counties:
        return []
    found: list[Mention] = []
    common = words("common_words")
    last = sorted((m.end, m.county_code) for m in named if m.level == "county")
    listed = [names for county in counties for names in (townships(county.code), villages(county.code))]
    for suffix in _LOCAL.finditer(text):
        end = suffix.end()
        if text[suffix.start() - 1 : suffix.start()] in tuple("镇乡村") and _OFFICE_AFTER.match(text, end):
            continue
        for start in range(max(0, suffix.start() - _LONGEST + 1), suffix.start()):
            name = text[start:end]
            # Most pieces are no name at all: looked up before anything else is worked out.
            spellings = _spellings(name)
            if not any(spelling in names for names in listed for spelling in spellings) or name in common:
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
            county = next((c for c in counties if c.code == nearest), counties[0])
            mention = _unknown(text, suffix, county, common)
            if mention:
                found.append(mention)
    return found


def _whole(text: str, mention: Mention) -> Mention:
    """余村村 is written where the gazetteer has 余村."""
    end = mention.end
    if (
        mention.level == "village"
        and mention.name[-1] == "村"
        and re.match("村(?![民委干两里口级庄容貌务部集支党社组])", text[end:])
    ):
        name = mention.name + "村"
        return replace(mention, end=end + 1, surface=name, name=name)
    return mention


def _spellings(name: str) -> tuple[str, ...]:
    """A name as the gazetteer may have it: a township that has since become a town keeps its code, 聂当乡 for 聂当镇."""
    kind = _KIND.search(name)
    stem = name[: kind.start()] if kind else ""
    return (name, *(stem + other for other in ("镇", "乡", "街道") if other != kind[0])) if kind and len(stem) > 1 else (name,)


def _nearest(text: str, start: int, counties: list[tuple[int, str | None]], local: list[Mention]) -> str | None:
    """The county that was spoken of last before a position in its paragraph, itself or by one of its townships."""
    paragraph = text.rfind("\n", 0, start)
    before = [c for c in counties if paragraph < c[0] <= start]
    before += [(m.end, m.county_code) for m in local[-3:] if m.level == "township" and paragraph < m.end <= start]
    return max(before)[1] if before else None


def _known(name: str, start: int, end: int, counties: list[Division], nearest: str | None) -> Mention | None:
    for county in sorted(counties, key=lambda c: c.code != nearest):
        for names, level in ((townships(county.code), "township"), (villages(county.code), "village")):
            known = next((spelling for spelling in _spellings(name) if spelling in names), None)
            if known:
                code = names[known]
                parent = county.code if level == "township" or not code else f"{code[:9]}000"
                return Mention(start, end, name, "place", name, None, code, level, county.code, parent)
    return None


def _unknown(text: str, suffix: re.Match[str], county: Division, common: frozenset[str]) -> Mention | None:
    """A village or township that the gazetteer does not know, in a county that it knows."""
    for length in (2, 3, 4, 5, 6):
        start = suffix.start() - length
        if start < 0:
            continue
        name, edge = text[start : suffix.end()], text[max(0, start - 2) : start]
        if not _LEFT_EDGE.search(edge) and not (_LOOSE_EDGE.search(edge) and text.count(name) > 1):
            continue
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
        if follows and follows in "级镇乡村容貌域务民庄企干部集居振风规情里口头户":
            continue
        level = "township" if suffix[0] in ("镇", "乡", "街道", "苏木") else "village"
        return Mention(start, suffix.end(), name, "place", name, None, None, level, county.code, county.code, (), 0.6)
    return None


_KIND = re.compile("(?:镇|乡|街道)$")
# A landform that no list names, where its left edge is sure.
_LANDFORM = re.compile(
    r"(?:^|(?<=[，。；：、！？“（\s在于沿经过是和与及的跨依临濒着托让使把将对向]))(?![让使把将对向])([\u4e00-\u9fff]{2,3}(?:半岛|大?草原|大峡谷|沙漠|盆地|沙地|水库|群岛|湿地|雪山|冰川))"
)
_NO_LANDFORM = re.compile("[的在和与及等了个座片大小中各多型退天然牧城市乡镇村治修]|建设|保护|重点|恢复")


@cache
def _natural_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("natural")), key=len, reverse=True)))


def _natural(text: str) -> list[Mention]:
    spans = [_with_side(text, *m.span()) for m in _natural_pattern().finditer(text)]
    spans += [
        m.span(1)
        for m in _LANDFORM.finditer(text)
        if not _NO_LANDFORM.search(m[1].replace("大草原", "草原").replace("大峡谷", "峡谷"))
    ]
    return [Mention(a, b, text[a:b], "place", text[a:b], level="natural") for a, b in spans]


def _with_side(text: str, start: int, end: int) -> tuple[int, int]:
    """东辽河 is another river than 辽河."""
    side = text[end - 1] in "河江湖" and re.search(
        "(?:^|[，。；：、！？“（\\s在是和与及经过沿])([东西南北])$", text[max(0, start - 2) : start]
    )
    return (start - 1, end) if side else (start, end)


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest; a township inside its village's full name stays out."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(mention.start < k.end and k.start < mention.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _mention(start: int, end: int, surface: str, place: Division) -> Mention:
    # A county that has another code today is told of with the one of the document's time; its present one stands beside it.
    county = (load().present(place) or place).code if place.level == "county" else None
    return Mention(start, end, surface, "place", place.name, None, place.code, place.level, county, place.parent_code)


def _geography(home: Division | None, reason: str, hits: list[_Hit], hints: list[_Hit], named: Counter[str]) -> Geography:
    if home:
        by_level = {place.level: place.name for place in reversed(load().path(home))}
        return Geography(by_level.get("province"), by_level.get("prefecture"), home.name, home.code, reason)
    prefecture = _most(hits, hints, "prefecture", named)
    if prefecture:
        by_level = {place.level: place.name for place in load().path(prefecture)}
        return Geography(by_level.get("province"), prefecture.name, None, None, reason)
    province = _most(hits, hints, "province", named)
    return Geography(province.name if province else None, None, None, None, reason)


def _most(hits: list[_Hit], hints: list[_Hit], level: str, named: Counter[str]) -> Division | None:
    """The place of a level that is named most, if it is named in full or more than once."""
    count = Counter(
        c.code for h in (*hits, *hints) for c in h.choices if c.level == level and (level == "province" or named[c.code])
    )
    return load().by_code(count.most_common(1)[0][0]) if count else None
