"""Problems raised against problems solved: which figure of a document answers which.

A pure function over the figures of one document. Joining documents belongs in `pipeline.link.join`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ISSUE = (
    r"问题|隐患|诉求|意见|建议|线索|矛盾|纠纷|事项|案件|投诉|工单"
    r"|短板|举报|信访|困难|堵点|漏洞|缺陷|病害|难题|不足|民意|民情|呼声|心愿"
)
_RAISES = re.compile(
    r"检视|查摆|发现|排查|收集|征集|征求|梳理|列出|查找|查出|收到|受理|接收|接到|反馈|摸排|交办|检查出|反映|存在|登记|上报|转办|移交|归集"
)
_ISSUES = re.compile(_ISSUE)
_SOLVES = re.compile(r"整改|解决|化解|办结|销号|落实|办理|处置|处理|消除|完成|答复|治理|回复|办复|整治|调处|清零|排除|解答")
_SOLVED_BEHIND = re.compile(
    rf"[^，,。；;]{{0,6}}?(?:已|现已|均已|均|得到|成功|当场|现场)[^，,。；;]{{0,3}}?(?:{_SOLVES.pattern})"
)
_ALL_SOLVED = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,6}}?(?:问题|隐患|事项|线索|诉求|纠纷|信访件|案件|短板))?(?:[，,、]|截至目前|目前|现在?|上述|问题|已经?|均|都|并|得到|如期|按期|逐一)*(?:全部|均已|全都|悉数)[^，,。；;0-9]{{0,4}}?(?:{_SOLVES.pattern})"
)
_OBJECT_NOISE = re.compile(r"[已了的共到位完成率]|落实|整改|销号|销账|其中|数量|总数|累计")
_ITEM = re.compile(r"[条件个处项起宗次例类]")
_CLAUSE = re.compile(r"[，,。；;：:、]")
_PART = ("其中", "含", "包括")
_SO_FAR = re.compile(r"(?:截至|目前|现|其中|已经?|有)+")
_NEAR = 120  # code points that found and solved may stand apart


@dataclass(frozen=True, slots=True)
class Pair:
    """One problem count answered by another; `found` and `resolved` are positions in the input."""

    found: int
    resolved: int
    issues_found: float
    issues_resolved: float
    resolution_rate: float
    period_start: dt.date | None
    period_end: dt.date | None


def pair_issues(figures: Sequence[Mapping[str, Any]]) -> Iterator[Pair]:
    """Pair problems raised with problems solved.

    Args:
        figures: rows of the table `figures` of one document, in the order of the text.

    Yields:
        Pairs; a figure is in one at most.
    """
    around = list(_around(figures))
    roles = [_role(row, before, after) for row, (before, after) in zip(figures, around, strict=True)]
    for n, found in enumerate(figures):
        if roles[n] != "raised":
            continue
        if _ALL_SOLVED.match(around[n][1]):  # 问题823条，已全部整改到位: one figure says both
            yield _pair(n, n, found, found)
            continue
        for m in range(n + 1, len(figures)):
            solved = figures[m]
            if solved["start"] - found["end"] > _NEAR:
                break
            if roles[m] == "raised" and solved["unit"] == found["unit"]:
                if around[m][0].startswith(_PART) and solved["value"] <= found["value"]:
                    continue  # 其中重大隐患13条，已整改5388条: what was solved is of the whole
                break
            if _answers(solved, found) and roles[m] == "solved":
                roles[m] = None
                yield _pair(n, m, found, solved)
                break


def _answers(solved: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether one figure can count what was solved of another: unit, amount, subject and period allow it."""
    if solved["unit"] != found["unit"] or not solved["value"] or solved["value"] > found["value"]:
        return False
    whose, of = solved.get("subject_id"), found.get("subject_id")
    if whose and of and whose != of:
        return False
    begun, ended = found["period_start"], solved["period_end"]
    return not (begun and ended and ended < begun)


def _pair(n: int, m: int, found: Mapping[str, Any], solved: Mapping[str, Any]) -> Pair:
    raised, answered = found["value"], solved["value"]
    return Pair(n, m, raised, answered, answered / raised, found["period_start"], found["period_end"])


def _role(row: Mapping[str, Any], clause: str, behind: str) -> str | None:
    """Whether a figure counts problems raised, problems solved, or something else."""
    if row["kind"] != "count" or not row["value"] or not _ITEM.fullmatch(row["unit"]):
        return None
    metric = row["metric"] or ""
    if _SO_FAR.fullmatch(clause) and "已" in clause and _SOLVES.match(behind):
        return "solved"  # 目前已有70个整改到位
    if not clause.strip("其中有的") and _SOLVED_BEHIND.match(behind) and not _ISSUES.match(behind):
        return "solved"  # 发现的96个问题中，91个已整改到位
    solves = max(_SOLVES.finditer(clause), key=lambda match: match.start(), default=None)
    raises = max(_RAISES.finditer(clause), key=lambda match: match.start(), default=None)
    if solves and not (raises and raises.start() > solves.start()):
        thing = _OBJECT_NOISE.sub("", clause[solves.end() :])
        return "solved" if len(thing) < 2 or _ISSUES.search(thing) else None
    if _ISSUES.search(clause if raises else metric) or (raises and _ISSUES.search(metric)):
        return "raised"
    return None


def _around(figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The clause before each figure, and what stands behind it up to the next, as its sentence has it.

    Rows tell where a figure stands in the text but not where its sentence begins: the first figure of a
    sentence says it, and the rest are measured from there.
    """
    context, base = "", 0
    for n, row in enumerate(figures):
        at = row["start"] - base
        if row["context"] != context or row["context"][at : at + len(row["surface"])] != row["surface"]:
            context, base = row["context"], row["start"] - max(0, row["context"].find(row["surface"]))
        upto = figures[n + 1]["start"] - base if n + 1 < len(figures) else len(context)
        before = _CLAUSE.split(context[: max(0, row["start"] - base)])[-1]
        yield before, context[max(0, row["end"] - base) : max(0, min(upto, len(context)))]
