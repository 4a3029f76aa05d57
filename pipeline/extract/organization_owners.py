"""Whose a body is: the place before it, or the place of the document that a bare level word (县, 市) stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.extract.mentions import Mention
from pipeline.extract.organization_words import LEVEL, left_cut

if TYPE_CHECKING:
    from pipeline.extract.places import Geography

# 市场, 县城, 区域: a level word that is part of another word.
_LEVEL_NOT_BEFORE = "场级区城民内上域乡外直属镇村情际中"


_ANY_TOWNS = frozenset(("各乡镇", "全镇", "全乡", "乡镇", "城镇", "村镇", "各镇", "各乡"))


class Home:
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
        """The place that ends right before this position."""
        return self._by_end.get(position)

    def within(self, start: int, end: int) -> list[Mention]:
        """The places between two positions, in order."""
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


def owner_before(text: str, start: int, home: Home) -> tuple[int, str] | None:
    """The place before a department, and where its mention begins: 宁陕县, 市, 该县."""
    place = home.ending_at(start)
    if place:
        return place.start, place.name
    level = text[start - 1 : start]
    if level and level in LEVEL:
        short = home.ending_at(start - 1)
        if short and short.name.endswith(level):
            return short.start, short.name
        if level in "镇乡":
            # A township that the gazetteer does not know, between marks: 、某某镇人民政府.
            written = re.search(r"(?:^|[\s，、。；：,;:（(“])([一-龥]{1,3}[镇乡])$", text[max(0, start - 6) : start])
            if written and not left_cut().match(written.group(1)) and written.group(1) not in _ANY_TOWNS:
                return start - len(written.group(1)), written.group(1)
        owner = home.of(level, start - 1) or level
        return start - (3 if home.autonomous(start - 1) else 1), owner
    return None


def level_start(text: str, begin: int, start: int) -> int | None:
    """Where a bare level word begins the name: 县人民医院, 有县人民医院, 自治区人民医院."""
    if text.startswith("自治", begin) and text[begin + 2 : begin + 3] in tuple("区州县旗"):
        return begin + 2
    if text[begin : begin + 1] in tuple("有含如即以至经请原") and text[begin + 1 : begin + 2] in tuple(LEVEL):
        begin += 1
    if begin >= start or text[begin] not in LEVEL:
        return None
    is_word = text[begin + 1] in _LEVEL_NOT_BEFORE and text[begin + 1 : begin + 3] not in (
        "中医",
        "直属",
        "民族",
        "城乡",
        "城市",
        "城建",
        "城投",
        "城管",
    )
    return None if is_word else begin


def own_places(line: str, geography: Geography) -> list[Mention]:
    """Where a heading names the document's own places, in full or short (宁陕县, 宁陕)."""
    found: list[Mention] = []
    named = {"county": geography.county, "prefecture": geography.prefecture, "province": geography.province}
    for level, name in named.items():
        short = name[:-1] if name and len(name) > 2 else name
        start = line.find(short) if short else -1
        while name and short and start >= 0:
            surface = name if line.startswith(name, start) else short
            found.append(Mention(start, start + len(surface), surface, "place", name, level=level))
            start = line.find(short, start + len(surface))
    return found
