"""Figures of one sentence that measure one thing together: a count and its worth, the sides of a road, a shared noun.

What each measures by itself is decided in `pipeline.extract.metrics`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.clauses import after_figure, before_figure

_LIMIT = re.compile(r"([\u4e00-\u9fff]{2,14}?)(?:低于|不足|不到|不超过|超过?|高于|少于|多于|达到?|在|为)?")
_LIMIT_END = re.compile(r"(?:以上|以下|以内|左右)?的")
_SIDE = re.compile(r"(总长度?|全长|长度?|宽度?|高度?|深度?|厚度?|直径|总?造价|总?库容)(?:约|近|达|超|为)?$")
_OWN = re.compile(r"([\u4e00-\u9fff]{0,5}[村镇乡县区户社组企业])的(?=[\u4e00-\u9fff]{4})")
_WORTH = re.compile(
    r"(?:全年|今年|年|月|累计|共|实现|完成)*(?:实现|完成)?(?:年|总|主营业务|营业)?(?:销售收入|营业收入|主营收入|收入|总?产值|销售额|利税|利润|纳税|税收|增加值|总投资额?|(?:入[园驻]企业|职工|从业人员|员工|学生)总?数)(?:达到?|为|突破)?$"
)


class Measured(NamedTuple):
    """What a figure measures: metric, per, change (增长, 下降 or none); `also` are further metrics it holds for."""

    metric: str | None
    per: str | None
    change: str
    also: tuple[str, ...] = ()


def earned(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured]) -> None:
    """75家龙头企业年销售收入18.4亿元: the first counts the enterprises."""
    for n in range(len(spans) - 1):
        thing = found[n].metric or ""
        if (
            spans[n][2] == "count"
            and spans[n + 1][2] in ("money", "count")
            and sentence[spans[n][1] : spans[n + 1][0]].startswith(thing)
        ):
            rest = _WORTH.sub("", thing)
            found[n] = found[n]._replace(metric=rest if len(rest) >= 2 else found[n].metric)
            of = _OWN.match(found[n].metric or "")
            if of and (found[n + 1].metric or "").startswith(of[0]):  # 8个村的集体收入均超过百万元
                found[n] = found[n]._replace(metric=of[1])
                for k in range(n + 1, len(found)):
                    found[k] = found[k]._replace(metric=(found[k].metric or "").removeprefix(of[0]) or None)


def limited(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured]) -> None:
    """消除53个年收入低于10万元的薄弱村: the first counts villages, the second is what they earn."""
    for n in range(len(spans) - 1):
        end, (start, stop, _) = spans[n][1], spans[n + 1]
        of = _LIMIT.fullmatch(sentence, end, start)
        behind = _LIMIT_END.match(sentence, stop)
        if spans[n][2] != "count" or of is None or behind is None:
            continue
        if thing := noun_behind(sentence, spans, n + 1, behind.end()):
            found[n] = found[n]._replace(metric=thing)
            found[n + 1] = found[n + 1]._replace(metric=of[1])


def dimensions(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured]) -> None:
    """修通长600米、宽6米，造价30万元的公路: what each says of the thing behind the last."""
    sides: list[str] = []
    for n, (start, end, _) in enumerate(spans):
        side = _SIDE.search(sentence, spans[n - 1][1] if n else 0, start)
        follows = bool(sides) and side is not None and not sentence[spans[n - 1][1] : side.start()].strip("、，, 和")
        sides = [*(sides if follows else []), side[1]] if side and (follows or side[0] != sentence[:start]) else []
        if not sides or sentence[end : end + 1] != "的":
            continue
        thing = noun_behind(sentence, spans, n, end)
        first = n - len(sides) + 1
        opens = before_figure(sentence[spans[first - 1][1] if first else 0 : spans[first][0]])
        if thing and opens.own and len(opens.noun) - len(sides[0]) <= 2 and _SIDE.search(opens.noun):
            for k, name in enumerate(sides, first):
                found[k] = found[k]._replace(metric=f"{thing}{name}")


def share_forward(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured], alone: Sequence[bool]) -> None:
    """4类13项38条便民举措, 3个、5个和8个示范点: all of them measure what the last one does."""
    for n in range(len(found) - 2, -1, -1):
        between = sentence[spans[n][1] : spans[n + 1][0]]
        adjacent = between == "" and spans[n + 1][1] < len(sentence) and sentence[spans[n + 1][1]] not in "，,。；;、"
        joined = adjacent or (alone[n] and between in ("、", "和", "及", "以及"))
        alike = spans[n + 1][2] == "count" or (adjacent and alone[n])
        if joined and alike and spans[n][2] == "count":
            found[n] = found[n]._replace(metric=found[n + 1].metric)


def noun_behind(sentence: str, spans: Sequence[tuple[int, int, str]], n: int, start: int) -> str:
    """The noun phrase from `start` on, behind the n-th figure and before the next; empty where a verb opens it."""
    phrase, verbal = after_figure(sentence[start : spans[n + 1][0] if n + 1 < len(spans) else len(sentence)])
    return "" if verbal else phrase
