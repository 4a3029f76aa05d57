"""When a figure holds: periods as first and last day, anchored at the document's own dates.

A period that needs a year which nothing states is left open rather than guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CN = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_PERIOD = re.compile(
    r"(?=[十12近今本去上前明下一二三四截到目全年过3-9])(?:"
    r"(?P<whole>全年|(?<![\d上去今本前明次每当跨新周])年[末底内])"
    r"|过去(?P<past>[两二三四五六七八九十])年"
    r"|(?:(?P<year5>(?:19|20)\d\d)年|(?P<word5>今年|去年))?(?P<month5>\d{1,2})月(?P<day5>\d{1,2})日?(?:至|到|—|-|－|–)(?:\d{1,2}月)?(?P<until>\d{1,2})日"
    r"|(?P<plan>十[二三四五]五)[”\"]?(?:时期|期间|规划)"
    r"|(?P<from>(?:19|20)\d\d)年?(?:[—–―\-~～－]{1,2}|至|到)(?P<to>(?:19|20)\d\d)年"
    r"|(?:(?P<year4>(?:19|20)\d\d)年|(?P<word4>今年|去年))?(?:"
    r"(?P<first>\d{1,2})(?:[—–―\-~～－]{1,2}|至|到)(?P<last>\d{1,2})月"
    r"|前(?P<months>\d{1,2})个月|前(?P<quarters>[二三])季度)"
    r"|(?:截[至止到]|到)?(?P<year>(?:19|20)\d\d)年"
    r"(?:(?P<half>[上下]半年)|(?P<quarter>[一二三四])季度|"
    r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>底|末))?|(?P<yearend>底|末))?"
    r"|近(?P<span>[两二三四五六七八九十])年"
    r"|(?P<word>今年以来|今年|本年度?|去年|上年|前年|明年)(?:(?P<half2>[上下]半年)|(?P<quarter2>[一二三四])季度)?"
    r"|(?P<half3>[上下]半年)|(?P<quarter3>[一二三四])季度"
    r"|截[至止到](?P<month2>\d{1,2})月(?:(?P<day2>\d{1,2})日|底|末)?"
    r"|(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日"
    r"|(?P<now>截[至止到]目前|目前))"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_OPENING = 120  # code points in which a document says which year it reports on
_REPORTS = 3  # up to this month 过去五年 ends with the year before


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, either of which may be open."""

    start: dt.date | None
    end: dt.date | None


def year_of(text: str, published_on: dt.date | None) -> int | None:
    """The year that a document speaks from: of its date, else the one year that it names."""
    if published_on:
        return published_on.year
    years = {int(year) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def find_periods(text: str, published_on: dt.date | None = None) -> Iterator[tuple[int, Period]]:
    """Periods in a text.

    Args:
        text: any text.
        published_on: the document's date.

    Yields:
        Where each stands, and what it covers; what cannot be anchored is left out.
    """
    year = year_of(text, published_on)
    opening = _YEAR.search(text, 0, _OPENING)
    for match in _PERIOD.finditer(text):
        if match["whole"]:  # the year that the paragraph has named, else the one that the document opens with
            period = _whole(match, text, opening)
        elif text[match.start() - 1 : match.start()] in ("比", "较", "与") and match.start():
            continue  # what a figure is held against, not when it was
        else:
            period = _read(match, year, published_on)
        if period and (period.start or period.end):
            yield match.start(), period


def _whole(match: re.Match[str], text: str, opening: re.Match[str] | None) -> Period | None:
    named = list(_YEAR.finditer(text, text.rfind("\n", 0, match.start()) + 1, match.start()))
    of = named[-1] if named else opening
    if not of:
        return None
    year = int(of[1])
    return Period(None, dt.date(year, 12, 31)) if match[0] in ("年末", "年底") else _months(year, 1, 12)


def _read(m: re.Match[str], year: int | None, published: dt.date | None) -> Period | None:
    if m["plan"]:
        first = _PLANS[m["plan"]]
        return Period(dt.date(first, 1, 1), dt.date(first + 4, 12, 31))
    if m["from"]:
        return Period(dt.date(int(m["from"]), 1, 1), dt.date(int(m["to"]), 12, 31))
    if m["until"]:
        return _days(m, year)
    if m["past"]:
        if published is None:
            return None
        last = published.year - (published.month <= _REPORTS)
        return Period(dt.date(last - _CN[m["past"]] + 1, 1, 1), dt.date(last, 12, 31))
    if m["now"]:
        return Period(None, published) if published else None
    if m["span"]:
        return Period(dt.date(year - _CN[m["span"]] + 1, 1, 1), dt.date(year, 12, 31)) if year else None
    if m["year"]:
        year = int(m["year"])
    elif m["word"]:
        if year is None:
            return None
        year += {"去": -1, "上": -1, "前": -2, "明": 1}.get(m["word"][0], 0)
        if m["word"] == "今年以来":
            return Period(dt.date(year, 1, 1), published)
    if year is None:
        return None
    if m["first"] or m["months"] or m["quarters"]:
        year = int(m["year4"]) if m["year4"] else year - (m["word4"] == "去年")
        last = int(m["last"] or m["months"] or 3 * _CN[m["quarters"]])
        first = int(m["first"] or 1)
        return _months(year, first, last) if 1 <= first <= last <= 12 else None
    since = m[0].startswith(("截", "到"))
    half, quarter = m["half"] or m["half2"] or m["half3"], m["quarter"] or m["quarter2"] or m["quarter3"]
    month, day = m["month"] or m["month2"] or m["month3"], m["day"] or m["day2"] or m["day3"]
    if half:
        return _months(year, *((1, 6) if half[0] == "上" else (7, 12)))
    if quarter:
        return _months(year, 3 * _CN[quarter] - 2, 3 * _CN[quarter])
    if month:
        if not 1 <= int(month) <= 12:
            return None
        whole = _months(year, int(month), int(month))
        if day and whole.end:
            if not 1 <= int(day) <= whole.end.day:
                return None
            on = dt.date(year, int(month), int(day))
            return Period(None if since else on, on)
        return Period(None, whole.end) if since or m["end"] else whole
    return Period(None, dt.date(year, 12, 31)) if since or m["yearend"] else _months(year, 1, 12)


def _days(m: re.Match[str], year: int | None) -> Period | None:
    """5月1日至5日, 4月29日至5月3日."""
    if m["year5"]:
        year = int(m["year5"])
    if year is None:
        return None
    year -= m["word5"] == "去年"
    later = re.search(r"(?:至|到|—|-|－|–)(\d{1,2})月", m[0])
    try:
        start = dt.date(year, int(m["month5"]), int(m["day5"]))
        end = dt.date(year, int(later[1]) if later else start.month, int(m["until"]))
    except ValueError:
        return None
    return Period(start, end) if start <= end else None


def _months(year: int, first: int, last: int) -> Period:
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))
