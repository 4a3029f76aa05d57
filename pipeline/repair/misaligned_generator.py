"""Makes misaligned GBK out of sound text, step by step as mirrors did; nothing here repairs anything.

The mirror worked on the GBK bytes of a page without minding where characters begin, and then read them as code page 936. Every
repair is proved by running this forward on its result; samples, tests and benchmarks are made with it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Style = Literal["question_mark", "vanish", "replacement"]

MARK = 0x01  # stands for the invisible byte that the mirror put before punctuation
_STOPS = tuple(mark.encode("gbk") for mark in "。！？，")  # in the order in which the mirror looked for them
FOLDS = {"！": "!", "（": "(", "）": ")", "，": ",", "：": ":", "；": ";", "？": "?"}
UNFOLDS = {ascii_mark: mark for mark, ascii_mark in FOLDS.items()}
_FOLD = str.maketrans(FOLDS)


@dataclass(frozen=True, slots=True)
class Reader:
    """How a decoder of code page 936 treats what it cannot read.

    Args:
        lone: what stands for a lead byte without a valid trail byte.
        eats: whether such a byte takes the ASCII byte behind it along.
        keeps_private: whether pairs of the user-defined areas come out as private-use characters or not at all.
    """

    lone: str = "?"
    eats: bool = True
    keeps_private: bool = False


READERS: dict[Style, Reader] = {
    "question_mark": Reader("?", eats=True),
    "vanish": Reader("", eats=False),
    "replacement": Reader("\ufffd", eats=False, keeps_private=True),
}


@cache
def pairs() -> tuple[str, ...]:
    """The character of every pair of bytes, at 256 × lead + trail: "" where no pair may be; private-use ones included."""
    table = [""] * 65536
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            if trail == 0x7F:
                continue
            raw = bytes((lead, trail))
            table[lead << 8 | trail] = raw.decode("gbk", "ignore") or raw.decode("gb18030", "ignore")
    return tuple(table)


def is_private(char: str) -> bool:
    """Whether a pair's character lies in the private-use area: code page 936 does not define it."""
    return "\ue000" <= char <= "\uf8ff"


@cache
def codes() -> dict[str, int]:
    """The pair of bytes of every character of code page 936, as 256 × lead + trail."""
    return {char: pair for pair, char in reversed(list(enumerate(pairs()))) if char}


def encode(text: str) -> bytes:
    """The bytes of a text in code page 936.

    Raises:
        UnicodeEncodeError: a character is not in it.
    """
    table = codes()
    out = bytearray()
    for n, char in enumerate(text):
        if char < "\x80":
            out.append(ord(char))
        elif char in table:
            out += table[char].to_bytes(2, "big")
        elif char == "€":
            out.append(0x80)
        else:
            raise UnicodeEncodeError("cp936", text, n, n + 1, "not in code page 936")
    return bytes(out)


def read(data: bytes, reader: Reader) -> str:
    """Decode bytes as code page 936, the mirror's mark dropped where it stands by itself."""
    table = pairs()
    out: list[str] = []
    at, end = 0, len(data)
    while at < end:
        byte = data[at]
        if byte < 0x80:
            if byte != MARK:
                out.append(chr(byte))
            at += 1
        elif byte == 0x80:
            out.append("€")
            at += 1
        else:
            char = table[byte << 8 | data[at + 1]] if at + 1 < end else ""
            if char:
                if reader.keeps_private or not is_private(char):
                    out.append(char)
                at += 2
            else:
                out.append(reader.lone)
                eaten = at + 1 < end and data[at + 1] < 0x80 and reader.eats
                at += 2 if eaten else 1
    return "".join(out)


def misalign(text: str, style: Style = "question_mark", fold: bool = True) -> str:
    """What the mirror makes of a sound text.

    Args:
        text: sound text, all of it in code page 936.
        style: which mirror.
        fold: whether full-width punctuation becomes ASCII afterwards.

    Returns:
        The text, damaged where punctuation follows a trail byte A3 or A1 and the like; mostly it stays as it is.
    """
    out = misalign_bytes(encode(text), style)
    return out.translate(_FOLD) if fold else out


def misalign_bytes(data: bytes, style: Style = "question_mark") -> str:
    """What the mirror makes of a page's bytes, before it folds full-width punctuation."""
    for stop in _STOPS:
        data = data.replace(stop, bytes((MARK,)) + stop)
    return read(data, READERS[style])


def annotate(text: str, readings: Mapping[str, str], style: Style = "question_mark") -> str:
    """What a mirror makes of a text that replaces characters on its bytes by themselves and their readings.

    Where the last byte of one character and the first of the next look like one that it annotates, the reading lands between
    the two bytes of the next: 當地 becomes 當?shù)厝.

    Args:
        text: sound text, all of it in code page 936.
        readings: the characters that the mirror annotates, each with its reading.
        style: which mirror.
    """
    data = encode(text)
    for char, reading in readings.items():
        data = data.replace(encode(char), encode(f"{char}({reading})"))
    return misalign_bytes(data, style).translate(_FOLD)


def drop_byte(text: str, at: int, style: Style = "question_mark", fold: bool = False) -> str:
    """What is read once one byte of the text has been lost.

    Args:
        at: which byte of the text's code page 936 form.
    """
    data = encode(text)
    out = read(data[:at] + data[at + 1 :], READERS[style])
    return out.translate(_FOLD) if fold else out
