"""Which places a document names, and which county it is mainly about.

Names repeat all over the country (城关镇 exists in hundreds of counties), so a name is read in the document's
own geography: full names first, then short names of places that these make likely. What lies below the county is found
by `local_places`, mountains and rivers by `natural_places`; what places there are belongs in `gazetteer`.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.extract.gazetteer import Division, load, short_name, straddles, words
from pipeline.extract.local_places import find_local
from pipeline.extract.mentions import Mention
from pipeline.extract.natural_places import find_natural
from pipeline.extract.sites import find_sites
from pipeline.extract.unnamed_county import county_of_townships, names_township_of

_INITIALS = re.compile(
    "([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕秦甘陇青宁新]{2,4})(?:[两三四]省|[两三四]地|交界|边界|毗邻|接壤)"
)
# What may stand before a two-character county (成县) that is no part of a word (形成县级).
_EDGE = re.compile(r"[^\u4e00-\u9fff]$|[在到赴去是的和与及或省市州从自向对为由至、]$|^$")
_LISTED = re.compile("[省市县区州]?[、和与及，]|以及")
# What makes a short name that of a street: 北京东路, 长安街, 中山陵; not 略阳路段, 宜兴街头.
_STREET = re.compile("[东南西北中]?(?:路(?![段网况政径线费桥])|大街|街(?![道区头巷坊])|大道|里弄|陵(?!园))")
_NEAR = 40  # code points within which a province makes its short names likely


@dataclass(frozen=True, slots=True)
class Geography:
    """What a document is about, as full names and a code; `reason` says how it was found, or why not."""

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    county_code: str | None = None
    reason: str = "no place is named"


_HEADED = re.compile(r"[\u4e00-\u9fff]{2,7}[：:]")
_OWN_COUNTY = re.compile("[我全本]县|县委|县政府|县纪委")


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
    headed = _HEADED.match(title or "") is not None
    home, reason = _home(hits, hints, len(title or ""), named, _OWN_COUNTY.search(text) is not None, headed)
    unnamed = None if home else _of_townships(text, hits, hints, named)
    if unnamed:
        home, reason = unnamed, "its townships are named"
    found: list[Mention] = []
    about = None if home else _most(hits, hints, "province", named)
    chosen = [_choose(hit, hits, named, home, about.code[:2] if about else None) for hit in hits]
    _in_lists(text, hits, chosen, named, home)
    for hit, place in zip(hits, chosen, strict=True):
        if place:
            found.append(_mention(hit.start, hit.end, text[hit.start : hit.end], place))
    counties = [home] if home else []
    counties += [p for m in found if m.level == "county" and (p := load().by_code(m.code or "")) and p not in counties]
    counties = [load().present(county) or county for county in counties]
    below = (*find_local(text, counties, found), *find_sites(text, found))
    found = _longest([*found, *_initials(text), *below, *find_natural(text)])
    if home and not unnamed and not any(m.code == home.code for m in found):
        surface = short_name(home.name) if title and home.name not in title else home.name
        found.append(_mention(-1, -1, surface, home))
    for hit in hints:  # what the title alone names in full
        place = _choose(hit, hints, named, home) if hit.full and hit.end <= len(title or "") else None
        if place and not any(m.code == place.code and (m.start < 0 or m.surface == m.name) for m in found):
            found.append(_mention(-1, -1, hit.name, place))
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
        if len(name) == 2 and full and name[-1] in "县区市旗" and not sure_edge and not _seldom(name[0]):
            continue
        if full and name[-1] == "区" and text[end : end + 1] in ("域", "间", "划", "块"):
            continue  # 新兴|区域
        if not full and (straddles(text, start) or _STREET.match(text, end)):
            continue
        if not full and name[-1] in "江河湖" and name in words("natural"):
            continue  # 右江 is rather the river than 右江区
        if not full and not adjacent and {text[start - 1 : start + 1], text[end - 1 : end + 1]} <= words("pairs"):
            continue  # 公|开平|等: two words
        if full and not sure_edge and _meets(text, start, end):
            continue
        if name in words("kinds_of_district") and (not adjacent or all(c.valid_to for c in choices)):
            continue  # 市区, 新区: a county only right behind its prefecture (晋城市城区)
        if name in words("also_verbs") and not adjacent and not any(_surroundings_in(whole, c) for c in choices):
            continue  # 会同有关部门, 会同县财政局: a verb, unless the county's surroundings are named
        if choices:
            hits.append(_Hit(start, end, name, full, choices))
    return hits


@cache
def _seldom(char: str) -> bool:
    """Whether a character hardly ends a word: of GB 2312's second level, as 泸 is, where 和 and 户 are not."""
    return 0xD8 <= char.encode("gb2312", "replace")[0] <= 0xF7


def _meets(text: str, start: int, end: int) -> bool:
    """Whether a full name is rather the end of a word and a common noun: 沿海|城市, 豫西|山区, 村民|和|县长."""
    across = text[start - 1 : start + 1] in words("pairs")
    return text.startswith("山区", end - 2) or (across and (text.startswith("城市", end - 2) or text.startswith("县长", end - 1)))


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


