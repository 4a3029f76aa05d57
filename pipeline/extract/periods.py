"""When a figure holds: periods as first and last day, anchored at the document's own dates.

A period that needs a year which nothing states is left open rather than guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.scan import finditer

_CN = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_PERIOD = re.compile(
    r"(?:"
    r"(?P<whole>全年|(?<![\d上去今本前明次每当跨新周])年[末底内])"
    r"|当(?P<then>年)(?![年度])"
    r"|(?P<event>党的十[八九]大|党的二十大|十[八九]大|二十大|改革开放|新中国成立)以来"
    r"|(?P<iso>(?:截[至止到])?(?:19|20)\d\d(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12]\d|0?[1-9]))(?![\d.])"
    r"|(?P<near>上个?月|本月|当月)(?![份初])"
    r"|过去(?P<past>[一两二三四五六七八九十\d])年"
    r"|(?:(?P<year6>(?:19|20)\d\d)年|(?P<word6>今年|去年|上年))?(?:(?P<month6>\d{1,2})月|(?P<quarter6>[一二三四])季度|(?P<half6>[上下])半年)(?P<end6>[底末])"
    r"|(?P<word7>今年|去年|上年|前年)年?[底末]"
    r"|(?P<since>(?:19|20)\d\d)年以来"
    r"|(?:(?P<year9>(?:19|20)\d\d)年|今年)?(?P<month9>\d{1,2})月份?以来"
    r"|(?P<fiscal>(?:19|20)\d\d)(?:财政?年度?|年度)"
    r"|(?:(?P<year5>(?:19|20)\d\d)年|(?P<word5>今年|去年))?(?P<month5>\d{1,2})月(?P<day5>\d{1,2})日?(?:至|到|—|-|－|–)(?:\d{1,2}月)?(?P<until>\d{1,2})日"
    r"|(?P<plan>十[二三四五]五)[”\"]?(?:时期|期间|规划|(?P<plan_since>以来)|(?P<plan_end>[末]期?))"
    r"|(?P<from>(?:19|20)\d\d)年?(?:[—–―\-~～－]{1,2}|至|到)(?P<to>(?:19|20)\d\d)年"
    r"|(?:(?P<year4>(?:19|20)\d\d)年|(?P<word4>今年|去年))?(?:"
    r"(?P<first>\d{1,2})月?份?(?:[—–―\-~～－]{1,2}|至|到)(?P<last>\d{1,2})月"
    r"|前(?P<months>\d{1,2})个月|前(?P<quarters>[二三])季度)"
    r"|(?:截[至止到]|到)?(?P<year>(?:19|20)\d\d)年"
    r"(?:(?P<half>[上下]半年)|(?P<quarter>[一二三四])季度|"
    r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>底|末))?|(?P<yearend>底|末))?"
    r"|近(?P<span>[两二三四五六七八九十]|[2-9])年"
    r"|(?P<word>今年以来|今年|本年度?|去年|上年|前年|明年)(?:(?P<half2>[上下]半年)|(?P<quarter2>[一二三四])季度)?"
    r"|(?P<half3>[上下]半年)|(?P<quarter3>[一二三四])季度"
    r"|截[至止到](?P<month2>\d{1,2})月(?:(?P<day2>\d{1,2})日|底|末)?"
    r"|(?:截[至止到]|到)(?P<only>\d{1,2})日"
    r"|(?P<month8>\d{1,2})月(?:份|当月|[上中下]旬)"
    r"|(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日"
    r"|(?P<now>截[至止到]目前|目前))"
)
_LEADS = re.compile(
    r"[十近今本去上前明下一二三四截到目全年过当党改新0-9](?<![0-9.][0-9])(?:(?<=[0-9])(?=\d{0,3}[年月/.—–―\-~～－至到财])"
    r"|(?<![0-9])(?=[年末底内月的八九二三四五十革中至止到个半去一两六七季前0-9]))"
)
_BACK = {"去": 1, "上": 1, "前": 2}
_EVENTS = {
    "十八大": dt.date(2012, 11, 8), "十九大": dt.date(2017, 10, 18), "二十大": dt.date(2022, 10, 16),
    "改革开放": dt.date(1978, 12, 18), "新中国": dt.date(1949, 10, 1),
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_SPOKEN_FROM = re.compile(rf"{_YEAR.pattern}(?!以来|以后|以前|之前|之后|起|前|后|至|到)")
_MOVED_TO = re.compile(r"[升降高低加少大小长短展增减涨跌落]$")  # 上升到2023年的: no time from which something holds
_WITH_FIGURE = re.compile(r"的?\d")
_MULTIPLE = re.compile(r"(?:同期)?的?(?:近|约)?[\d一二三四五六七八九十两.]+(?:多|余)?倍")
_OCCASION = re.compile(r"[，,]?(?:记者|笔者)|(?:召开|举行)的")
_BULLETIN = re.compile(r"[^\n，。]{0,30}?((?:19|20)\d\d)年[^\n，。]{0,20}统计公报[^\n，。]{0,12}\n")
_TOLD_LATER = re.compile(r"政府工作报告|计划(?!生育)|安排|要点|意见|方案|规划|以来")
_OF_FIGURES = re.compile(r"统计公报|收支|预算执行|执行情况|决算|经济运行|运行情况|完成情况|主要指标|统计数据|统计分析")
# A heading of the first order: a numbered line that is no sentence.
_HEADING = re.compile(
    r"^[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分)[^\n。；，！？]{2,40}$", re.M
)
_OPENING = 120  # code points in which a document says which year it reports on
_REPORTS = 3  # up to this month 过去五年 ends with the year before


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, either of which may be open."""

    start: dt.date | None
    end: dt.date | None


