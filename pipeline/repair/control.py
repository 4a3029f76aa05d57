"""Characters that carry no text: controls, zero-width and bidirectional marks, soft hyphens, byte-order marks inside a text.

White space is layout and belongs to the page; U+FFFD and other traces of wrong decoding belong to the codec pass.
"""

from __future__ import annotations

import re

from pipeline.repair.ledger import Edit
from pipeline.repair.signatures import SIGNATURES

# Never text: nothing is ever lost with them.
_ALWAYS = SIGNATURES["control"].pattern
# Of use in other scripts and in emoji: joiners shape Persian and Hindi and make a family of three people, soft hyphens
# part German words, variation selectors colour a sign, bidirectional marks order Arabic. In Chinese all are foreign.
_ELSEWHERE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200c-\u200f\u202a-\u202e\u2066-\u206f\u3164\ufe00-\ufe0f\uffa0"
_ANY = f"[{_ALWAYS[1:-1]}{_ELSEWHERE}]"
_RUN = re.compile(f"{_ANY}+")
_SUSPICIOUS = re.compile(_ANY)
# What stands on both sides of a mark that means nothing there: Chinese characters and punctuation, figures, ASCII.
_CHINESE = re.compile(
    "[\u2010-\u2026\u2190-\u2193\u2460-\u24ff\u3000-\u303f\u3105-\u312f\u31a0-\u31bf"
    "\u3400-\u9fff\uf900-\ufaff\uff01-\uff65\uffe0-\uffee]"
)
_PLAIN = re.compile("[\\s!-~\u00a0\u00b7\u00d7]")
_HAN = re.compile("[\u3400-\u9fff]")


def suspicious(text: str) -> bool:
    """Whether the text holds such a character."""
    return bool(_SUSPICIOUS.search(text))


def find(text: str) -> list[Edit]:
    """Propose to remove such characters; those that other scripts and emoji use only from Chinese text.

    Args:
        text: any text.

    Returns:
        One edit a run, sorted.
    """
    edits = []
    for match in _RUN.finditer(text):
        kept = match[0] if _at_home(text, match.start(), match.end()) else ""
        kept = re.sub(_ALWAYS, "", kept)
        if kept != match[0]:
            edits.append(Edit(match.start(), match.end(), kept, "control", "removed"))
    return edits


def _at_home(text: str, start: int, end: int) -> bool:
    """Whether the marks of a run may be of use where they stand: beside anything that is neither Chinese nor plain ASCII."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    chinese = [bool(side) and bool(_CHINESE.match(side)) for side in (before, after)]
    plain = [not side or bool(_PLAIN.match(side)) for side in (before, after)]
    if chinese[0] or chinese[1]:
        return not all(c or p for c, p in zip(chinese, plain, strict=True))
    # Between figures or letters the line says whether the text is Chinese: `20\u200d23年`.
    near = text[max(0, start - 100) : start].rsplit("\n", 1)[-1] + text[end : end + 100].split("\n", 1)[0]
    return not (all(plain) and _HAN.search(near))
