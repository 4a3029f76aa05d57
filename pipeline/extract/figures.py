"""Figures: a number with its unit, how it is meant, what it measures and when.

One compiled pattern finds the candidates; all else happens around the hits. Units are data (`units`), what is
measured is `metrics`, when is `periods`, numbers are `numerals`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.extract.metrics import measure
from pipeline.extract.numerals import MULTIPLIERS, arabic, chinese
from pipeline.extract.periods import Period, find_periods
from pipeline.extract.units import unit_of, units

QUALIFIERS = {
    "不少于": "at_least", "不低于": "at_least", "至少": "at_least", "最少": "at_least", "以上": "at_least",
    "不超过": "at_most", "不高于": "at_most", "不多于": "at_most", "以下": "at_most", "以内": "at_most", "之内": "at_most",
    "超过": "more_than", "突破": "more_than", "超": "more_than", "逾": "more_than", "余": "more_than", "多": "more_than",
    "几": "more_than", "上": "more_than", "不足": "less_than", "不到": "less_than", "低于": "less_than", "将近": "nearly",
    "接近": "nearly", "近": "nearly", "大约": "about", "约为": "about", "约": "about", "左右": "about", "上下": "about",
    "来": "about",
}  # fmt: skip
_PRE = r"不少于|不低于|不超过|不高于|不多于|超过|突破|至少|最少|不足|不到|低于|将近|接近|大约|约为|约|(?<!附)近|超(?!市)|逾"
_POST = r"以上|以下|以内|之内|左右|上下|余|多(?=[\u4e00-\u9fff，。、；,.;])"
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
# 千瓦 and 千克 are units of their own, not thousands.
_MULTIPLIER = "(?:" + "|".join(sorted(MULTIPLIERS, key=len, reverse=True)) + r")(?!(?<=千)[瓦克米伏焦卡])"
_CHINESE_NUMBER = r"[零一二两三四五六七八九十百千万亿]+"
_TO = r"—{1,2}|-{1,2}|–|~|～|－|至|到"
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
# Numbers that name: ordinals, law articles, documents, anything inside a quoted or joined name.
_NAMING_BEFORE = re.compile(r"(?:第|[A-Za-z+＋#№\-/.:：]|[〔\[]|\d[.:：]|[“‘《][^”’》]{0,3})$")
_DATE_YEAR = re.compile(r"(?:19|20)\d\d$")
_OPENING = 12  # code points; a period that stands so early governs its paragraph
_TENTHS_WORDS = re.compile(r"[立为员功果本长效就熟型人都份语品]")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; names, units and meaning as in the contract's table `figures`."""

    start: int
    end: int
    surface: str
    value: float | None
    lower: float | None
    upper: float | None
    qualifier: str
    unit: str
    kind: str
    base_value: float | None
    base_unit: str | None
    metric: str | None = None
    per: str | None = None
    change: str = "none"
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    context: str = ""
    trust: str = "sound"
    trust_reason: str | None = None


def find_figures(
    text: str, published_on: dt.date | None = None, suspect_spans: Sequence[tuple[int, int, str]] = ()
) -> list[Figure]:
    """Find the figures of a text.

    Args:
        text: repaired text.
        published_on: the document's date, the anchor of 今年 and the like.
        suspect_spans: start, end and reason of spans that cannot be trusted.

    Returns:
        Figures in the order of the text.
    """
    periods = list(find_periods(text, published_on))
    figures: list[Figure] = []
    for sentence in _SENTENCE.finditer(text):
        if not _MAY_COUNT.search(sentence[0]):
            continue
        own = _in_sentence(sentence[0])
        answers = measure(sentence[0], [(f.start, f.end, f.kind) for f in own])
        for figure, answer in zip(own, answers, strict=True):
            start, end = figure.start + sentence.start(), figure.end + sentence.start()
            period = _period_at(periods, text, start)
            found = replace(
                figure, start=start, end=end, metric=answer.metric, per=answer.per, change=answer.change,
                period_start=period.start, period_end=period.end, context=sentence[0].strip(),
            )  # fmt: skip
            reason = _doubt(found, suspect_spans)
            figures.append(replace(found, trust="suspect", trust_reason=reason) if reason else found)
    return figures


