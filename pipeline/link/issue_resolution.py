"""Problems raised against problems solved: which figure of a document answers which.

A pure function over the figures of one document. Joining documents belongs in `pipeline.link.join`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SOLVED = re.compile(r"整改|解决|化解|办结|销号|落实|办理|处置|消除|完成|答复|治理")
_FOUND = re.compile(
    r"(?:检视|查摆|发现|排查|收集|征集|征求|梳理|列出|查找|查出|收到|受理|接收|反馈|摸排|交办|检查出|接到|反映|存在)[^，,。；;]*"
    r"(?:问题|隐患|诉求|意见|线索|矛盾|纠纷|建议|事项|案件|投诉|工单|短板)"
    r"|(?:问题|隐患|诉求|矛盾纠纷|线索|投诉|工单)(?:清单)?$"
)
_ITEM = re.compile(r"[条件个处项起宗次例类]")
# So far apart, in code points, found and solved may stand.
_NEAR = 120


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
    for n, found in enumerate(figures):
        if not _is_found(found):
            continue
        for m in range(n + 1, len(figures)):
            solved = figures[m]
            if solved["start"] - found["end"] > _NEAR or _is_found(solved):
                break
            if solved["unit"] == found["unit"] and _is_solved(solved) and solved["value"] <= found["value"]:
                yield Pair(
                    n, m, found["value"], solved["value"], solved["value"] / found["value"],
                    found["period_start"], found["period_end"],
                )  # fmt: skip
                break


def _is_found(row: Mapping[str, Any]) -> bool:
    metric, head = row["metric"] or "", _clause(row)
    return _counts(row) and bool(_FOUND.search(metric) or _FOUND.search(head)) and not _SOLVED.search(head.split("问题")[-1])


def _is_solved(row: Mapping[str, Any]) -> bool:
    return _counts(row) and bool(_SOLVED.search(row["metric"] or "") or _SOLVED.search(_clause(row)))


def _counts(row: Mapping[str, Any]) -> bool:
    return row["kind"] == "count" and bool(row["value"]) and bool(_ITEM.fullmatch(row["unit"]))


def _clause(row: Mapping[str, Any]) -> str:
    """The clause before the figure, as its sentence has it."""
    head = row["context"].split(row["surface"], 1)[0]
    return re.split(r"[，,。；;：:、]", head)[-1]
