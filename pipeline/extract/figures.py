"""Figures: a number with its unit, how it is meant, what it measures and when.

Puts together what `quantities` (number, qualifier, unit), `metrics` (what is measured) and `periods` (when) say
around one hit, and says what speaks against it.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from pipeline.extract.contradictions import lost_digits, moved_wrong, unfit_sums
from pipeline.extract.metric_edges import trimmed
from pipeline.extract.metric_pairs import Measured
from pipeline.extract.metrics import measure
from pipeline.extract.numerals import half_width
from pipeline.extract.periods import Period, bulletin_year, find_periods, of_sections, reported_in
from pipeline.extract.quantities import find_quantities, read_quantity
from pipeline.extract.quantity import Figure, Quantity
from pipeline.extract.scopes import Scopes
from pipeline.extract.units import unit_of

_SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=[\u4e00-\u9fff])")
_CLOSED = re.compile(r"[。！？!?\n]")  # a period holds beyond a semicolon
# A line of figures without a full stop is no sentence: of more than this each would repeat all the others.
_LONGEST_CONTEXT = 2000
_SHARE = re.compile(r"占|比重|比例|率$|合格率|覆盖率")
_MISPLACED = re.compile(r"\D*\d+(?:,\d+)*,(?:\d{2}|\d{4})(?!\d)|\D*\d{4,},\d")  # 12,34万元
_OF_TARGET = re.compile(r"计划|目标|任务|预算|增长率|负债率|存贷比|去年|上年|同期")  # may well be above 100 %
_SHARES = re.compile(r"分别占|(?:占比|比重|结构)[^，,。；;]{0,4}分别|(?:占比|比重|结构)(?:为|调整为)$")
_LIMIT = re.compile(r"限额|核定|目标|计划|任务")  # no part of what stays within it
_ELSEWHERE = re.compile(r"全[国省市球]|世界")  # shares of as many wholes as there are things
_LIST_MARKS = frozenset(("、", "，", ",", "和", "与", "及", ":", "：", "∶"))
_FROM = re.compile(r"[由从][^，,。；;]{0,10}\Z")
_MEASURES = ("存栏", "出栏", "产量", "产值", "面积", "收入", "支出", "余额", "投资", "人口")
_MOST_MONEY = 2e14  # 元
_MOST_PEOPLE = 1.5e9
_WILL = ("将于", "拟于", "计划于", "计划在", "预计于", "将在")
_GOES_ON = re.compile("[，,；;](?:并|同时|还|另|此外)")  # what 其中 opened is over
_DONE_THEN = re.compile("[；;]|(?:竣工|完工|建成|投产|通车|投用|开业|开工)[，,]")
_OPENING = 12  # code points; a period that stands so early governs its paragraph


_AT = itemgetter(0)
_OPEN = Period(None, None)


def find_figures(
    text: str, published_on: dt.date | None = None, suspect_spans: Sequence[tuple[int, int, str]] = (), title: str = ""
) -> list[Figure]:
    """Find the figures of a text.

    Args:
        text: repaired text.
        published_on: the document's date, the anchor of 今年 and the like.
        suspect_spans: start, end and reason of spans that cannot be trusted.
        title: the document's title, which may name the year that it reports on.

    Returns:
        Figures in the order of the text.
    """
    plain = half_width(text)
    periods = list(find_periods(plain, published_on, half_width(title)))
    sections = of_sections(plain, periods)
    otherwise = bulletin_year(plain) or reported_in(half_width(title)) or _OPEN
    figures: list[Figure] = []
    scopes = Scopes(plain)
    carried: tuple[str | None, int] = (None, -1)  # metric that a sentence opens with, and its paragraph
    openings = [0, *(match.end() for match in _CLOSED.finditer(plain))]
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for number, group in groupby(find_quantities(plain), key=lambda quantity: bisect_right(ends, quantity.start)):
        start, end = ends[number - 1], ends[min(number, len(ends) - 1)]
        sentence = plain[start:end]
        own = list(group)
        answers = measure(sentence, [(q.start - start, q.end - start, unit_of(q.unit).kind) for q in own])
        begun, floor = len(figures), start
        context = text[start:end].strip()
        opened = openings[bisect_right(openings, start) - 1]
        paragraph = plain.rfind("\n", 0, start) + 1
        section = bisect_right(sections, start, key=_AT) - 1
        headed = sections[section][1] if section >= 0 else None
        for quantity, answer in zip(own, answers, strict=True):
            if answer.metric is None and answer.change != "none" and carried[1] == paragraph:
                answer = answer._replace(metric=carried[0])  # 其中，6月份增长8.3%: what the sentence before was about
            period = _period_at(periods, text, quantity.start, floor, opened, paragraph) or headed or otherwise
            floor = quantity.start
            if end - start > _LONGEST_CONTEXT:
                half = max(0, _LONGEST_CONTEXT - (quantity.end - floor)) // 2
                context = text[max(start, floor - half) : min(end, quantity.end + half)].strip()
            scope = (*scopes.at(floor, paragraph), *scopes.said(floor, paragraph))
            for metric in (answer.metric, *answer.also):
                figures.append(_figure(text, quantity, metric, answer, period, context, scope))
        carried = (answers[0].metric, paragraph)
        whole = _above_hundred(plain, figures[begun:]) if len(own) > 1 and _SHARES.search(sentence) else {}
        parts = "其中" in sentence
        for n in range(begun, len(figures)):
            reason = _doubt(figures[n], suspect_spans) or whole.get(n - begun)
            if not reason and parts:
                reason = _above_whole(plain, figures[begun : n + 1])
            if reason:
                figures[n] = figures[n]._replace(trust="suspect", trust_reason=reason)
    for n, reason in _contradicted(plain, figures):
        if figures[n].trust == "sound":
            figures[n] = figures[n]._replace(trust="suspect", trust_reason=reason)
    return figures


def _contradicted(text: str, figures: Sequence[Figure]) -> Iterator[tuple[int, str]]:
    """Which figures contradict others of their paragraph, or stand where digits are gone."""
    lost, many = lost_digits(text)
    if many:
        yield from ((n, f"the text has lost its digits in {len(lost)} places") for n in range(len(figures)))
    yield from moved_wrong(text, figures)
    first = 0
    breaks = [match.start() for match in re.finditer(r"\n|$", text)] if figures else []
    for stop in breaks:
        last = bisect_left(figures, stop, lo=first, key=_AT)
        if last > first:
            begun = text.rfind("\n", 0, stop) + 1
            if any(begun <= at < stop for at in lost):
                yield from ((n, "digits are missing beside it") for n in range(first, last))
            yield from ((first + n, reason) for n, reason in unfit_sums(figures[first:last]))
        first = last


@lru_cache(maxsize=1 << 16)  # small numbers come again and again
def reparse(surface: str) -> Quantity | None:
    """Read a figure's surface by itself; None where it is no figure."""
    return read_quantity(surface)