def reparse(surface: str) -> Figure | None:
    """Read a figure's surface by itself; None where it is no figure."""
    found = _in_sentence(surface, alone=True)
    return found[0] if len(found) == 1 else None


def implausible(row: Mapping[str, Any]) -> str | None:
    """Why no place could report this figure; None where one could.

    Args:
        row: a figure's columns by name.
    """
    top = max((row[name] for name in ("value", "lower", "upper") if row[name] is not None), default=0.0)
    if row["unit"] == "%" and row["change"] == "none" and top > 100 and "占" in (row["metric"] or ""):
        return "a share above 100 %"
    if row["kind"] == "money" and top > 2e14:
        return "more money than the country makes in a year"
    if row["kind"] == "count" and row["unit"] in ("人", "户", "名") and top > 1.5e9:
        return "more people than the country has"
    return None


_MAY_COUNT = re.compile(r"\d|[零一二两三四五六七八九十百千万]")


def _in_sentence(text: str, alone: bool = False) -> list[Figure]:
    found: list[Figure] = []
    for match in _pattern().finditer(text):
        figure = None
        if match["digits"]:
            if alone or not _names(text, match):
                figure = _read_arabic(match)
        elif match["part"]:
            figure = _read_part(match)
        elif match["tenths"]:
            if not _TENTHS_WORDS.match(text[match.end() : match.end() + 1]):
                value = 10 * chinese(match["tenths"]) + (chinese(match["ones"]) if match["ones"] else 0)
                figure = _make(match, value, None, "%", _qualifier(match))
        elif alone or not _chats(text, match):
            figure = _read_chinese(match)
        if figure:
            found.append(figure)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((*units(), "％"), key=len, reverse=True)
    unit = "|".join(map(re.escape, names))
    money = r"(?:/(?:亩|吨|人|户|天|月|年|公斤|斤|平方米|千瓦时|小时|辆|头|只|株|个|立方米))?"
    counted = "|".join(re.escape(name) for name in names if name in units() and units()[name].chinese)
    return re.compile(
        rf"(?P<pre>{_PRE})?(?P<digits>{_NUMBER})(?P<y1>余|多|来|几)?(?P<m1>{_MULTIPLIER})?(?P<y2>余|多|来)?"
        rf"(?:(?P<u1>{unit})?(?:{_TO})(?P<digits2>{_NUMBER})(?P<y4>余|多)?(?P<m2>{_MULTIPLIER})?(?P<y5>余|多)?)?"
        rf" ?(?:个(?=百分点))?(?P<unit>{unit}){money}(?P<post>{_POST})?"
        rf"|(?P<pre2>{_PRE})?(?P<part>{_CHINESE_NUMBER})分之(?P<over>{_CHINESE_NUMBER})(?P<post2>以上|左右|多)?"
        rf"|(?P<pre3>{_PRE})?(?<![年已完达分收建组构形变现养促集])(?P<tenths>[一二三四五六七八九])成(?P<ones>[一二三四五六七八九])?(?P<post3>以上|左右|多)?"
        rf"|(?P<pre4>{_PRE}|上)?(?P<chinese>{_CHINESE_NUMBER})(?P<y3>余|多)?(?P<cunit>(?<=[百千万余多])(?:人次|户次|场次|人|条|次|起|斤)|{counted})(?P<post4>{_POST})?"
    )


def _names(text: str, match: re.Match[str]) -> bool:
    """Whether Arabic digits name rather than count: dates, ordinals, parts of a name."""
    at = match.start("digits")
    head = text[max(0, at - 6) : at]
    unit, after = match["unit"], text[match.end() : match.end() + 1]
    if _NAMING_BEFORE.search(head) and not match["pre"]:
        return True
    if unit == "年" and not match["m1"] and _DATE_YEAR.search(match["digits2"] or match["digits"]):
        return True
    if unit in ("年", "期", "届次", "号", "点") and head.endswith(("第",)):
        return True
    if unit == "度" and after and after in "电":
        return True
    return unit in ("分",) and after == "之"


