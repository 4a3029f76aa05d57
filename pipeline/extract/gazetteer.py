"""The gazetteer: China's places with their codes, by name and by code, from the data files that ship.

Provinces, prefectures and counties are held in one automaton; townships and villages, whose names repeat all
over the country, are read for one county at a time. Which place a name means belongs in `places`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache, cached_property, lru_cache
from pathlib import Path

import ahocorasick_rs as ac
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.lexicon import any_of

_FOLDER = Path(__file__).resolve().parents[1] / "reference" / "gazetteer"
_PEOPLES = re.split(
    " ",
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 "
    "达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 俄罗斯 鄂温克 德昂 保安 裕固 独龙 鄂伦春 门巴 珞巴 基诺 各",
)
_SPLIT_OFF = {"51": "50", "44": "46"}  # Chongqing was part of Sichuan until 1997, Hainan of Guangdong until 1988
_LONG_NAMES = "|".join(sorted((p for p in _PEOPLES if len(p) > 1), key=len, reverse=True))
# 融水苗族自治县: only a people of two characters or more may stand without 族.
_AUTONOMOUS = re.compile(rf"(?:(?:(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族)|{_LONG_NAMES})*自治[州县区旗]$")
_SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|林区|新区|[省市县区州盟旗])$")


@dataclass(frozen=True, slots=True)
class Division:
    """A place of the gazetteer.

    Args:
        code: six digits down to county, twelve below.
        name: full name.
        level: province, prefecture, county, township or village.
        parent_code: code of the place that contains it.
        valid_to: last year of a former name or code; None where it holds today.
        valid_from: first year of the name with this code, as far as known; None where it is not.
    """

    code: str
    name: str
    level: str
    parent_code: str | None
    valid_to: int | None = None
    valid_from: int | None = None


def short_name(full: str) -> str:
    """The name without what kind of place it is: 甘南藏族自治州 is called 甘南; 礼县 keeps its suffix."""
    for pattern in (_AUTONOMOUS, _SUFFIX):
        short = pattern.sub("", full)
        if short != full and len(short) >= 2:
            return short
    return full


@cache
def current_names(full: str) -> tuple[str, ...]:
    """What an autonomous place is called beside its full name: 威宁彝族回族苗族自治县 is 威宁自治县 and 威宁县."""
    match = _AUTONOMOUS.search(full)
    stem, kind = (full[: match.start()], full[-1]) if match else ("", "")
    return (f"{stem}自治{kind}", f"{stem}{kind}") if len(stem) >= 2 and kind != "区" else ()


class Gazetteer:
    """Places by name and by code."""

    def __init__(self, divisions: list[Division]) -> None:
        self._by_code: dict[str, Division] = {}
        self.by_name: dict[str, list[Division]] = {}
        for division in divisions:
            if division.valid_to is None or division.code not in self._by_code:
                self._by_code[division.code] = division
            for name in {division.name, short_name(division.name)} if division.valid_to is None else {division.name}:
                self.by_name.setdefault(name, []).append(division)
        official = {division.name for division in divisions}
        for division in divisions:
            for name in current_names(division.name) if division.valid_to is None else ():
                if name not in official:
                    self.by_name.setdefault(name, []).append(division)
        for places in self.by_name.values():  # what holds today comes first
            places.sort(key=lambda place: (place.valid_to is not None, place.code))

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self.by_name)

    @cached_property
    def _automaton(self) -> ac.AhoCorasick:
        return ac.AhoCorasick(self._names, matchkind=ac.MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Names of provinces, prefectures and counties in a text: start, end, name; leftmost and longest."""
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            yield start, end, self._names[index]

    def as_of(self, name: str, year: int | None) -> tuple[Division, ...]:
        """The places that a full name meant in a year.

        Args:
            name: full name, or one of its `current_names`.
            year: of the document; None where it has no date, which means today.

        Returns:
            Places of that name with the code they had then. A name given up before that year still means what it was
            for three years, since writers keep to old names for some time, and after that what has become of it.
        """
        own = [place for place in self.by_name.get(name, ()) if name == place.name or name in current_names(place.name)]
        current = [place for place in own if place.valid_to is None]
        former = sorted((p for p in own if p.valid_to is not None), key=lambda p: -(p.valid_to or 0))
        then = [p for p in former if year is not None and (p.valid_from or 0) <= year <= (p.valid_to or 0)]
        if current:
            return tuple(
                next((p for p in then if year and p.code[:2] == place.code[:2] and (place.valid_from or 0) > year), place)
                for place in current
            )
        if then or not former:
            return tuple(then)
        last = former[0].valid_to or 0
        today = {self.present(place) for place in former}
        if (year is None or year > last + 3) and len(today) == 1 and (place := today.pop()):
            return (place,)
        return tuple(p for p in former if p.valid_to == last and (year is None or year <= last + 3))

    def present(self, place: Division) -> Division | None:
        """What a former place is today: the one place of its short name in its province; None where there is none."""
        if place.valid_to is None:
            return place
        provinces = {place.code[:2], _SPLIT_OFF.get(place.code[:2], place.code[:2])}
        alike = [
            p
            for p in self.by_name.get(short_name(place.name), ())
            if p.valid_to is None and p.code[:2] in provinces and p.level == place.level
        ]
        return alike[0] if len(alike) == 1 else None

    def by_code(self, code: str) -> Division | None:
        """A place by code; None where there is none."""
        found = self._by_code.get(code)
        if found or len(code) != 12:
            return found
        county = code[:6]
        for names, level in ((townships(county), "township"), (villages(county), "village")):
            for name, own in names.items():
                if own == code:
                    parent = county if level == "township" else f"{code[:9]}000"
                    return Division(code, name, level, parent)
        return None

    def has_code(self, code: str) -> bool:
        """Whether a code is of some place, today or formerly."""
        return self.by_code(code) is not None

    def path(self, division: Division) -> list[Division]:
        """The place and all that contain it, from the inside out."""
        path = [division]
        while path[-1].parent_code and (parent := self.by_code(path[-1].parent_code)):
            path.append(parent)
        return path