def read_again(figure: Figure) -> Figure:
    """The figure, suspect where its surface by itself gives another value, bound or unit."""
    again = reparse(figure.surface)
    if again is None or (again.value, again.lower, again.upper) != (figure.value, figure.lower, figure.upper):
        return figure._replace(trust="suspect", trust_reason=UNSTABLE)
    if again.unit and figure.unit and again.unit != figure.unit:  # a coefficient has none
        return figure._replace(trust="suspect", trust_reason=UNSTABLE)
    return figure


def implausible(row: Mapping[str, Any]) -> str | None:
    """Why no place could report this figure; None where one could.

    Args:
        row: the columns value, lower, upper, unit, kind, change and metric of a figure, by name.
    """
    top = max((row[name] for name in ("value", "lower", "upper") if row[name] is not None), default=0.0)
    return _out_of_bounds(top, row["unit"], row["kind"], row["change"], row["metric"] or "")


def _out_of_bounds(top: float, unit: str, kind: str, change: str, metric: str) -> str | None:
    if unit == "%" and top > 100 and change == "none" and _SHARE.search(metric) and not _OF_TARGET.search(metric):
        return "a share above 100 %"
    if unit == "%" and change == "下降" and top > 100:
        return "a fall by more than 100 %"
    if kind == "money" and top > _MOST_MONEY:
        return "more money than the country makes in a year"
    if unit in ("人", "户", "名") and top > _MOST_PEOPLE:
        return "more people than the country has"
    return None


# Why a figure is suspect whose surface by itself reads otherwise.
UNSTABLE = "its surface, read by itself, gives another value"
# What is measured where the text names nothing, by the kind of unit; what is counted is named by its classifier (户数).
_GENERAL = {
    "money": "金额", "ratio": "比例", "area": "面积", "length": "长度", "mass": "重量", "volume": "体积", "power": "功率",
    "energy": "能量", "duration": "时间", "angle": "角度", "temperature": "温度",
}  # fmt: skip


