"""The byte story of a change: which bytes were read as what we see, and what they were meant to be.

Only told of what a charset did (`misaligned_gbk`, `codec`), and worked out from before and after alone. How such
damage is found and mended belongs in `pipeline.repair`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from pipeline.repair.ledger import Repair

TOLD = ("misaligned_gbk", "codec")
_CHARSETS = ("utf-8", "gb18030", "big5", "cp1252")
_SCRIPTS = ("s2t", "s2tw", "s2hk")  # the text was Traditional when its bytes were misread
_TELLING = 0.5  # share of the bytes that both readings must have in common for the story to be one
_LONGEST = 60  # characters of a stretch that are compared; the rest of a page repeats the story


@dataclass(frozen=True, slots=True)
class Story:
    """One stretch of bytes, read in two ways.

    Args:
        seen, meant: the two readings.
        seen_as, meant_as: their charsets.
        seen_bytes, meant_bytes: pairs of a byte and whether the other reading has it too.
    """

    seen: str
    meant: str
    seen_as: str
    meant_as: str
    seen_bytes: tuple[tuple[int, bool], ...]
    meant_bytes: tuple[tuple[int, bool], ...]

    @property
    def shared(self) -> float:
        """Share of the meant bytes that are still there."""
        return sum(kept for _, kept in self.meant_bytes) / max(len(self.meant_bytes), 1)

    @property
    def told(self) -> float:
        """Share of the bytes that are there which were meant."""
        return sum(kept for _, kept in self.seen_bytes) / max(len(self.seen_bytes), 1)


def stories(ledger: Sequence[Repair]) -> Iterator[tuple[Repair, Story]]:
    """The story of each damaged stretch, with the row it begins at.

    Rows that touch each other are one stretch. A stretch whose bytes tell nothing, such as one that is
    beyond repair, has no story.
    """
    stretch: list[Repair] = []
    for row in (*ledger, None):
        if stretch and (row is None or row.damage != stretch[0].damage or row.raw_start != stretch[-1].raw_end):
            if told := story(stretch[0].damage, "".join(r.before for r in stretch), "".join(r.after for r in stretch)):
                yield stretch[0], told
            stretch = []
        if row is not None and row.damage in TOLD:
            stretch.append(row)


def story(damage: str, before: str, after: str) -> Story | None:
    """How the bytes of `after` could be read as `before`; None where no pair of charsets tells it."""
    if before == after:
        return None
    if damage == "misaligned_gbk":
        pairs = [("gb18030", "gb18030")]
    else:
        pairs = [(seen, meant) for seen in _CHARSETS for meant in _CHARSETS if seen != meant]
    seen_text, found = before[:_LONGEST], []
    cut = len(before) > _LONGEST
    for seen_as, meant_as in pairs:
        seen = _bytes(seen_text, seen_as)
        for meant_text in _written(after):
            # As many characters of what was meant as give about the bytes that are seen.
            meant = _bytes(meant_text, meant_as)[: len(seen) + 8 if cut else None]
            if seen and meant:
                found.append(_compare(seen_text, meant_text, seen_as, meant_as, seen, meant, cut))
    best = max(found, key=lambda told: told.shared * told.told, default=None)
    return best if best is not None and best.shared >= _TELLING else None


def hex_of(told: Sequence[tuple[int, bool]]) -> str:
    """Bytes as hex in rich's markup: those that both readings have stand out from those that were lost or added."""
    return " ".join(f"[green]{byte:02X}[/]" if kept else f"[red]{byte:02X}[/]" for byte, kept in told)


def _compare(seen: str, meant: str, seen_as: str, meant_as: str, seen_bytes: bytes, meant_bytes: bytes, cut: bool) -> Story:
    in_seen, in_meant = set[int](), set[int]()
    blocks = [
        block for block in SequenceMatcher(None, seen_bytes, meant_bytes, autojunk=False).get_matching_blocks() if block.size
    ]
    if cut and blocks:  # what was meant ends where what is seen ends; the rest of it was not looked at
        meant_bytes = meant_bytes[: blocks[-1].b + blocks[-1].size]
        meant = meant_bytes.decode(meant_as, "ignore")
    for block in blocks:
        in_seen.update(range(block.a, block.a + block.size))
        in_meant.update(range(block.b, block.b + block.size))
    return Story(
        seen,
        meant[: len(seen) * 2],
        seen_as,
        meant_as,
        tuple((byte, n in in_seen) for n, byte in enumerate(seen_bytes)),
        tuple((byte, n in in_meant) for n, byte in enumerate(meant_bytes)),
    )


def _bytes(text: str, charset: str) -> bytes:
    """The bytes of a text; none where the charset has no such character.

    What stands for lost bytes gives none. As browsers do it, GBK reads 0x80 as a euro sign and Windows-1252 reads
    the bytes that it does not assign as control characters.
    """
    known = []
    for character in text.replace("\ufffd", ""):
        try:
            known.append(b"\x80" if charset == "gb18030" and character == "€" else character.encode(charset))
        except UnicodeEncodeError:
            if charset != "cp1252" or ord(character) > 0xFF:
                return b""
            known.append(character.encode("latin-1"))
    return b"".join(known)


def _written(text: str) -> Iterator[str]:
    """A text in Simplified and in the ways to write it in Traditional."""
    yield text
    for script in _SCRIPTS:
        yield _converter(script).convert(text)


@cache
def _converter(script: str) -> Any:
    import opencc

    return opencc.OpenCC(script)
