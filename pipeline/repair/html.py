"""Whole HTML pages: the source of a page to the lines of text on it, tag by tag and with exact positions.

One linear walk over the source, so that a page with any number of unclosed tags costs what it is long. What the head
says about the article (title, author, date) is read here too; which lines are the article is said in `article`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from pipeline.repair.ledger import Edit

_BLOCK = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "tbody",
        "thead",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "blockquote",
        "dd",
        "dt",
        "dl",
        "pre",
        "figure",
        "figcaption",
        "header",
        "footer",
        "nav",
        "aside",
        "form",
        "center",
        "body",
        "html",
        "option",
        "select",
        "caption",
        "address",
        "fieldset",
    ]
)
# Their content is no text of the page.
_SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "textarea",
        "button",
        "video",
        "audio",
        "canvas",
    ]
)
# Their content is the site's.
_FURNITURE = frozenset(["nav", "footer", "aside", "figcaption"])  # not form: many pages lie in one as a whole
# What an article lies in as a whole.
_BOXES = frozenset(["div", "section", "article", "main", "td"])
_DEEPEST = 100  # boxes in boxes; what is deeper counts for the last one
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]*)")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'>]{1,500}))""")
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.S)
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"<>]{8,40})"')
_LONGEST_TAG = 5000
_ATTRIBUTES = re.compile(r"""(?:[^<>"']++|(?<=[= ])(?:"[^"]*+"|'[^']*+')|(?<![= ])["'])*+""")
_CELL = re.compile(r"<t[dh]\b", re.I)
_ROW = re.compile(r"<(?:tr|table)\b|</table", re.I)
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_LOOKS = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)


@dataclass(slots=True)
class Box:
    """An element that may hold an article.

    Attributes:
        start, end: span of its content in the source.
        parent: index of the box around it; -1 for none.
        tag: its opening tag as written.
    """

    start: int
    end: int
    parent: int
    tag: str


@dataclass(slots=True)
class Source:
    """An HTML page taken apart.

    Attributes:
        edits: what leaves plain lines when applied to the source; sorted.
        meta: contents of meta elements by lower-case name, and `title`.
        headline: text of the first h1, or None.
        links: spans of the source inside `a`.
        furniture: spans of the source inside nav, footer, aside, figcaption.
        boxes: elements that may hold the article, in the order in which they begin.
    """

    edits: list[Edit] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    headline: str | None = None
    links: list[tuple[int, int]] = field(default_factory=list)
    furniture: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def is_page(text: str) -> bool:
    """Whether a text is the source of a whole HTML page."""
    return bool(_LOOKS.match(text)) and "</" in text


def read_source(source: str) -> Source:
    """Take a page apart.

    Args:
        source: the decoded HTML source.

    Returns:
        Its markup as edits, and what the page says about itself.
    """
    page = Source()
    open_at: dict[str, int] = {}
    open_boxes: list[tuple[str, int]] = []
    h1: list[str] = []
    run_start: int | None = None  # start of a run of markup and white space
    block = False
    copied = 0  # end of the last edit
    ends = _Ends(source.replace("\u0130", "I").lower())  # the one letter that is longer in lower case
    position = 0
    while position < len(source):
        tag = source.find("<", position)
        text_end = tag if tag >= 0 else len(source)
        if text_end > position:
            text = source[position:text_end]
            if text.strip():
                lead = len(text) - len(text.lstrip())
                _close_run(page, source, run_start, position + lead, block, copied)
                if page.edits:
                    copied = page.edits[-1].end
                run_start, block = None, False
                _fold_lines(page, source, position + lead, position + len(text.rstrip()), "pre" in open_at)
                copied = max(copied, page.edits[-1].end if page.edits else 0)
                if "h1" in open_at and page.headline is None:
                    h1.append(text)
                tail = position + len(text.rstrip())
                if tail < text_end:
                    run_start = tail
            elif run_start is None:
                run_start = position
        if tag < 0:
            break
        end, name, closing = _tag_end(source, tag)
        if end == tag:  # no tag after all
            _close_run(page, source, run_start, tag, block, copied)
            copied = page.edits[-1].end if page.edits else 0
            run_start, block = None, False
            position = tag + 1
            continue
        if run_start is None:
            run_start = tag
        block = block or name in _BLOCK or name in _SILENT
        if name in _BOXES:
            _note_box(page, open_boxes, name, closing, tag, source[tag:end])
        if name == "meta":
            _read_meta(page, source[tag:end])
        elif name == "time" and not closing:
            _read_time(page, source[tag:end])
        elif name in _SILENT and not closing:
            stop = ends.find(name, end)
            if name == "head":
                _read_head(page, source, stop, end)
            elif name == "script" and stop >= 0:
                _read_data(page, source[end:stop])
            end = ends.after(name, end)
        elif name == "title" and not closing:
            stop = ends.find("title", end)
            if stop >= 0:
                page.meta.setdefault("title", _plain(source[end:stop]))
                end = ends.after(name, end)
                block = True
        if name == "h1" and closing and h1 and page.headline is None:
            page.headline = _plain("".join(h1)) or None
        if name == "a" or name in _FURNITURE or name in ("h1", "pre"):
            if not closing:
                open_at.setdefault(name, end)
            elif name in open_at:
                start = open_at.pop(name)
                if name == "a":
                    page.links.append((start, tag))
                elif name in _FURNITURE:
                    page.furniture.append((start, tag))
        position = end
    _close_run(page, source, run_start, len(source), True, copied)
    for _, i in open_boxes:
        page.boxes[i].end = len(source)
    return page


