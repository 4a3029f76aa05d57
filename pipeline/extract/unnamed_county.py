"""The county of a document that names none: the one whose townships it names.

A county's own site says 我县 and 周堂镇, 匡城乡; one county alone has both. Documents that name a county are judged in `places`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.gazetteer import counties_with, villages, words

_SUFFIX = re.compile("[镇乡]|街道|苏木")
_LONGEST = 6  # characters before 镇
_NO_TOWNSHIP = tuple("县市区级域务容貌音情愁村")  # 镇|区, 乡|村: another word
_VILLAGE = re.compile("村|社区|嘎查")


def county_of_townships(text: str, within: Sequence[str] = ()) -> str | None:
    """The code of the only county that has the townships of a text, or None.

    Args:
        text: its repaired text.
        within: the first digits of the codes of the provinces or prefectures that the document names, if it names any.

    Returns:
        The county with two of its townships or more, and more than any other has; or with one that no other county has,
        where one of its villages is named, too.
    """
    named: dict[str, set[str]] = defaultdict(set)
    sure: set[str] = set()
    for name in _townships(text):
        counties = [code for code in counties_with(name) if not within or code.startswith(tuple(within))]
        for code in counties:
            named[code].add(name)
        if len(counties) == 1 and counties[0] not in sure and _names_village_of(text, counties[0]):
            sure.add(counties[0])
    if not named:
        return None
    most = max(map(len, named.values()))
    best = [code for code, names in named.items() if len(names) == most]
    if len(best) == 1 and (most > 1 or best[0] in sure):
        return best[0]
    return None


def names_township_of(text: str, county_code: str) -> bool:
    """Whether a text names a township of a county."""
    return any(county_code in counties_with(name) for name in _townships(text))


def _names_village_of(text: str, county_code: str) -> bool:
    known = villages(county_code)
    for suffix in _VILLAGE.finditer(text):
        if any(text[start : suffix.end()] in known for start in range(max(0, suffix.start() - _LONGEST), suffix.start() - 1)):
            return True
    return False


def _townships(text: str) -> Iterator[str]:
    """The longest known township name at each place of a text."""
    common = words("common_words")
    for suffix in _SUFFIX.finditer(text):
        if text.startswith(_NO_TOWNSHIP, suffix.end()):
            continue
        for start in range(max(0, suffix.start() - _LONGEST), suffix.start() - 1):
            name = text[start : suffix.end()]
            if name not in common and counties_with(name):
                yield name
                break
