"""Searching a text for a pattern only where it can begin.

`re` skips to the first character of a pattern that begins with a character or a set of them. One that begins with an
assertion or a choice is tried at every place of the text, which costs more than what it finds. Such a pattern is given
its leads: another one, which begins with a set, for the places where it may start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER_LEADS = re.compile(r"[0-9](?<![0-9.][0-9])")  # the first digit of each number


def finditer(pattern: re.Pattern[str], leads: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches that `pattern.finditer(text)` gives.

    Args:
        pattern: what is searched for; it matches no empty text.
        leads: what matches wherever `pattern` can start, one character long.
        text: the text.
    """
    end = 0
    match = pattern.match
    for lead in leads.finditer(text):
        start = lead.start()
        if start >= end and (found := match(text, start)):
            end = found.end()
            yield found
