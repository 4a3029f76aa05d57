"""Bytes read in the wrong charset: what each character was read from, and in which charset to read it again.

Here belong the charsets and what their decoders say about the bytes they could not read: Python's GBK decoder loses a byte
before E5 only where both make no character, which leaves some ten of the 128. Reading again belongs in `codec_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WINDOWS = {bytes((byte,)).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
Values = bytes  # those that a byte may have: one if it is known
_HIGH = bytes(range(0x80, 0x100))
_UNASSIGNED = b"\x81\x8d\x8f\x90\x9d"  # in Windows-1252


@dataclass(frozen=True, slots=True)
class Misreading:
    """How the bytes of a text were read: what each character was read from.

    Args:
        charset: what the bytes were taken for.
        eats_pairs: whether a replacement character stands for a pair that means nothing, and not for one byte.
        questions: whether question marks stand for lost bytes too.
    """

    charset: str
    eats_pairs: bool = False
    questions: bool = False

    def units(self, text: str) -> list[tuple[Values, ...]] | None:
        """The bytes of each character; None where a character has none in this charset."""
        known = [self._bytes(char) for char in text]
        units: list[tuple[Values, ...]] = []
        for n, (char, data) in enumerate(zip(text, known, strict=True)):
            if data is None:
                return None
            if char != "\ufffd" and not (char == "?" and self.questions):
                units.append(tuple(bytes((byte,)) for byte in data))
                continue
            following = known[n + 1] if n + 1 < len(text) and text[n + 1] not in "\ufffd" else None
            lost = _lost(self.charset, following[0] if following else None)
            pair = self.eats_pairs and following is not None and following[0] >= 0x80
            units.append((b"?" + lost,) if char == "?" else (lost, _HIGH) if pair else (lost,))
        return units

    def _bytes(self, char: str) -> bytes | None:
        if char == "\ufffd":
            return b""
        if self.charset == "cp1252":
            byte = WINDOWS.get(char, ord(char))
            return bytes((byte,)) if byte < 256 else None
        if char == "€" and self.charset == "gbk":
            return b"\x80"
        try:
            return char.encode("gb18030" if self.charset == "gbk" else self.charset)
        except UnicodeEncodeError:
            return None


MISREADINGS = (
    Misreading("cp1252"),
    Misreading("gbk"),
    Misreading("gbk", eats_pairs=True),
    Misreading("big5hkscs"),
)


@lru_cache(maxsize=1024)
def _lost(charset: str, following: int | None) -> Values:
    """The bytes that a decoder cannot read before this one."""
    if charset == "cp1252":
        return _UNASSIGNED
    if following is None:
        return _HIGH
    return bytes(byte for byte in _HIGH if not _is_pair(charset, bytes((byte, following))))


def _is_pair(charset: str, pair: bytes) -> bool:
    try:
        return len(pair.decode(charset)) == 1
    except UnicodeDecodeError:
        return False


@dataclass(frozen=True, slots=True)
class Target:
    """A charset in which the bytes are read again.

    Args:
        charset: its name.
        script: Hans or Hant where the text is known to be; characters that only the other has are not guessed.
    """

    charset: str
    script: str = ""

    def lengths(self, lead: Values) -> Iterator[tuple[int, Values]]:
        """How long a character may be that begins with one of these bytes, and with which of them."""
        if not lead or lead[0] < 0x80:
            yield 1, bytes(byte for byte in lead if byte < 0x80)
        spans = ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4)) if self.charset == "utf-8" else ((2, 0x81, 0xFE),)
        for length, first, last in spans:
            if some := bytes(byte for byte in lead if first <= byte <= last):
                yield length, some

    @property
    def trail(self) -> Values:
        """The bytes that may follow a first one."""
        return bytes(range(0x80, 0xC0)) if self.charset == "utf-8" else bytes((*range(0x40, 0x7F), *range(0x80, 0xFF)))


TARGETS = (Target("utf-8"), Target("gbk"), Target("big5hkscs"))
