"""Misaligned GBK: a mirror handles punctuation on bytes without minding where characters begin.

An invisible mark goes before every byte match of `。`, then of `！？，`, also where the match straddles two
characters; from there on each character is read one byte late, until the next mark. The text must be
encodable in GBK.
"""

from __future__ import annotations

import re

from scripts.samples.chinese import fold_width

MARK = b"\x01"
_FULL_STOP = re.compile(b"(?=\xa1\xa3)")
_OTHERS = re.compile(b"(?=\xa3[\xa1\xbf\xac])")
# Some mirrors leave a full stop before a closing quote as it is, others do not.
_BUT_QUOTES = re.compile(b"(?=\xa3[\xa1\xbf\xac])(?<!\xa1(?=\xa3\xa1\xb1))")


def with_replacement(text: str) -> str:
    """Damage a page the way that leaves `?` for each lone byte, and eats an ASCII character after it."""
    return fold_width(_decode(_marked(text, _BUT_QUOTES), lone="?", eats=True))


def with_loss(text: str) -> str:
    """Damage a page the way that leaves nothing for a lone byte."""
    return fold_width(_decode(_marked(text, _BUT_QUOTES), lone="", eats=False))


def with_quotes(text: str) -> str:
    """Damage a page the way that spares no closing quotes and keeps full-width punctuation; a lone byte leaves `?`."""
    return _decode(_marked(text, _OTHERS), lone="?", eats=True)


def _marked(text: str, others: re.Pattern[bytes]) -> bytes:
    return others.sub(MARK, _FULL_STOP.sub(MARK, text.encode("gbk")))


def _decode(raw: bytes, lone: str, eats: bool) -> str:
    """Read as cp936: 0x80 is the euro sign, pairs of the private-use areas vanish."""
    out, at = [], 0
    while at < len(raw):
        lead = raw[at]
        if lead < 0x80:
            out.append("" if lead == MARK[0] else chr(lead))
            at += 1
        elif lead == 0x80:
            out.append("€")
            at += 1
        elif at + 1 == len(raw) or raw[at + 1] < 0x40 or raw[at + 1] in (0x7F, 0xFF):
            out.append(lone)
            at += 2 if eats or raw[at + 1 : at + 2] == MARK else 1
        else:
            out.append(raw[at : at + 2].decode("gbk", "ignore") if _assigned(raw[at : at + 2]) else "")
            at += 2
    return "".join(out)


def _assigned(pair: bytes) -> bool:
    try:
        pair.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True
