"""Texts that a thesaurus has reworded so as to pass for new: each swapped word is marked, none is put back.

Such programs know no fixed phrases: 脱贫攻坚 becomes 脱贫攻关, 会议强调 becomes 集会夸大. One of these may be a slip or an
older usage; many different ones close together are none. They alter figures as well, so what such a text counts
is not to be believed: extraction goes by the rows that stand here, known by their suggestion.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import Words, any_of, rows
from pipeline.repair.ledger import Edit

DISTINCT = 5  # phrases that must have been swapped, each counted once
DENSITY = 1 / 250  # swapped words a code point, at least


@cache
def phrases() -> dict[str, str]:
    """What stands in reworded texts, and the fixed phrase that stood there."""
    return {row[0]: row[1] for row in rows("injected", "spun.tsv")}


@cache
def _matcher() -> Words:
    return Words(phrases())


def suspicious(text: str) -> bool:
    """Whether the text holds enough different words of the kind."""
    return _many(_matcher().present(text))


def _many(present: set[str]) -> bool:
    return len({phrases()[word] for word in present}) >= DISTINCT


def find(text: str) -> list[Edit]:
    """Mark the swapped words of a reworded text.

    Args:
        text: any text.

    Returns:
        An unresolved edit a word, with the phrase that must have stood there as suggestion; none for texts that hold few.
    """
    present = _matcher().present(text)
    if not _many(present):
        return []
    found = list(re.finditer(any_of(present), text))
    if len(found) < DENSITY * len(text):
        return []
    return [Edit(m.start(), m.end(), m[0], "injected", "unresolved", 0.5, phrases()[m[0]]) for m in found]
