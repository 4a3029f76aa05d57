"""What quoted and unquoted names of campaigns and mechanisms have in common: the name found, its heads, its verbs.

Only what both `initiative_quoted` and `initiative_unquoted` read belongs here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import rows

QUOTES = '“”"「」『』‘’＂'
HAN = "一-龥"
NUMERALS = "一二三四五六七八九十百千两双多"
TIMED = "(?:[一每半两双]?(?:日|天|周|旬|月|季度|季|年)|半年)"
SET_UP = (
    "推行|实行|创新|首创|探索|建立|建立健全|实施|启动|推出|开展|设立|推广|创建|健全|落实|落实好|运用|采取|采用|形成|"
    "提出|坚持|做到|构建|打造|制定|执行|完善|深化|全面推行|探索出|列入|纳入|锚定|奋力"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name found by its form.

    Args:
        start, end: span of its kernel, without quotation marks or head.
        kernel: what stands in the quotation marks, or the whole of a name without them.
        full: the name with quotation marks and head, as it is to be published.
        type: campaign or mechanism.
        headed: whether a head word such as 行动 or 机制 says what it is.
        components: what it consists of, where the text says so.
        confidence: 0 to 1.
    """

    start: int
    end: int
    kernel: str
    full: str
    type: str
    headed: bool
    components: tuple[str, ...]
    confidence: float


@cache
def heads() -> dict[str, tuple[str, str]]:
    """Words that end names, each with the type of what it names and how much it proves."""
    return {head: (type_, proof) for head, type_, proof in rows("initiatives", "heads.tsv")}
