"""A quantity as read from text, before anybody asks what it measures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity; value, bounds, qualifier and unit as in the contract's table `figures`."""

    start: int
    end: int
    value: float | None
    lower: float | None
    upper: float | None
    qualifier: str
    unit: str