def _figure(
    text: str,
    quantity: Quantity,
    metric: str | None,
    answer: Measured,
    period: Period,
    context: str,
    scope: tuple[int, str | None, int | None, str | None] = (0, None, None, None),
) -> Figure:
    unit = unit_of(quantity.unit)
    base = quantity.value * unit.factor if quantity.value is not None and unit.factor is not None else None
    return Figure(
        quantity.start, quantity.end, text[quantity.start : quantity.end], quantity.value, quantity.lower,
        quantity.upper, quantity.qualifier, quantity.unit, unit.kind, base, unit.base_unit,
        (trimmed(metric) if metric else "") or _GENERAL.get(unit.kind) or f"{quantity.unit}数", answer.per,
        answer.change, period.start, period.end, context, "sound", None, *scope,
    )  # fmt: skip


def _above_whole(text: str, figures: Sequence[Figure]) -> str | None:
    """Why the last of a sentence's figures contradicts those before it: 其中 opens a part, which is no larger."""
    part = figures[-1]
    if part.value is None or part.change != "none" or len(figures) < 2 or _LIMIT.search(part.metric or ""):
        return None
    of_which = text.rfind("其中", figures[0].end, part.start)
    if of_which < 0 or text.startswith("最", of_which + 2) or _GOES_ON.search(text, of_which, part.start):
        return None
    whole = next((f for f in reversed(figures[:-1]) if f.end <= of_which and f.unit == part.unit and f.change == "none"), None)
    if _FROM.search(text, max(0, part.start - 12), part.start):
        return None  # 由年初预算的6亿元调整为3亿元
    if whole and _another_measure(part.metric or "", whole.metric or ""):
        return None  # 存栏75万头，其中母猪6万头，出栏127万头
    open_above = whole is not None and whole.qualifier in ("more_than", "at_least")  # 全部超过15万元，其中50万元以上的46个
    if whole and whole.value is not None and whole.unit != "%" and not open_above and part.value > whole.value:
        return f"a part above its whole ({whole.surface})"
    return None


def _another_measure(part: str, whole: str) -> bool:
    ends = [next((end for end in _MEASURES if metric.endswith(end)), None) for metric in (part, whole)]
    return None not in ends and ends[0] != ends[1]


def _above_hundred(text: str, figures: Sequence[Figure]) -> dict[int, str]:
    """Which of a sentence's shares make more than a hundred per cent together: 分别占30%、40%和50%."""
    doubts: dict[int, str] = {}
    n = 0
    while n < len(figures):
        end = n + 1
        while end < len(figures) and text[figures[end - 1].end : figures[end].start] in _LIST_MARKS:
            end += 1
        group = figures[n:end]
        shares = [figure.value for figure in group if figure.unit == "%" and figure.change == "none" and figure.value is not None]
        lead = text[max(0, group[0].start - 14) : group[0].start]
        if len(shares) == len(group) > 1 and sum(shares) > 100.5 and _SHARES.search(lead) and not _ELSEWHERE.search(lead):
            doubts |= dict.fromkeys(range(n, end), f"shares that make {sum(shares):g} % together")
        n = end
    return doubts


def _period_at(
    periods: Sequence[tuple[int, Period]], text: str, start: int, floor: int, sentence: int, paragraph: int
) -> Period | None:
    """The period named last before a figure in its sentence, else the one that its paragraph opens with.

    Args:
        periods: all periods of the text and where they stand.
        text: the text.
        start: where the figure starts; `floor`, `sentence` and `paragraph`: where the figure before it, its
            sentence and its paragraph do.
    """
    last = bisect_left(periods, start, key=_AT) - 1
    while last >= 0 and sentence < periods[last][0] < floor and text[periods[last][0] - 1] in "由从自比较与":
        last -= 1  # 由2017年的8亿元增加到12亿元: the second is of now
    while last >= 0 and sentence < periods[last][0] and _planned(text, periods[last][0], start):
        last -= 1
    if last >= 0 and periods[last][0] >= sentence:
        return periods[last][1]
    first = bisect_left(periods, paragraph, key=_AT)
    opening = [p for at, p in periods[first : last + 1] if at < paragraph + _OPENING and "是" not in text[paragraph:at]]
    return opening[-1] if opening else None


def _planned(text: str, at: int, start: int) -> bool:
    """Whether a period says when something will be done in a clause before the figure's own: 将于今年11月底竣工；筹资50万元."""
    return text.endswith(_WILL, max(0, at - 4), at) and _DONE_THEN.search(text, at, start) is not None


def _doubt(figure: Figure, suspects: Sequence[tuple[int, int, str]]) -> str | None:
    for start, end, reason in suspects:
        if start <= figure.end + 2 and figure.start - 2 <= end:
            return reason
    if "," in figure.surface and _MISPLACED.match(figure.surface):
        return "a separator of thousands stands at the wrong place"
    top = figure.upper if figure.value is None else figure.value
    if top is None or top <= 100:
        return None
    return _out_of_bounds(top or 0.0, figure.unit, figure.kind, figure.change, figure.metric or "")
