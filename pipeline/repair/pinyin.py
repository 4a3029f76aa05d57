"""Pinyin annotations that a mirror put behind characters: `網(wǎng)站`, nested `村(社區(qū))`, toneless `想(xiang)象`.

Mirrors annotate mechanically, people only to explain. So a bracket goes where it holds a reading of the character
before it *and* the document shows the mechanism; a reading aid such as `亳(bó)州`, and every bracket that holds
anything else, stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from pipeline.repair.ledger import Edit
from pipeline.repair.script import TRADITIONAL, simplified_char
from pipeline.repair.signatures import HAN, LEVEL_ONE, PINYIN_LETTERS, TONED_LETTERS

_BRACKET = re.compile(rf"([{HAN}])([(（]([{PINYIN_LETTERS}]{{1,6}})[)）])")
_LATIN = re.compile(rf"[(（][{PINYIN_LETTERS}]{{1,6}}[)）]")
_TONED = re.compile(f"[{TONED_LETTERS}]")
# From this many annotations on, common characters annotated are a mechanism and not an explanation.
_ENOUGH = 3
# The share of a document's latin brackets behind Han characters that must be readings.
_SHARE = 0.8


def suspicious(text: str) -> bool:
    """Whether the text holds a bracket with a few small latin letters."""
    return bool(_LATIN.search(text))


def find(text: str) -> list[Edit]:
    """Propose to remove the pinyin annotations of a mirror.

    Args:
        text: any text.

    Returns:
        One edit a bracket, sorted; none where the brackets look like an author's own.
    """
    found = list(_BRACKET.finditer(text))
    if not found:
        return []
    reads = [match for match in found if is_reading(match[1], match[3])]
    sure = [match for match in reads if _by_machine(match[1], match[3])]
    if len(sure) < len(reads) and _mechanical(text, reads, len(found)):
        sure = reads
    return [Edit(match.start(2), match.end(2), "", "pinyin", "restored") for match in sure]


def _by_machine(char: str, reading: str) -> bool:
    """Whether a single annotation gives the machine away: a traditional form of a common character, toned."""
    return bool(_TONED.search(reading)) and char in TRADITIONAL and simplified_char(char) in LEVEL_ONE


def _mechanical(text: str, reads: list[re.Match[str]], brackets: int) -> bool:
    """Whether these annotations come from a machine: many, of many characters, and hardly any other brackets."""
    chars = Counter(match[1] for match in reads)
    if len(reads) < _ENOUGH or len(chars) < _ENOUGH or len(reads) < _SHARE * brackets:
        return False
    if sum(simplified_char(char) in LEVEL_ONE for char in chars) < _SHARE * len(chars):
        return False  # an author explains rare characters
    # A lesson gives several readings of one character, or speaks of reading.
    readings = {char: {_plain(m[3]) for m in reads if m[1] == char} for char in chars if chars[char] > 1}
    if sum(len(forms) > 1 for forms in readings.values()) * 4 > len(chars):
        return False
    return not re.search(r"多音字|拼音|读音|读作|声调|韵母|異讀|讀音|讀作|聲調", text)


@lru_cache(maxsize=8192)
def is_reading(char: str, reading: str) -> bool:
    """Whether this is how a character is read, toned or not."""
    known = _readings(char)
    plain = reading.replace("ɡ", "g")
    return plain in known if _TONED.search(plain) else _plain(plain) in {_plain(each) for each in known}


@lru_cache(maxsize=8192)
def _readings(char: str) -> frozenset[str]:
    table = _dictionary()
    forms = table.get(ord(char), ""), table.get(ord(simplified_char(char)), "")
    return frozenset(reading for form in forms for reading in form.split(",") if reading)


def _plain(reading: str) -> str:
    """A reading without its tone; ü becomes v, as mirrors type it."""
    base = reading.replace("ü", "v").translate(str.maketrans("ǖǘǚǜ", "vvvv"))
    return "".join(char for char in unicodedata.normalize("NFD", base) if not unicodedata.combining(char))


@cache
def _dictionary() -> dict[int, str]:
    # pypinyin's own start-up reads 40,000 phrases; only damaged text pays for it.
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT
