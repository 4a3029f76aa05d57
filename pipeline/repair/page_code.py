"""Code of a page in its plain text: style sheets, scripts, comments, BBCode, escaped characters.

Editors of content systems and word processors leave it behind when a page is made text. A text that is code, or speaks about it,
stays as it is. Tags and entities belong in `markup`, Markdown in `markdown`.
"""

from __future__ import annotations

import re

from pipeline.repair.ledger import Edit

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PROSE = re.compile(r"[\u4e00-\u9fff]{4}[^\n。！？；]{2,80}[。！？；]")
_ABOUT = re.compile(
    r"```|\b(?:HTML5?|CSS3?|JavaScript|jQuery|BBCode|JSON|Python|Java|PHP|SQL|Vue|React)\b(?![\w.-]{0,20}\{)|代码|源码|编程|程序员|转义|样式表"
    r"|^[ \t]*(?:def |class |import |from \w+ import|SELECT |print\(|#include|public |private |package |//[ \t]*[\u4e00-\u9fff])",
    re.M,
)
_LONGEST_COMMENT = 4000  # characters; one that is not closed is no comment
_CONDITION = re.compile(r"<!--\[if[^\]\n]{0,80}\]>|<!\[(?:end)?if[^\]\n]{0,80}\](?:--)?>")
_PROPERTY = (
    r"(?:margin|padding|font|line-height|color|text|width|height|min|max|border|background|display|float|clear|position|overflow"
    r"|list-style|letter-spacing|word|white-space|vertical-align|cursor|zoom|visibility|mso|page|panose|layout|size|filter|top|left"
    r"|right|bottom|z-index|opacity|box|table|tab|punctuation|unicode)(?:-[a-z-]{1,40})?"
)
_BLOCK = rf"\{{\s{{0,20}}(?:{_PROPERTY}\s{{0,3}}:[^;{{}}\n]{{0,200}}[;\s]{{0,10}}){{1,60}}\}}"
_SELECTOR = r"[.#@*A-Za-z][\w.#,:>*\s\[\]=\"-]{0,200}?"
_STYLE = re.compile(rf"(?:/\*(?:(?!\*/)[\s\S]){{0,300}}\*/\s{{0,5}})?(?<![\w.#]){_SELECTOR}\s{{0,5}}{_BLOCK}")
_OFFICE = re.compile(
    r"^[ \t]*(?:Normal 0 [^\n\u4e00-\u9fff]{0,20}(?:磅)?[^\n\u4e00-\u9fff]{0,120}|/\* Style Definitions \*/[ \t]*|X-NONE[ \t]*)$",
    re.M,
)
_SCRIPT = re.compile(
    r"^[ \t]*(?:(?:var|let|const)\s+[\w$]+\s*=|function\s*\w*\s*\(|\(function\s*\(|\$\(|jQuery|window[.\[]|document\.|_hmt\b"
    r"|with\s*\(document|if\s*\(|else\b|for\s*\(|try\s*\{|\}|//\s*<!\[CDATA|//\s*\]\]>|[\w$.]{2,40}\s*\([^\u4e00-\u9fff\n]{0,200}\);)"
    r"[^\n]*$",
    re.M,
)
_SIGN_OF_CODE = re.compile(r"[{}();=\[\]]")
_QUOTED = re.compile(r"\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|//[^\n]{0,200}$")
_BB_NAMES = "b|i|u|s|size|color|font|align|url|quote|table|tr|td|list|p|center|backcolor|float|email|indent|strike|hr|h[1-6]"
_BB_MEDIA = re.compile(r"\[(img|attach|attachimg|media|flash|audio|video)(?:=[^\[\]\n]{1,60})?\][^\[\]\n]{0,300}\[/\1\]", re.I)
_BB = re.compile(rf"\[/?(?:{_BB_NAMES})(?:=[^\[\]\n]{{1,200}})?\]", re.I)
_BB_CLOSE = re.compile(rf"\[/(?:{_BB_NAMES}|img|attach)\]", re.I)
_ESCAPED = re.compile(r"\\u(?P<point>[0-9a-fA-F]{4})|(?P<line>(?:\\r)?\\n)|(?P<tab>\\t)|\\(?P<mark>[\"/])")
_BESIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”…—\\]")


def suspicious(text: str) -> bool:
    """Whether any of it may be there; cheap."""
    return any(mark in text for mark in ("{", "<!", "[/", "\\u", "\\n", "function(", "X-NONE", "document."))


def find(text: str) -> list[Edit]:
    """Propose to remove code of the page from a text of Chinese prose.

    Args:
        text: any text.

    Returns:
        Edits of class `html`: escaped characters are `restored`, the rest is `removed`. None in a text without Chinese prose and
        in one that speaks about code. Takes time in proportion to the text.
    """
    if not suspicious(text) or not _PROSE.search(text) or _ABOUT.search(text):
        return []
    edits = [_removed(*match.span()) for pattern in (_CONDITION, _OFFICE) for match in pattern.finditer(text)]
    edits += _comments(text)
    if "{" in text:
        edits += [_removed(*match.span()) for match in _STYLE.finditer(text)]
    edits += [_removed(*match.span()) for match in _SCRIPT.finditer(text) if _is_script(match[0])]
    if _BB_CLOSE.search(text):
        edits += [_removed(*match.span()) for pattern in (_BB_MEDIA, _BB) for match in pattern.finditer(text)]
    return sorted(edits + _escapes(text), key=lambda edit: (edit.start, -edit.end))


def _comments(text: str) -> list[Edit]:
    edits = []
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4, at + _LONGEST_COMMENT)
        if end >= 0:
            edits.append(_removed(at, end + 3))
        at = text.find("<!--", end + 3 if end >= 0 else at + 4)
    return edits


def _is_script(line: str) -> bool:
    return len(_SIGN_OF_CODE.findall(line)) >= 2 and not _HAN.search(_QUOTED.sub("", line))


def _escapes(text: str) -> list[Edit]:
    """Characters that were written for a program, beside Chinese; at least two."""
    edits = []
    for match in _ESCAPED.finditer(text) if "\\" in text else ():
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not match["point"] and not _BESIDE.search(beside):
            continue
        point = int(match["point"], 16) if match["point"] else 0
        if 0xD800 <= point <= 0xDFFF or (match["point"] and point < 0x20):
            continue
        after = chr(point) if match["point"] else "\n" if match["line"] else " " if match["tab"] else match["mark"]
        edits.append(Edit(match.start(), match.end(), after, "html", "restored"))
    return edits if len(edits) >= 2 else []


def _removed(start: int, end: int) -> Edit:
    return Edit(start, end, "", "html", "removed")