def _note_box(page: Source, held: list[tuple[str, int]], name: str, closing: bool, at: int, tag: str) -> None:
    """Open or close a box; one that was left open ends with the box around it."""
    if not closing:
        if len(held) < _DEEPEST:
            page.boxes.append(Box(at + len(tag), -1, held[-1][1] if held else -1, tag))
            held.append((name, len(page.boxes) - 1))
    elif any(name == known for known, _ in held):
        known = ""
        while known != name:
            known, i = held.pop()
            page.boxes[i].end = at


def _close_run(page: Source, source: str, start: int | None, end: int, block: bool, copied: int) -> None:
    """Turn a run of markup and white space into a line break, a space or nothing."""
    if start is None:
        return
    start = max(start, copied)
    bare = _MARKUP.sub("", source[start:end])
    between_han = _HAN.match(source[start - 1 : start]) and _HAN.match(source[end : end + 1])
    if _CELL.search(source, start, end) and not _ROW.search(source, start, end):
        after = "\t"
    elif block:
        after = "\n"
    elif "<" not in source[start:end] and "\n" not in bare:
        return
    elif bare.isspace() or bare.strip():
        after = "" if between_han and "\n" in bare else " "
    else:
        after = ""
    if source[start:end] != after:
        page.edits.append(Edit(start, end, after, "html", "removed"))


def _fold_lines(page: Source, source: str, start: int, end: int, verbatim: bool) -> None:
    """Line breaks inside a paragraph's source are no line breaks of the text."""
    if verbatim:
        return
    for match in re.finditer(r"[^\S\u3000\u00a0]*\n\s*", source[start:end]):
        before, after = source[start + match.start() - 1], source[start + match.end()]
        space = "" if _HAN.match(before) or _HAN.match(after) else " "
        page.edits.append(Edit(start + match.start(), start + match.end(), space, "html", "removed"))


def _tag_end(source: str, at: int) -> tuple[int, str, bool]:
    """Where a tag, comment or declaration ends, its name, and whether it closes; (at, "", False) for none."""
    if source.startswith("<!--", at):
        end = source.find("-->", at + 4)
        return (end + 3 if end >= 0 else len(source)), "!--", False
    if source[at + 1 : at + 2] in ("!", "?"):
        end = source.find(">", at, at + _LONGEST_TAG)
        return (end + 1 if end >= 0 else at), "!", False
    name = _NAME.match(source, at)
    if not name:
        return at, "", False
    last = name.end() + _LONGEST_TAG
    end = _ATTRIBUTES.match(source, name.end(), last).end()  # type: ignore[union-attr]
    if source[end : end + 1] == "<":
        return at, "", False  # `a<b <p>`: the first one is a sign
    if end >= last or source[end : end + 1] != ">":  # a quotation that does not end
        end = source.find(">", name.end(), last)
    return (end + 1 if end >= 0 else at), name[1].lower(), source[at + 1] == "/"


class _Ends:
    """Where elements end in a page's source in lower case; what is not found once is not looked for again."""

    def __init__(self, lower: str) -> None:
        self._lower = lower
        self._absent: set[str] = set()

    def find(self, name: str, position: int) -> int:
        """Where the next end tag of a name begins at or after a position; -1 where there is none. Positions only grow."""
        stop = -1 if name in self._absent else self._lower.find(f"</{name}", position)
        if stop < 0:
            self._absent.add(name)
        return stop

    def after(self, name: str, position: int) -> int:
        """Where an element whose content does not count ends."""
        length = len(self._lower)
        stop = self.find(name, position)
        if stop < 0:
            # An unclosed head or select: only its tag goes; the text behind it may be the article.
            return length if name in ("script", "style") else position
        end = self._lower.find(">", stop)
        return end + 1 if end >= 0 else length


def _read_time(page: Source, tag: str) -> None:
    """The day in a time element."""
    said = next((m[2] or m[3] or m[4] for m in _ATTRIBUTE.finditer(tag) if m[1].lower() == "datetime"), None)
    if said:
        page.meta.setdefault("datepublished", said.strip())


def _read_data(page: Source, script: str) -> None:
    """The day in structured data (schema.org's datePublished)."""
    said = _PUBLISHED.search(script)
    if said:
        page.meta.setdefault("datepublished", said[1])


def _read_head(page: Source, source: str, stop: int, end: int) -> None:
    if stop < 0:
        return
    for match in re.finditer(r"<meta\b[^<>]{0,2000}>", source[end:stop], re.I):
        _read_meta(page, match[0])
    _read_data(page, source[end:stop])
    title = re.search(r"<title[^>]{0,200}>([^<]{0,500})", source[end:stop], re.I)
    if title:
        page.meta.setdefault("title", _plain(title[1]))


def _read_meta(page: Source, tag: str) -> None:
    attributes = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)}
    name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
    if name and attributes.get("content"):
        page.meta.setdefault(name.lower(), attributes["content"].strip())


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^<>]*>", "", text))).strip()