def year_of(text: str, published_on: dt.date | None, title: str = "") -> int | None:
    """The year that a document speaks from: of its date, else the one year that its title names, else that its text does."""
    if published_on:
        return published_on.year
    if (said := _title_year(title)) is not None:
        return int(said[1])
    years = {int(year) for year in _SPOKEN_FROM.findall(text)}
    return years.pop() if len(years) == 1 and len(set(_YEAR.findall(text))) == 1 else None


def find_periods(text: str, published_on: dt.date | None = None, title: str = "") -> Iterator[tuple[int, Period]]:
    """Periods in a text.

    Args:
        text: any text.
        published_on: the document's date.
        title: its title.

    Yields:
        Where each stands, and what it covers; what cannot be anchored is left out.
    """
    year = year_of(text, published_on, title)
    opening = next(
        (m for m in _YEAR.finditer(text, 0, _OPENING) if text[m.start() - 1 : m.start()] not in tuple("由从比较自")), None
    )
    opening = opening or _title_year(title)
    last: Period | None = None
    reported: Period | None = None  # the whole year named last, not as what another is held against
    for match in finditer(_PERIOD, _LEADS, text):
        if match["whole"] or match["then"]:  # the year that the paragraph has named, else the one that the document opens with
            period = _whole(match, text, opening)
        elif text[match.start() - 1 : match.start()] in ("比", "较", "与") and match.start():
            if not _WITH_FIGURE.match(text, match.end()) or match["word"]:
                continue  # what a figure is held against, not when it was
            period = _read(match, year, published_on)  # 较2016年42万头增长8%
        elif (
            match["word"] in ("上年", "去年", "前年")
            and _MULTIPLE.match(text, match.end())
            and text[match.start() - 1] in "是为于当"
        ):
            continue  # 产量是上年的2.5倍
        elif match["word"] == "上年" and text.startswith(("结转", "结余", "结存"), match.end()):
            continue  # 上年结转3亿元 is money of this year
        elif (match["day"] or match["day3"]) and _OCCASION.match(text, match.end()):
            continue  # when somebody was told so
        elif last and match["word"] in ("去年", "上年") and text.startswith("同期", match.end()):
            period = _year_before(last)
        elif reported and match["word"] == "上年" and match.end() - match.start() == 2 and text[match.start() - 1] in "由从":
            period = _year_before(reported)
        elif match["only"]:
            period = _day_of(last, int(match["only"]))
        else:
            period = _read(match, year, published_on)
        if period and period.start and period.end and period.start > period.end:
            continue  # 2024-2023年: whatever was meant, it is no period
        if period and (period.start or period.end):
            last = period
            if match["word"] != "上年":
                reported = period if _whole_year(period) else None
            yield match.start(), period


def _title_year(title: str) -> re.Match[str] | None:
    """The one year that a title names; a plan or a work report may be told in another than it is about."""
    years = list(_YEAR.finditer(title))
    return years[0] if len(years) == 1 and not _TOLD_LATER.search(title) else None


def bulletin_year(text: str) -> Period | None:
    """The year that a text reports on from its first line on, as statistical bulletins do; None where it is no such text."""
    title = _BULLETIN.match(text)
    return _months(int(title[1]), 1, 12) if title else None


def reported_in(title: str) -> Period | None:
    """The period that a title of figures names (某县2024年1-5月财政收支情况); None where it is of another kind."""
    if not _OF_FIGURES.search(title) or _TOLD_LATER.search(title):
        return None
    named = [period for _, period in find_periods(title)]
    return named[0] if len(named) == 1 else None


def _year_before(period: Period) -> Period:
    """去年同期: the same days of the year before."""

    def back(day: dt.date | None) -> dt.date | None:
        if day is None:
            return None
        return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)

    return Period(back(period.start), back(period.end))


def _whole_year(period: Period) -> bool:
    return period.start is not None and period == _months(period.start.year, 1, 12)