def _home(
    hits: list[_Hit], hints: list[_Hit], title_end: int, named: Counter[str], own: bool, headed: bool
) -> tuple[Division | None, str]:
    """The county that a document is mainly about, with the reason.

    Args:
        hits, hints: the names in the text, and in the title and what stands around.
        title_end: how long the title is.
        named: how often each place is named.
        own: whether the text speaks of a county as its own.
        headed: whether the title begins with a name and a colon.
    """
    score: Counter[str] = Counter()
    told = [c for h in hints if h.start < title_end for c in h.choices if c.level in ("province", "prefecture")]
    regions = tuple(c.code[: 2 if c.level == "province" else 4] for c in told)
    heading = next((h for h in hints if h.start == 0 and headed), None)  # 大田：某某村的新事
    for hit, weight in [
        *((h, 2 if h.start < 200 else 1) for h in hits),
        *((h, 6 if h.start < title_end else 2) for h in hints),
    ]:
        counties = [c for c in hit.choices if c.level == "county"]
        fitting = [c for c in counties if named[c.code]] or (counties if len(counties) == 1 else [])
        if len(fitting) == 1 and len(counties) == len(hit.choices):
            sure = hit.full or named[fitting[0].code] or hit is heading
            if not sure and regions and not fitting[0].code.startswith(regions):
                continue  # 三江 in a report of Heilongjiang is no county in Guangxi
            if sure or hit.name not in words("ordinary"):  # 振兴 alone is no county
                score[fitting[0].code] += weight if sure else weight // 2
    if not score:
        return None, "no county is named"
    (best, top), *rest = score.most_common(2)
    if rest and top < 1.5 * rest[0][1] and len(score) > 3:
        return None, f"{len(score)} counties are named and none is the main one"
    if top < 2 and not (own and not rest and named[best]):
        return None, "a county is named in passing only"
    return load().by_code(best), "named most often, the title and the opening counting more"


def _of_townships(text: str, hits: list[_Hit], hints: list[_Hit], named: Counter[str]) -> Division | None:
    """The county whose townships a document names, where it names no county in full, or that one in passing."""
    chosen = {c for h in (*hits, *hints) for c in h.choices if named[c.code] and h.full}
    counties = [c for c in chosen if c.level == "county"]
    if counties:
        only = counties[0] if len(counties) == 1 else None
        return only if only and names_township_of(text, only.code) else None
    regions = sorted({c.code[: 2 if c.level == "province" else 4] for c in chosen})
    code = county_of_townships(text, regions)
    place = load().by_code(code) if code else None
    return (load().present(place) or place) if place else None


def _choose(
    hit: _Hit, hits: list[_Hit], named: Counter[str], home: Division | None, province: str | None = None
) -> Division | None:
    """The place that a hit means; None where it is likely no place.

    Args:
        province: the first two digits of the code of the province that the document is about, if it is about one.
    """
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
            if choice.code.endswith("00") and hit.name in words("major_cities"):
                return choice  # 东莞 too, which has no counties and stands among them
            if hit.name in words("ordinary"):
                continue  # 合作 in Gansu is seldom the city of that name
            if level == "county" and (choice.code[:2] == province or _beside_province(hit, hits, choice)):
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
    first, last = (bisect_right(hits, end, key=lambda h: h.end) for end in (hit.start - _NEAR - 1, hit.start))
    return any(c.code in around for h in hits[first:last] for c in h.choices)


def _initials(text: str) -> list[Mention]:
    """Provinces by their one-character names, where several stand together: 陕甘两省, 川渝交界."""
    found: list[Mention] = []
    for match in _INITIALS.finditer(text):
        for at in range(match.start(1), match.end(1)):
            place = load().by_code(_provinces()[text[at]])
            if place:
                found.append(_mention(at, at + 1, text[at], place))
    return found


@cache
def _provinces() -> dict[str, str]:
    """The codes of provinces by their one-character names."""
    return {name: f"{code}0000" for name, code in (pair.split(":") for pair in words("province_initials"))}


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest; a township inside its village's full name stays out."""
    kept: list[Mention] = []
    taken = bytearray(max((m.end for m in mentions), default=0) + 1)
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if mention.start < 0 or not any(taken[mention.start : mention.end]):
            kept.append(mention)
            taken[max(mention.start, 0) : max(mention.end, 0)] = b"\1" * (mention.end - mention.start)
    return sorted(kept, key=lambda m: m.start)


def _mention(start: int, end: int, surface: str, place: Division) -> Mention:
    # A county that has another code today is told of with the one of the document's time; its present one stands beside it.
    county = (load().present(place) or place).code if place.level == "county" else None
    return Mention(start, end, surface, "place", place.name, None, place.code, place.level, county, place.parent_code)


def _geography(home: Division | None, reason: str, hits: list[_Hit], hints: list[_Hit], named: Counter[str]) -> Geography:
    if home:
        by_level = {place.level: place.name for place in reversed(load().path(home))}
        undivided = home.name if home.code.endswith("00") else None  # 东莞 is prefecture and county at once
        return Geography(by_level.get("province"), by_level.get("prefecture", undivided), home.name, home.code, reason)
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
