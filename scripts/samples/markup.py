"""What is left of a page's markup and layout: entities, tags, indentation, wrapped lines, invisible characters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

# One opening and one closing form after the other, so that every kind of residue occurs.
_QUOTES = {
    "“": ("&ldquo;", "ldquo;", "&amp;ldquo;", "&#8220;", "&#x201C;", "&ldquo", "“"),
    "”": ("&rdquo;", "rdquo;", "&amp;rdquo;", "&#8221;", "&#x201D;", "&rdquo", "”"),
    "—": ("&mdash;", "mdash;", "&#8212;"),
}
_LEADS = ("&nbsp;&nbsp;&nbsp;&nbsp;", "<p>", "????", '<p style="text-indent:2em">', "&#12288;&#12288;")
_ENDS = ("<br />", "</p>", "", "</p>", "<BR>&nbsp;")
_WIDTH = 38


def residue(text: str) -> str:
    """Leave entities whole, halved, escaped twice, numeric and unclosed; tags and `???` for indentation."""
    for char, forms in _QUOTES.items():
        text = re.sub(char, _cycle(forms), text)
    leads, ends = itertools.cycle(_LEADS), itertools.cycle(_ENDS)
    return "\n".join(f"{next(leads)}{line}{next(ends)}" if _is_prose(line) else line for line in text.split("\n"))


def nbsp_indent(text: str) -> str:
    """Indent paragraphs with no-break spaces."""
    return "\n".join("\u00a0" * 4 + line if _is_prose(line) else line for line in text.split("\n"))


def indent(text: str) -> str:
    """Indent paragraphs with ideographic spaces."""
    return "\n".join("\u3000\u3000" + line if _is_prose(line) else line for line in text.split("\n"))


def double_commas(text: str) -> str:
    """Double every seventh comma."""
    return re.sub("，", _cycle(("，",) * 6 + ("，，",)), text)


def hard_wrap(text: str) -> str:
    """Break paragraphs into lines of equal length, with an empty line between paragraphs."""
    wrapped = []
    for line in text.split("\n"):
        pieces = [line[i : i + _WIDTH] for i in range(0, len(line), _WIDTH)] if _is_prose(line) else [line]
        wrapped.append("\r\n".join(pieces))
    return "\r\n\r\n".join(wrapped)


def zero_width(text: str) -> str:
    """Sprinkle zero-width spaces, joiners, byte order marks, soft hyphens and control characters."""
    marks: Iterator[str] = itertools.cycle("\u200b\u200d\ufeff\u00ad\u2060\x08\x7f")
    return re.sub("([的了年县][^\n])", lambda match: match[1][0] + next(marks) + match[1][1:], text)


def _is_prose(line: str) -> bool:
    return len(line) > _WIDTH


def _cycle(forms: tuple[str, ...]) -> Callable[[re.Match[str]], str]:
    turn = itertools.cycle(forms)
    return lambda _: next(turn)
