"""What speaks against figures: parts and wholes that do not fit, moves against their verb, digits that are gone.

Only what cannot be right is named: sums are held against wholes only where the parts are known to make up all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.extract.quantity import Figure
from pipeline.extract.scan import finditer

# parts that make up the whole, as the words that open their metrics
_COMPLETE = (
    ("男性", "女性"), ("税收收入", "非税收入"), ("一般债务", "专项债务"), ("城镇人口", "乡村人口"), ("城镇人口", "农村人口"),
    ("第一产业增加值", "第二产业增加值", "第三产业增加值"), ("外出农民工", "本地农民工"),
)  # fmt: skip
_WHOLES = {
    "男性": ("人口", "总人口", "户籍人口", "常住人口"), "税收收入": ("公共预算收入", "财政收入"),
    "一般债务": ("债务余额", "政府债务"),
    "城镇人口": ("总人口", "常住人口", "户籍人口"), "第一产业增加值": ("生产总值", "GDP"), "外出农民工": ("农民工总量", "农民工"),
}  # fmt: skip
_ANY_PART = tuple(part for parts in _COMPLETE for part in parts)
_SLACK = 0.03  # of the whole; parts are rounded, and some leave out a remainder
_UP = re.compile(r"(?:增加|增长|提高|提升|上升|扩大|发展|增|升|上涨|攀升|跃升)(?:到了?|至)[^，,。；;]{0,4}$")
_DOWN = re.compile(r"(?:下降|降低|降|减少|缩短|缩小|压缩|压减|回落|下跌|减)(?:到了?|至)[^，,。；;]{0,4}$")
_FROM = re.compile(r"[由从][^，,。；;]{0,14}$")
# What is left where somebody took digits out: 从年到年, 20XX年, 增长%
_LOST = re.compile(
    r"[从自]年[到至]年|截[至止]年(?:底|末|月)|[自从]年(?:以来|底|末|月)|年月(?<=[，,。；;\n]..)|20[XxＸ×*]{2}年"
    r"|[%％](?<=[长降到成占达高为][%％])(?=[，,。；;、])|[XxＸ×*]{2,}(?:万元|亿元|万亩|万人|公里|[%％])"
    r"|[万亿]元(?<=[入值资金款成]..)(?=[，,。；;、])"
)
_LOST_LEADS = re.compile(r"[从自截年2%％XxＸ×*万亿](?<!\d[年%％万亿])")
_MANY_LOST = 3  # places; then no figure of the text can be trusted


def lost_digits(text: str) -> tuple[list[int], bool]:
    """Where digits have been taken out of a text, and whether that is so all over it.

    Args:
        text: the text.

    Returns:
        Where each place starts, in code points; and whether there are many.
    """
    places = [match.start() for match in finditer(_LOST, _LOST_LEADS, text)]
    return places, len(places) >= _MANY_LOST


def moved_wrong(text: str, figures: Sequence[Figure]) -> Iterator[tuple[int, str]]:
    """Figures of a sentence that moved against their verb: 由86家增加到62家.

    Yields:
        Position in `figures` and reason.
    """
    for n in range(1, len(figures)):
        was, now = figures[n - 1], figures[n]
        if was.value is None or now.value is None or was.unit != now.unit or now.start - was.end > 16:
            continue
        if not _FROM.search(text, max(0, was.start - 16), was.start):
            continue
        between = text[was.end : now.start]
        if (now.value < was.value and _UP.search(between)) or (now.value > was.value and _DOWN.search(between)):
            yield n, f"moves against its verb ({was.surface}, {now.surface})"
            yield n - 1, f"moves against its verb ({was.surface}, {now.surface})"


def unfit_sums(figures: Sequence[Figure]) -> Iterator[tuple[int, str]]:
    """Figures of a paragraph whose parts, known to make up the whole, make another sum.

    Yields:
        Position in `figures` and reason.
    """
    opened = {(figure.metric or "")[:2] for figure in figures}
    known = [parts for parts in _COMPLETE if all(part[:2] in opened for part in parts)]
    if not known:
        return
    levels = [n for n, f in enumerate(figures) if f.value is not None and f.change == "none" and f.unit != "%" and not f.per]
    for parts in known:
        found = [next((n for n in levels if (figures[n].metric or "").startswith(part)), None) for part in parts]
        if None in found:
            continue
        places = [n for n in found if n is not None]
        if len({figures[n].unit for n in places}) != 1 or any(b < a for a, b in combinations(places, 2)):
            continue
        whole = next(
            (
                n
                for n in reversed(levels)
                if n < places[0]
                and figures[n].unit == figures[places[0]].unit
                and "人均" not in (figures[n].metric or "")
                and (figures[n].metric or "").endswith(_WHOLES[parts[0]])
                and not (figures[n].metric or "").startswith(_ANY_PART)
            ),
            None,
        )
        if whole is None:
            continue
        total = sum(figures[n].value or 0.0 for n in places)
        told = figures[whole].value or 0.0
        if abs(total - told) > _SLACK * max(total, told):
            for n in (whole, *places):
                yield n, f"parts make {total:g}, their whole is {told:g} ({figures[whole].surface})"
