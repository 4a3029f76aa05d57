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
from dataclasses import dataclass
from functools import cache

from pipeline.extract.gazetteer import Division, load, short_name, townships, villages, words
from pipeline.extract.mentions import Mention

_LOCAL = re.compile(r"[镇乡村]|街道|社区|苏木|嘎查")
_LONGEST = 8
# What may stand before a two-character county (成县) that is no part of a word (形成县级).
_EDGE = re.compile(r"[^\u4e00-\u9fff]$|[在到赴去是的和与及或省市州从自向对为由至、]$|^$")
# A name that is not in the gazetteer is believed only where its left edge is sure.
_LEFT_EDGE = re.compile(r"[省市县区镇乡州旗]$")
_LOOSE_EDGE = re.compile(r"(?:^|[，,。；;：:！？!?、（()“”《》\s在到赴往于从和与及])$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:镇|乡|村|街道|社区)")
_NO_NAME = re.compile(
    r"^[各全每该本此那这我他其某等个名户联驻包入进下到从向和与及在了的是有为将把被对由所两几数多一二三四五六七八九十百千]|[的了在与和及]"
)
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
    hits = _hits(text, date)
    hints = _hits(f"{title or ''}\n{context}", date)
    named = _active(hits, hints)
    home, reason = _home(hits, hints, len(title or ""), named)
    found: list[Mention] = []
    for hit in hits:
        place = _choose(hit, hits, named, home)
        if place:
            found.append(_mention(hit.start, hit.end, text[hit.start : hit.end], place))
    counties = [home] if home else []
    counties += [p for m in found if m.level == "county" and (p := load().by_code(m.code or "")) and p not in counties]
    found = _longest([*found, *_natural(text), *_local(text, counties)])
    if home and not any(m.code == home.code for m in found):
        surface = short_name(home.name) if title and home.name not in title else home.name
        found.append(_mention(-1, -1, surface, home))
    return found, _geography(home, reason, hits, hints, named)


def _hits(text: str, date: dt.date | None) -> list[_Hit]:
    gazetteer = load()
    hits = []
    for start, end, name in gazetteer.find(text):
        choices = tuple(
            c for c in gazetteer.by_name[name]
            if c.valid_to is None or (name == c.name and (date is None or date.year <= c.valid_to + 3))
        )  # fmt: skip
        full = any(c.name == name for c in choices)
        if len(name) == 2 and full and name[-1] in "县区市旗" and not _EDGE.search(text[max(0, start - 1) : start]):
            continue
        if choices:
            if full:
                choices = tuple(c for c in choices if c.name == name)
            current = tuple(c for c in choices if c.valid_to is None)
            hits.append(_Hit(start, end, name, full, current or choices))
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


def _beside_province(hit: _Hit, hits: list[_Hit], place: Division) -> bool:
    """Whether what contains a place is named shortly before it (江苏省宜兴)."""
    around = {p.code for p in load().path(place)[1:]}
    return any(c.code in around for h in hits if 0 <= hit.start - h.end <= _NEAR for c in h.choices)


def _local(text: str, counties: list[Division]) -> list[Mention]:
    """Townships and villages: those of the counties named, and unknown ones whose name is sure to begin there."""
    if not counties:
        return []
    found = []
    common = words("common_words")
    for suffix in _LOCAL.finditer(text):
        end = suffix.end()
        for start in range(max(0, suffix.start() - _LONGEST + 1), suffix.start()):
            name = text[start:end]
            if "\n" in name or name in common:
                continue
            mention = _known(name, start, end, counties)
            if mention:
                found.append(mention)
                break
        else:
            mention = _unknown(text, suffix, counties[0], common)
            if mention:
                found.append(mention)
    return found


def _known(name: str, start: int, end: int, counties: list[Division]) -> Mention | None:
    for county in counties:
        for names, level in ((townships(county.code), "township"), (villages(county.code), "village")):
            if name in names:
                code = names[name]
                parent = county.code if level == "township" or not code else f"{code[:9]}000"
                return Mention(start, end, name, "place", name, None, code, level, county.code, parent)
    return None


def _unknown(text: str, suffix: re.Match[str], county: Division, common: frozenset[str]) -> Mention | None:
    """A village or township that the gazetteer does not know, in a county that it knows."""
    for length in (2, 3, 4):
        start = suffix.start() - length
        if start < 0:
            continue
        name, edge = text[start : suffix.end()], text[max(0, start - 1) : start]
        if not _LEFT_EDGE.search(edge) and not (_LOOSE_EDGE.search(edge) and text.count(name) > 1):
            continue
        follows = text[suffix.end() : suffix.end() + 1]
        if not _UNKNOWN.fullmatch(name) or _NO_NAME.search(name) or any(name.endswith(w) for w in common if len(w) > 1):
            continue
        if follows and follows in "级镇乡村容貌域务民庄企干部集居振风规情里口头户":
            continue
        level = "township" if suffix[0] in ("镇", "乡", "街道", "苏木") else "village"
        return Mention(start, suffix.end(), name, "place", name, None, None, level, county.code, county.code, (), 0.6)
    return None


@cache
def _natural_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("natural")), key=len, reverse=True)))


def _natural(text: str) -> list[Mention]:
    return [Mention(m.start(), m.end(), m[0], "place", m[0], level="natural") for m in _natural_pattern().finditer(text)]


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest; a township inside its village's full name stays out."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(mention.start < k.end and k.start < mention.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _mention(start: int, end: int, surface: str, place: Division) -> Mention:
    county = place.code if place.level == "county" else None
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
