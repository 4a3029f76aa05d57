"""What a check is: a named bound on how much of a step's result may be wrong.

A check counts violations in the tables of one shard; the counts of all shards are added, and the sum (or
its share of what was looked at) must not exceed the threshold. The checks themselves stand in each
step's `checks.py`; their results become rows of the table `quality`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the things looked at were wrong."""

    wrong: int
    seen: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.wrong + other.wrong, self.seen + other.seen)


def tally(verdicts: Iterable[bool]) -> Tally:
    """Count verdicts, each True where something is wrong."""
    wrong = seen = 0
    for verdict in verdicts:
        wrong += bool(verdict)
        seen += 1
    return Tally(wrong, seen)


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Args:
        step: the step whose result it looks at.
        name: snake_case, unique within the step.
        severity: error or warning.
        blocking: whether nothing downstream may run, and nothing be published, once it failed.
        measure: count (violations) or share (violations by things looked at).
        threshold: the greatest value that passes.
        description: what holds when it passes.
        look: counts the violations in what the step hands it: one shard's tables, or those of all (`Relations`).
    """

    step: str
    name: str
    severity: Literal["error", "warning"]
    blocking: bool
    measure: Literal["count", "share"]
    threshold: float
    description: str
    look: Callable[[Any], Tally]

    def judge(self, total: Tally) -> Verdict:
        """The verdict on the sum of all shards."""
        value = float(total.wrong) if self.measure == "count" else total.wrong / max(total.seen, 1)
        return Verdict(self, value, value <= self.threshold)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check said."""

    check: Check
    value: float
    passed: bool

    @property
    def stops(self) -> bool:
        """Whether nothing may go on."""
        return self.check.blocking and not self.passed

    @property
    def row(self) -> dict[str, Any]:
        """The row of the table `quality`."""
        c = self.check
        return {
            "step": c.step,
            "check": c.name,
            "severity": c.severity,
            "passed": self.passed,
            "value": self.value,
            "threshold": c.threshold,
            "description": c.description,
        }


def error(step: str, name: str, description: str, look: Callable[[Any], Tally]) -> Check:
    """A blocking check that no violation passes."""
    return Check(step, name, "error", True, "count", 0.0, description, look)


def warning(step: str, name: str, description: str, look: Callable[[Any], Tally], *, share: float) -> Check:
    """A check that is only told; up to `share` of what was looked at may be wrong."""
    return Check(step, name, "warning", False, "share", share, description, look)
