"""Markdown that crawlers put in place of the page's markup: links, pictures, headings, emphasis, lists, rules.

Only a text that has links or pictures of Markdown is taken for such a page; stars that mask a name or an identity number, `#` of
a topic and lists with stars stay in any other. HTML residue belongs in `markup`.
"""

from __future__ import annotations

import re

from pipeline.repair.ledger import Edit

_TARGET = (
    r"\((?:https?://|//|/|\./|\.\./|#|javascript:|mailto:|tel:|[\w.%-]{1,60}\.s?html?)[^()\s]{0,500}"
    r"(?:\([^()\s]{0,100}\)[^()\s]{0,200})?(?:\s+[\"“][^\"”\n]{0,200}[\"”])?[ ]?\)"
)
_PICTURE = re.compile(rf"!\[[^\[\]\n]{{0,200}}\](?:{_TARGET}|\(\s*\))")
_LINK = re.compile(rf"(?<!!)\[(?P<label>[^\[\]\n]{{0,200}})\](?:{_TARGET})")
_HEADING = re.compile(r"^[ \t\u3000]{0,3}#{1,6}[ \t]+(?=\S)|(?<![ \t])[ \t]{1,20}#{1,6}[ \t]{0,20}$", re.M)
_STRONG = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<inner>[^*_\n]{1,400}?)(?<=\S)(?P=mark)")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])(?P<inner>[^*\n]{1,400}?)(?<=[^\s*])\*(?![*\w])")
_BULLET = re.compile(r"^[ \t]{0,8}[*+-][ \t]+(?=\S)", re.M)
_RULE = re.compile(r"^[ \t]{0,3}(?:(?:\*[ \t]?){3,}|(?:-[ \t]?){3,}|(?:_[ \t]?){3,})[ \t]*$", re.M)
_ABOUT = re.compile(r"```|\bMarkdown\b", re.I)  # code, and text that speaks about it
_ESCAPE = re.compile(r"\\(?=[*_#\[\]()!.+>|~`-])")
_QUOTE = re.compile(r"^[ \t]{0,3}>[ \t]+(?=\S)", re.M)


def suspicious(text: str) -> bool:
    """Whether a link or picture of Markdown may be there; cheap."""
    return "](" in text


def find(text: str) -> list[Edit]:
    """Propose to take the marks of Markdown away; the words of links, headings and emphasis stay.

    Args:
        text: any text.

    Returns:
        Edits of class `html`, removed; they may overlap where marks are nested, and the first is to be taken.
    """
    if not suspicious(text) or _ABOUT.search(text) or not (_PICTURE.search(text) or _LINK.search(text)):
        return []
    edits: list[Edit] = []
    for pattern in (_PICTURE, _RULE, _HEADING, _BULLET, _QUOTE, _ESCAPE):
        edits += [_removed(*match.span()) for match in pattern.finditer(text)]
    for match in _LINK.finditer(text):
        edits += [_removed(match.start(), match.start("label")), _removed(match.end("label"), match.end())]
    for pattern in (_STRONG, _EMPHASIS):
        for match in pattern.finditer(text):
            edits += [_removed(match.start(), match.start("inner")), _removed(match.end("inner"), match.end())]
    return sorted((edit for edit in edits if edit.end > edit.start), key=lambda edit: (edit.start, -edit.end))


def _removed(start: int, end: int) -> Edit:
    return Edit(start, end, "", "html", "removed")
