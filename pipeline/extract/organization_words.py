"""How bodies are named: the words that end their names, those before a name that are no part of it, common nouns.

What the lists of `pipeline/reference/organizations` say is made ready for search here; what follows from a
word found belongs in the modules that make bodies of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.mentions import Mention
from pipeline.lexicon import Words, any_of, rows, words

BREAK = re.compile(r"[\s，。；：、！？,.;:!?（）()《》<>“”\"「」『』‘’\[\]【】—…·|/+＋]")
LEVEL = "省市县区旗州盟镇乡"
TITLE_AFTER = re.compile("副?书记|常委(?!会)|委员(?!会)|代表|常务|主任|主席|干部|班子|全会|党组|机关|会议")
_FORMS = {"委员会": ("委员会", "委"), "办公室": ("办公室", "办")}


@dataclass(frozen=True, slots=True)
class Ending:
    """What a matched ending says: a department or organ of some place, a national body, or a suffix."""

    kind: str  # department, organ, national, suffix
    full: str  # department: its full name; organ: pattern with {}; national: the name; suffix: what it needs


@cache
def endings() -> tuple[Words, dict[str, Ending]]:
    """The words that end names, ready to be searched for, and what each says."""
    found: dict[str, Ending] = {}
    for form, needs in rows("organizations", "suffixes.tsv"):
        found[form] = Ending("suffix", needs)
    for field, short, *forms in rows("organizations", "departments.tsv"):
        for form in (forms[0] if forms else "局|厅").split("|"):
            for name in (field, *(s for s in short.strip().split("|") if s)):
                for ending in _FORMS.get(form, (form,)):
                    if len(name) > 1 or ending != "委":
                        found[name + ending] = Ending("department", field + form)
    for organ, pattern, *_ in rows("organizations", "organs.tsv"):
        for level in LEVEL:
            found[level + organ] = Ending("organ", pattern)
        if len(organ) > 3 or organ in ("纪委", "团委", "妇联", "残联", "工商联", "党委"):
            found.setdefault(organ, Ending("organ", pattern))
    for name, *others in rows("organizations", "national.tsv"):
        for form in (name, *(o for cell in others for o in cell.split("|") if o)):
            found[form] = Ending("national", name)
    return Words(found), found


@cache
def left_cut() -> re.Pattern[str]:
    """Words before a name that are no part of it (由, 走访, 3家)."""
    return re.compile(
        any_of(words("organizations", "left_cut.txt"))
        + "|(?<![国瑶苗侗畲客农回羌法作画术学业专人])家(?![庭具电居园乡])"
        + "|[0-9０-９]+[余多]?[家个所名座]?|[一二三四五六七八九十]+[家个座]"
    )


@cache
def common() -> re.Pattern[str]:
    """What before a suffix makes a common noun (农民专业|合作社)."""
    return re.compile(f"(?:{any_of(words('organizations', 'common_stems.txt'))}|[省市县区镇乡村]级?)+")


def body(text: str, start: int, end: int, name: str, sure: float) -> Mention:
    """A mention of a body; `name` is its canonical name, `sure` its confidence."""
    return Mention(start, end, text[start:end], "organization", name, confidence=sure)
