"""The units that figures are counted in: kind of quantity, base unit, factor. The table itself is data.

To add a unit, add a row to `pipeline/reference/units/units.tsv`. How a number stands before its unit
belongs in `pipeline.extract.quantities`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "reference" / "units"
_ALIASES = {"元人民币": "元", "％": "%", "个百分点": "百分点", "个千分点": "千分点"}
_WIDE = str.maketrans("()", "（）")
_NARROW = str.maketrans("（）", "()")
_PER_ONLY = ("日", "月", "季", "季度", "周", "亩年", "班", "人年", "年", "小时", "秒", "分钟", "时")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Args:
        name: as written.
        kind: kind of quantity, a value of the contract.
        base_unit: what it converts to; None where it does not (currencies, temperatures).
        factor: how many base units it is.
        chinese: which Chinese numerals count it: yes (六个), big (only from ten: 三百人), no.
        not_before: characters before which these characters are another word (家 in 家庭).
    """

    name: str
    kind: str
    base_unit: str | None
    factor: float | None
    chinese: str = "no"
    not_before: str = ""


@cache
def units() -> dict[str, Unit]:
    """All units by name."""
    with (_FOLDER / "units.tsv").open(encoding="utf-8", newline="") as file:
        return {
            row["unit"]: Unit(
                row["unit"],
                row["kind"],
                row["base_unit"] or None,
                float(row["factor"]) if row["factor"] else None,
                row["chinese"],
                row["not_before"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


@cache
def unit_name(written: str) -> str:
    """A unit as the table writes it: 个百分点 is 百分点, 台（套） is 台(套)."""
    return _ALIASES.get(written, written).translate(_NARROW)


@cache
def unit_of(name: str) -> Unit:
    """A unit by name; a quotient of units is of kind other, and one that is in no table counts something."""
    name = unit_name(name)
    found = units().get(name)
    if found:
        return found
    if not name:  # a coefficient
        return Unit("", "ratio", "1", 1.0)
    if "/" in name:
        return Unit(name, "money" if name.startswith("元/") else "other", None, None)
    return Unit(name, "count", "1", 1.0)


def known_unit(name: str) -> bool:
    """Whether each part of a unit (元/亩, 微克/立方米, 元/人·年) is in the table; a coefficient has none."""
    if not name:
        return True
    head, *rest = re.split("[/·]", unit_name(name))
    return head in units() and all(part in units() or part in _PER_ONLY for part in rest)


@cache
def unit_pattern() -> str:
    """A pattern of every unit, each not before the characters that make it another word."""
    wide = {name.translate(_WIDE): unit.not_before for name, unit in units().items() if "(" in name}  # 台（套）
    return _trie({name: unit.not_before for name, unit in units().items()} | wide | {"％": "", "个百分点": ""})


@cache
def divisor_pattern() -> str:
    """A pattern of what may stand behind the stroke of 元/亩."""
    return _trie(dict.fromkeys((*(name for name in units() if "/" not in name), *_PER_ONLY), ""))


@cache
def chinese_unit_pattern() -> str:
    """A pattern of the units that Chinese numerals count."""
    return _trie({name: unit.not_before for name, unit in units().items() if unit.chinese != "no"} | {"个百分点": ""})


@cache
def stock_phrases() -> tuple[str, ...]:
    """Names that begin with a numeral and a classifier but count nothing (两个维护)."""
    lines = (_FOLDER / "stock_phrases.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _trie(words: dict[str, str]) -> str:
    """Alternatives grouped by their first character, longest first: the engine tries few of them a position."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(word)

    def tail(word: str) -> str:
        return re.escape(word[1:]) + (f"(?![{words[word]}])" if words[word] else "")

    plain = [head for head, group in groups.items() if group == [head] and not words[head]]
    rest: Iterable[str] = (
        f"{re.escape(head)}(?:{'|'.join(map(tail, group))})" if len(group) > 1 else re.escape(head) + tail(group[0])
        for head, group in groups.items()
        if head not in plain
    )
    single = [f"[{''.join(map(re.escape, plain))}]"] if plain else []
    return "(?:" + "|".join([*single, *rest]) + ")"
