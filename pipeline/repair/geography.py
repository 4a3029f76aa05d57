"""Where a text is from, as far as the names in it say: only to suggest what an injected string took the place of.

Places are found and coded for the release in a later step; here one county is enough, and none is no answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.repair.places import short_name

_GAZETTEER = Path(__file__).resolve().parents[1] / "reference" / "gazetteer"
_FULL, _SHORT = 3, 1  # weight of a full name and of a short one, which is often a word as well
_LEAST = 3
_CLEAR = 1.5  # times the weight of the next county


@dataclass(frozen=True, slots=True)
class Geography:
    """A county with what it lies in, by full names."""

    province: str | None
    prefecture: str | None
    county: str | None


def geography_of(text: str) -> Geography | None:
    """The county that a Simplified text is mainly about.

    Args:
        text: the text of a document.

    Returns:
        The county with its prefecture and province; None where no county stands out.
    """
    matcher, names, divisions = _names()
    weights: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for index, _, _ in matcher.find_matches_as_indexes(text):
        seen[names[index]] += 1
    for name, n in seen.items():
        for code, weight in divisions.by_name.get(name, ()):
            weights[code] += n * weight
    scores = {
        code: weight + sum(weights[above] for above in divisions.above(code))
        for code, weight in weights.items()
        # A short name alone is often a word: 富民, 互助.
        if divisions.level[code] == "county" and seen[divisions.name[code]]
    }
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or best[0][1] < _LEAST or (len(best) > 1 and best[0][1] < _CLEAR * best[1][1]):
        return None
    levels = {divisions.level[code]: divisions.name[code] for code in (best[0][0], *divisions.above(best[0][0]))}
    return Geography(levels.get("province"), levels.get("prefecture"), levels.get("county"))


@dataclass(frozen=True, slots=True)
class _Divisions:
    name: dict[str, str]
    level: dict[str, str]
    parent: dict[str, str | None]
    by_name: dict[str, list[tuple[str, int]]]

    def above(self, code: str) -> list[str]:
        parent = self.parent.get(code)
        return [parent, *self.above(parent)] if parent in self.name else []


@cache
def _names() -> tuple[ahocorasick_rs.AhoCorasick, list[str], _Divisions]:
    table = pq.read_table(_GAZETTEER / "divisions.parquet")
    rows = table.filter(pc.is_null(table["valid_to"])).to_pylist()
    common = frozenset((_GAZETTEER / "common_words.txt").read_text("utf-8").split())
    divisions = _Divisions({}, {}, {}, {})
    for row in rows:
        code, full = row["code"], row["name"]
        divisions.name[code], divisions.level[code], divisions.parent[code] = full, row["level"], row["parent_code"]
        divisions.by_name.setdefault(full, []).append((code, _FULL))
        short = short_name(full)
        if short != full and short not in common:
            divisions.by_name.setdefault(short, []).append((code, _SHORT))
    names = sorted(divisions.by_name)
    matcher = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return matcher, names, divisions
