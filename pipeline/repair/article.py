"""Which of the lines of a page are its article: main content extraction.

Lines are judged by what they are (`furniture`, `bylines`) and where they stand: before the first paragraph, among the
paragraphs, behind the last. Little is taken out among paragraphs, where a short line is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.repair import boxes, bylines, credits, furniture, html
from pipeline.repair.bylines import Info
from pipeline.repair.headline import pick_title
from pipeline.repair.metadata import day_in
from pipeline.repair.page_lines import Findings, Line, hear, note_path, note_site

# The article has ended where an editor is named, once this share of its running text has passed.
_MOST = 0.6
_LEAST = 0.3  # and where a heading says that other articles follow
_TITLE = 12  # characters of a line that may be a title, and no word of a menu
_MENU = 6  # words in a row that make a menu
_DAY_LINE = re.compile(
    r"[(（]?(?:(?:19|20)\d\d|[二一][〇○零O0九一二三四五六七八]{3})年"
    r"[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日[)）]?"
)


def judge(lines: list[Line], source: html.Source) -> Findings:
    """Decide of each line whether it is body, and gather what the others say."""
    found = Findings()
    said = _read(lines)
    running = [
        i
        for i, line in enumerate(lines)
        if furniture.is_prose(line.text)
        and not said[id(line)]
        and not furniture.is_strong(line.text)
        and not furniture.is_crumbs(line.text)
        and not furniture.is_menu(line.text)
        and not line.site
        and not line.linked
    ]
    last = running[-1] if running else -1  # the last paragraph may be credited like a caption
    captions = {
        i
        for i, line in enumerate(lines)
        if (not said[id(line)] and (furniture.is_caption(line.text) and (i != last or furniture.says_picture(line.text))))
        or (i > 0 and furniture.is_under_picture(line.text, lines[i - 1].text))
    }
    prose = [i for i in running if i not in captions]
    if not prose:  # a photo and its caption may be all there is
        prose, captions = running, set()
    for i in captions:
        lines[i].body = False
    if not prose:
        for line in lines:
            _judge_loose(line, said[id(line)], found)
        return found
    if source.boxes:
        prose, behind = boxes.in_article(
            source.boxes,
            [line.box for line in lines],
            {i: len(lines[i].text) for i in prose},
            lambda i: _of_the_site(lines[i], said[id(lines[i])]),
        )
        for i in behind:
            lines[i].outside = True
    first = prose[0]
    end = _article_end(lines, prose, said)
    _judge_head(lines[:first], said, source, found)
    for line in lines[first:end]:
        info = said[id(line)]
        if (
            line.site
            or (furniture.is_strong(line.text) and len(line.text) <= 60)
            or (info and info.kinds & {"author", "editor"} and not info.kinds & {"section"})
        ):
            line.body = False
            hear(found, info)
    signed = credits.signature(lines[end - 1].text)
    closed = end <= prose[-1] and any(line.linked for line in lines[end : end + 2])
    closed = closed or (signed is not None and signed[0] > 0 and bool(signed[1].people))  # nothing follows who wrote it
    for line in lines[end:]:
        closed = closed or line.outside
        closed = _judge_tail(line, said[id(line)], found, closed)
    _judge_ends([line for line in lines if line.body], found)
    return found


def _read(lines: Sequence[Line]) -> dict[int, Info | None]:
    """What each line says as a byline; a label that stands alone is read with its value in the next line."""
    said = {id(line): bylines.read_line(line.text) for line in lines}
    for label, value in pairwise(lines):
        if said[id(label)] and bylines.counts_next(label.text, value.text):
            said[id(value)] = Info(kinds={"button"})
        if bylines.is_bare_label(label.text) and bylines.fits_label(label.text, value.text):
            said[id(label)] = bylines.read_line(label.text + value.text)
            said[id(value)] = Info(kinds={"button"})
    return said


def _upright_crumbs(head: Sequence[Line]) -> tuple[int, int]:
    """First line of the path to the page, and the line behind it, where each step stands in a line of its own."""
    for start in range(len(head) - 2):
        end = start + 1
        while end + 1 < len(head) and furniture.is_angle(head[end].text) and len(head[end + 1].text) <= 12:
            end += 2
        if end - start >= 3:
            return start, end
    return 0, 0


def _menu_end(head: Sequence[Line], said: dict[int, Info | None]) -> int:
    """The line behind the last menu above the article whose words stand in lines of their own; 0 where there is none."""
    end = run = 0
    for i, line in enumerate(head):
        if len(line.text) >= _TITLE and not said[id(line)] and not furniture.is_of_the_site(line.text):
            return end  # below a title stand names and parts, not menus
        run = run + 1 if furniture.is_menu_word(line.text) else 0
        # Behind it there must be something left to be the title.
        if run >= _MENU and any(len(other.text) > furniture.MENU_WORD for other in head[i + 1 :]):
            end = i + 1
    return end


def _of_the_site(line: Line, info: Info | None) -> bool:
    return bool(line.site or line.linked or info or furniture.is_strong(line.text) or furniture.is_buttons(line.text))


def _article_end(lines: Sequence[Line], prose: Sequence[int], said: dict[int, Info | None]) -> int:
    """The index behind the last paragraph: the last running text, or where the page says that the article is over."""
    total = sum(len(lines[i].text) for i in prose)
    passed = 0
    running = set(prose)
    for i in range(prose[0], prose[-1] + 1):
        if i in running:
            passed += len(lines[i].text)
            continue
        info = said[id(lines[i])]
        linked = lines[i].linked and lines[i + 1].linked  # one linked line may be a heading, two are a list
        strong = furniture.is_strong(lines[i].text) and not furniture.is_picture(lines[i].text)
        over = (info and info.kinds & {"editor", "drop"}) or strong or linked
        if over and passed >= (_LEAST if furniture.heads_others(lines[i].text) else _MOST) * total:
            while furniture.is_buttons(lines[i - 1].text):  # the heading of a list of links
                i -= 1
            return i
    return prose[-1] + 1


def _judge_loose(line: Line, info: Info | None, found: Findings) -> None:
    """A page without running text: only what is furniture beyond doubt goes."""
    if line.site or furniture.is_strong(line.text) or furniture.is_crumbs(line.text):
        line.body = False
        hear(found, info)


def _judge_head(head: Sequence[Line], said: dict[int, Info | None], source: html.Source, found: Findings) -> None:
    open_lines: list[Line] = []
    start, behind = _upright_crumbs(head)
    if behind:
        found.info.section = bylines.crumbs(">".join(line.text for line in head[start:behind:2]))
        for line in head[:behind]:
            line.body = False
            note_site(line, found)
    menu = _menu_end(head, said)
    for line in head[behind:menu]:
        line.body = False
        note_site(line, found)
        hear(found, said[id(line)])
        if furniture.is_crumbs(line.text):
            note_path(line.text, found)
            found.info.section = bylines.crumbs(line.text) or found.info.section
    for line in head[max(behind, menu) :]:
        text = line.text
        info = said[id(line)]
        if furniture.is_crumbs(text):
            note_path(text, found)
            found.info.section = bylines.crumbs(text) or found.info.section
            for earlier in open_lines:  # what stands above the path is the site's
                earlier.body = False
                note_site(earlier, found)
            open_lines = []
            line.body = False
        elif (
            info
            or not line.body
            or line.site
            or furniture.is_strong(text)
            or furniture.is_buttons(text)
            or furniture.is_menu(text)
            or furniture.is_sign(text)
        ):
            line.body = False
            note_site(line, found)
            hear(found, info)
        else:
            open_lines.append(line)
    pick_title(open_lines, source, found)


def _judge_tail(line: Line, info: Info | None, found: Findings, closed: bool) -> bool:
    """Judge one line behind the last paragraph; whether the article is over for good."""
    text = line.text
    if not line.body:  # a caption
        return closed
    if (
        info
        or line.site
        or line.linked
        or furniture.is_strong(text)
        or furniture.is_buttons(text)
        or furniture.is_sign(text)
        or furniture.is_crumbs(text)
    ):
        line.body = False
        if not line.linked:  # else it speaks of another article
            hear(found, info)
        ends = bool(info and info.kinds & {"editor", "drop", "publisher"}) or furniture.is_strong(text)
        return closed or ends or furniture.is_buttons(text)
    if closed or (furniture.is_menu(text) and text.count("|") + text.count("｜") >= 2):
        line.body = False
        return closed
    signature = credits.signature(text)
    if signature and signature[0] == 0:
        line.body = False
        hear(found, signature[1])
    return closed


def _judge_ends(body: Sequence[Line], found: Findings) -> None:
    """Signatures inside the last paragraphs, an organ and day at the end, and how the first paragraph opens."""
    if not body:
        return
    first = next((line for line in body[:3] if furniture.is_prose(line.text)), body[0])
    info, day, byline = credits.lead(first.text)
    if byline < len(first.text.rstrip()):
        byline += len(first.text[byline:]) - len(first.text[byline:].lstrip(" \u3000，,：:"))
        first.start, first.text = first.start + byline, first.text[byline:]
    found.info.publisher = found.info.publisher or info.publisher
    found.info.people += [person for person in info.people if person not in found.info.people]
    found.day = day
    for line in body:  # the edge of a table's cell
        line.end -= (
            len(line.text) - len(line.text.removesuffix("|").rstrip()) if line.text.endswith((" |", "\u3000|", "。|")) else 0
        )
    remaining = list(body)
    if len(remaining) >= 2 and _DAY_LINE.fullmatch(remaining[-1].text):
        day_line = remaining.pop()
        day_line.body = False
        found.info.date = found.info.date or day_in(day_line.text)
        if len(remaining) >= 2 and bylines.is_organ(remaining[-1].text):
            found.info.publisher = found.info.publisher or remaining[-1].text
            remaining.pop().body = False
    elif len(remaining) >= 3 and bylines.is_organ(remaining[-1].text) and not furniture.is_prose(remaining[-1].text):
        found.info.publisher = found.info.publisher or remaining[-1].text
        remaining.pop().body = False
    for line in remaining[-1:]:
        end = line.end
        for _ in range(4):
            signature = credits.signature(line.text[: end - line.start])
            if not signature:
                break
            start = line.start + signature[0]
            start -= len(line.text[: start - line.start]) - len(line.text[: start - line.start].rstrip())
            if start <= line.start:
                line.body = False
            hear(found, signature[1])
            end = start
            if not line.body:
                break
        line.end = end