@cache
def load() -> Gazetteer:
    """The gazetteer, read once a process."""
    table = pq.read_table(_FOLDER / "divisions.parquet", columns=[f.name for f in fields(Division)])
    return Gazetteer([Division(*row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)])


_OF_A_PEOPLE = re.compile(rf"(?:(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族|各族)+(?=[乡镇]$)")


@lru_cache(maxsize=512)
def townships(county_code: str) -> dict[str, str | None]:
    """Townships of a county with their codes; former ones have none."""
    names = _below("townships", county_code)
    for name, code in list(names.items()):
        short = _OF_A_PEOPLE.sub("", name)  # 向海蒙古族乡 is called 向海乡, too
        if len(short) > 2:
            names.setdefault(short, code)
    return names


def counties_with(township: str) -> tuple[str, ...]:
    """The codes of the counties that have, or had, a township of this name."""
    return _counties_by_township().get(township, ())


@cache
def _counties_by_township() -> dict[str, tuple[str, ...]]:
    table = pq.read_table(_FOLDER / "townships.parquet", columns=["name", "county_code"])
    counties: dict[str, tuple[str, ...]] = {}
    for name, code in zip(table["name"].to_pylist(), table["county_code"].to_pylist(), strict=True):
        known = counties.get(name, ())
        if code not in known:
            counties[name] = (*known, code)
    return counties


@lru_cache(maxsize=512)
def villages(county_code: str) -> dict[str, str | None]:
    """Villages and communities of a county with their codes; former ones have none."""
    return _below("villages", county_code)


@cache
def words(name: str) -> frozenset[str]:
    """A word list of the gazetteer's folder."""
    return frozenset((_FOLDER / f"{name}.txt").read_text("utf-8").split())


def straddles(text: str, start: int) -> bool:
    """Whether the name that begins here only seems to stand, in two words that meet: 搭|建平|台."""
    return bool(_straddling().match(text, max(0, start - 1)))


@cache
def _straddling() -> re.Pattern[str]:
    """The words, the character before them included."""
    return re.compile("(?s:.)?(?:" + any_of(words("straddling")) + ")")


def _below(table: str, county_code: str) -> dict[str, str | None]:
    file, last = _opened(table)
    names: dict[str, str | None] = {}
    group = bisect_left(last, county_code)
    while group < len(last):
        rows = file.read_row_group(group, use_threads=False)
        rows = rows.filter(pc.equal(rows["county_code"], county_code))
        for name, code in zip(rows["name"].to_pylist(), rows["code"].to_pylist(), strict=True):
            names[name] = names.get(name) or code
        if last[group] != county_code:
            break
        group += 1  # the county may go on in the next group
    return names


@cache
def _opened(table: str) -> tuple[pq.ParquetFile, list[str]]:
    """A table sorted by county, and the last county of each of its row groups."""
    file = pq.ParquetFile(_FOLDER / f"{table}.parquet", memory_map=True)
    first = file.schema_arrow.get_field_index("county_code")
    groups = (file.metadata.row_group(i).column(first).statistics.max for i in range(file.num_row_groups))
    return file, list(groups)
