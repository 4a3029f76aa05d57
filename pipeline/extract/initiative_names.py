"""The campaigns and mechanisms that a text names by the form of their names, quoted or not.

Known names, and what is one thing under several names in a document, belong in `pipeline.extract.initiatives`.
"""

from __future__ import annotations

from pipeline.extract.initiative_quoted import quoted
from pipeline.extract.initiative_unquoted import one_each, parallels, plain, rhythms
from pipeline.extract.initiative_words import Name


def names(text: str, is_heading: bool = False) -> list[Name]:
    """The campaigns and mechanisms that a text names by the form of their names.

    Args:
        text: a text, or a heading.
        is_heading: whether it is a heading, where a quoted numeral is a name without a verb before it.
    """
    found = quoted(text, is_heading)
    found += rhythms(text)
    found += [n for n in one_each(text) if not any(n.start < f.end and f.start < n.end for f in found)]
    found += parallels(text, found)
    taken = [(n.start - 1, n.end + 1) for n in found]
    return found + [n for n in plain(text) if not any(n.start < b and a < n.end for a, b in taken)]