def _day_of(last: Period | None, day: int) -> Period | None:
    """截至28日: of the month named last."""
    named = last and (last.end or last.start)
    if not named:
        return None
    try:
        return Period(None, named.replace(day=day))
    except ValueError:
        return None


def _whole(match: re.Match[str], text: str, opening: re.Match[str] | None) -> Period | None:
    named = list(_YEAR.finditer(text, text.rfind("\n", 0, match.start()) + 1, match.start()))
    of = named[-1] if named else opening
    if not of:
        return None
    year = int(of[1])
    return Period(None, dt.date(year, 12, 31)) if match[0] in ("年末", "年底") else _months(year, 1, 12)


def _read(m: re.Match[str], year: int | None, published: dt.date | None) -> Period | None:
    if m["event"]:
        return Period(next(day for name, day in _EVENTS.items() if name in m["event"]), published)
    if m["iso"]:
        try:
            on = dt.date(*(int(part) for part in re.findall(r"\d+", m["iso"])))
        except ValueError:
            return None
        return Period(None if m["iso"].startswith("截") else on, on)
    if m["near"]:
        if published is None:
            return None
        within = published.replace(day=1) - dt.timedelta(days=m["near"][0] == "上")
        return _months(within.year, within.month, within.month)
    if m["since"]:
        return Period(dt.date(int(m["since"]), 1, 1), published)
    if m["month9"]:
        return _since_month(int(m["month9"]), m["year9"], published)
    if m["fiscal"]:
        return _months(int(m["fiscal"]), 1, 12)  # the fiscal year of China is the calendar year
    if year and published and _passed(m, published):
        year -= 1
    if m["end6"]:
        return _end_of(m, year)
    if m["word7"]:
        return Period(None, dt.date(year - _BACK.get(m["word7"][0], 0), 12, 31)) if year else None
    if m["plan_since"]:
        return Period(dt.date(_PLANS[m["plan"]], 1, 1), published)
    if m["plan_end"]:
        return Period(None, dt.date(_PLANS[m["plan"]] + 4, 12, 31))
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
        return Period(dt.date(last - _count(m["past"]) + 1, 1, 1), dt.date(last, 12, 31))
    if m["now"]:
        return Period(None, published) if published else None
    if m["span"]:
        return Period(dt.date(year - _count(m["span"]) + 1, 1, 1), dt.date(year, 12, 31)) if year else None
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
    since = m[0].startswith("截") or (m[0][0] == "到" and not _MOVED_TO.search(m.string, max(0, m.start() - 2), m.start()))
    half, quarter = m["half"] or m["half2"] or m["half3"], m["quarter"] or m["quarter2"] or m["quarter3"]
    month, day = m["month"] or m["month2"] or m["month3"] or m["month8"], m["day"] or m["day2"] or m["day3"]
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


def _since_month(month: int, year: str | None, published: dt.date | None) -> Period | None:
    """7月以来: up to the day of publication; of the year before where the month is still ahead."""
    if published is None or not 1 <= month <= 12:
        return None
    return Period(dt.date(int(year) if year else published.year - (month > published.month), month, 1), published)


def _count(written: str) -> int:
    return int(written) if written.isdigit() else 2 if written == "两" else _CN[written]


def _passed(m: re.Match[str], published: dt.date) -> bool:
    """Whether a month without a year is of the year before: 1-11月, told in January."""
    named = m["year6"] or m["word6"] or m["year4"] or m["word4"]
    month = m["last"] or m["months"] or m["month6"] or m["month8"]
    ahead = m.string.startswith("前", m.end())
    return bool(month) and not named and not ahead and published.month <= _REPORTS and int(month) > published.month


def _end_of(m: re.Match[str], year: int | None) -> Period | None:
    """6月末, 去年三季度末: the state on that day."""
    if m["year6"]:
        year = int(m["year6"])
    elif year is not None and m["word6"]:
        year -= _BACK.get(m["word6"][0], 0)
    month = int(m["month6"] or (3 * _CN[m["quarter6"]] if m["quarter6"] else 6 if m["half6"] == "上" else 12))
    if year is None or not 1 <= month <= 12:
        return None
    return Period(None, _months(year, month, month).end)


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


def of_sections(text: str, periods: Sequence[tuple[int, Period]]) -> list[tuple[int, Period | None]]:
    """The periods that numbered headings give to what stands below them: 一、2022年预算执行情况.

    Args:
        text: the text.
        periods: what `find_periods` found in it.

    Returns:
        Where each section begins, and the one period that its heading names; None where it names none or several.
    """
    sections = []
    for heading in _HEADING.finditer(text):
        named = {period for at, period in periods if heading.start() <= at < heading.end()}
        sections.append((heading.end(), named.pop() if len(named) == 1 else None))
    return sections
