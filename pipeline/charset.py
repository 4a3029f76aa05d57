"""From bytes to text: which charset are these bytes in?

In this order: a byte order mark; UTF-8, which is hardly ever valid by chance; the page's own declaration
where what it gives reads as Chinese; else whichever of the legacy charsets reads most like Chinese. A
declaration is believed only as far as the result bears it out, since many pages lie. What went wrong
before the bytes were written (UTF-8 read as GBK and the like) belongs in `pipeline.repair.codec`.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# Legacy charsets of Chinese pages. gb18030 reads all of GB 2312 and GBK, big5hkscs all of Big5.
LEGACY = ("gb18030", "big5hkscs")
WIDE = ("utf-16-le", "utf-16-be")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=["']([\w.:-]+)""", re.I)
# `联通` in GBK is valid UTF-8: two-byte sequences side by side, which Chinese in UTF-8 has none of.
_TWO_BYTES = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]){2}")
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){2,}~\}")  # pairs of 7-bit GB 2312 between its two shifts
_SAMPLE = 20_000
_REPLACEABLE = 0.002  # share of bad bytes that a page may hold and still be read


class Undecodable(Exception):
    """The bytes are not text in any charset we know."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the charset it was read in.

    Args:
        text: the decoded text, without byte order mark.
        encoding: Python's name of the charset.
        confidence: 0 to 1; below 0.5 it is little more than a guess.
    """

    text: str
    encoding: str
    confidence: float


def decode(raw: bytes) -> Decoded:
    """Decode a document of unknown charset.

    Args:
        raw: its bytes.

    Raises:
        Undecodable: no charset gives text.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return Decoded(raw.decode(encoding, "replace"), encoding, 1.0)
    if _HZ.search(raw) and raw.isascii() and (text := _try(raw, "hz")) is not None:
        return Decoded(text, "hz", 0.95)
    if b"\0" not in raw[:_SAMPLE]:
        text = _utf8(raw)
        if text is not None and not _utf8_by_chance(raw):
            return Decoded(text, "utf-8", 1.0)
    candidates = [(encoding, _try(raw, encoding)) for encoding in _order(raw)]
    readable = [
        (plausibility(text[:_SAMPLE]) + bonus, encoding, text)
        for bonus, (encoding, text) in zip((0.05, *[0.0] * 9), candidates, strict=False)
        if text is not None
    ]
    if not readable:
        raise Undecodable("no charset reads these bytes; is this a text file?")
    score, encoding, text = max(readable, key=lambda candidate: candidate[0])
    if score < 0.15 and _binary(raw):
        raise Undecodable("these bytes look like a binary file; convert it to text, HTML or JSON Lines first")
    return Decoded(text, encoding, round(min(max(score, 0.0), 1.0), 3))


def declared(raw: bytes) -> str | None:
    """The charset that an HTML or XML document declares, as Python knows it; None where it declares none."""
    match = _DECLARED.search(raw[:4096])
    if not match:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    name = _ALIASES.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name


def plausibility(text: str) -> float:
    """How much a text reads like Chinese or plain ASCII: the share of its letters that are in common use, 0 to 1."""
    letters = good = 0
    common = _common()
    for char in text:
        if char <= "\x7f":
            if char < " " and char not in "\t\r\n\f":
                letters += 1
            continue
        letters += 1
        good += char in common
    return good / letters if letters else 1.0


def _utf8(raw: bytes) -> str | None:
    """The text if the bytes are UTF-8, give or take a character cut off at the end."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(raw) and error.start >= len(raw) - 3 and error.start > 0:
            return raw.decode("utf-8", "replace")
        bad = len(re.findall("\ufffd", raw.decode("utf-8", "replace")))
        many = sum(byte >= 0x80 for byte in raw[:_SAMPLE]) * len(raw) / max(min(len(raw), _SAMPLE), 1)
        return raw.decode("utf-8", "replace") if many > 300 and bad / many < _REPLACEABLE else None


def _utf8_by_chance(raw: bytes) -> bool:
    """Whether short bytes are valid UTF-8 by chance: nothing but two-byte sequences, which in GBK are common characters."""
    if len(raw) > 200 or not _TWO_BYTES.search(raw) or re.search(rb"[\xe0-\xff]", raw):
        return False
    text = _try(raw, "gbk")
    return text is not None and plausibility(text) == 1.0


def _order(raw: bytes) -> list[str]:
    """Charsets to try, the declared one first (it gets the benefit of the doubt)."""
    name = declared(raw)
    rest = [*LEGACY, *(WIDE if len(raw) % 2 == 0 or b"\0" in raw[:_SAMPLE] else ())]
    if name is None or name == "utf-8":
        return ["utf-8", *rest] if name else ["", *rest]
    return [name, *(e for e in rest if e != name)]


def _try(raw: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
    except LookupError:
        return None
    return text if text.count("\ufffd") <= max(1, _REPLACEABLE * len(text) * 5) else None


def _binary(raw: bytes) -> bool:
    head = raw[:_SAMPLE]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) * 0.02


@cache
def _common() -> frozenset[str]:
    """Characters in common use: GB 2312 level 1, Big5 level 1, their punctuation and full-width forms."""
    chars: set[str] = set()
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            chars.update(bytes((high, low)).decode("gb2312", "ignore"))
    for high in range(0xA4, 0xC7):
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            chars.update(bytes((high, low)).decode("big5", "ignore"))
    chars.update("。、，；：？！“”‘’（）《》〈〉【】「」『』—…·％　\u00a0～－＋")
    chars.update(chr(c) for c in range(0xFF01, 0xFF5F))
    return frozenset(c for c in chars if not unicodedata.category(c).startswith("C"))