def _chats(text: str, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral names or chats rather than counts: 一个个, 第三个, “四个聚焦”, 这两个."""
    at = match.start("chinese")
    before, after = text[max(0, at - 1) : at], text[match.end() : match.end() + 2]
    numeral, unit = match["chinese"], match["cunit"]
    if numeral in ("一", "万", "千", "百", "亿", "万亿", "千万", "百万") and match["pre4"] != "上":
        return True
    if match["pre4"] == "上" and not re.fullmatch(r"[百千万亿]+", numeral):
        return True
    if not match["pre4"] and before and before in "第“‘这那每各首初统唯万千百几零一二两三四五六七八九十":
        return True
    if after[:1] and (after[0] == unit[0] or after[0] in "”’村镇乡"):
        return True
    if unit in ("天", "年", "期", "倍", "件") and not re.search(r"[十百千万]", numeral) and unit != "倍":
        return not after or unit in ("期", "件")
    return False


def _qualifier(match: re.Match[str]) -> str:
    """How the number is meant; what stands after the number outweighs what stands before."""
    groups = match.groupdict()
    for name in ("y1", "y2", "y3", "y4", "y5", "post", "post2", "post3", "post4", "pre", "pre2", "pre3", "pre4"):
        word = groups.get(name)
        if word and word in QUALIFIERS:
            return QUALIFIERS[word]
    return "exact"


def _read_arabic(match: re.Match[str]) -> Figure | None:
    unit = match["unit"]
    rest = match.string[match.end("unit") : match.end()]
    if rest.startswith("/"):
        unit += rest[: len(rest) - len(match["post"] or "")]
    unit = {"％": "%"}.get(unit, unit)
    if match["digits2"]:
        later = match["m2"]
        lower = arabic(match["digits"], match["m1"] or (later if not match["u1"] or match["u1"] == match["unit"] else None))
        upper = arabic(match["digits2"], later)
        if match["u1"] and match["u1"] not in (match["unit"], "％", "%"):
            return None
        return _make(match, None, (lower, upper), unit, "range") if lower <= upper else None
    return _make(match, arabic(match["digits"], match["m1"]), None, unit, _qualifier(match))


def _read_part(match: re.Match[str]) -> Figure | None:
    """三分之一 and 百分之五, in per cent."""
    try:
        whole, part = chinese(match["part"]), chinese(match["over"])
    except ValueError:
        return None
    return _make(match, 100 * part / whole, None, "%", _qualifier(match)) if whole else None


def _read_chinese(match: re.Match[str]) -> Figure | None:
    numeral = match["chinese"]
    try:
        value = chinese(numeral)
    except ValueError:
        return None
    return _make(match, value, None, match["cunit"], _qualifier(match))


def _make(
    match: re.Match[str], value: float | None, bounds: tuple[float, float] | None, unit: str, qualifier: str
) -> Figure:
    kind = unit_of(unit)
    base = value * kind.factor if value is not None and kind.factor is not None else None
    lower, upper = bounds or (None, None)
    return Figure(
        match.start(), match.end(), match[0], value, lower, upper, qualifier, unit, kind.kind, base,
        kind.base_unit if kind.factor is not None else None,
    )  # fmt: skip


def _period_at(periods: Sequence[tuple[int, Period]], text: str, start: int) -> Period:
    """The period named last before a figure in its sentence, else the one that its paragraph opens with."""
    paragraph = text.rfind("\n", 0, start) + 1
    sentence = max((text.rfind(mark, paragraph, start) for mark in "。！？；;!?"), default=-1)
    named = [period for at, period in periods if max(sentence, paragraph - 1) < at < start]
    opening = [period for at, period in periods if paragraph <= at < min(start, paragraph + _OPENING)]
    return (named or opening or [Period(None, None)])[-1]


def _doubt(figure: Figure, suspects: Sequence[tuple[int, int, str]]) -> str | None:
    for start, end, reason in suspects:
        if start <= figure.end + 2 and figure.start - 2 <= end:
            return reason
    return implausible({name: getattr(figure, name) for name in ("value", "lower", "upper", "unit", "kind", "change", "metric")})
