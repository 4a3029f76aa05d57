"""The lines of a page, where they stand in its source, and what was heard from those that are not the article.

Here belongs what the modules that judge lines share. What a line is belongs in `furniture` and `bylines`, what becomes of it
in `article`.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.repair import bylines, furniture, html
from pipeline.repair.bylines import Info
from pipeline.repair.ledger import Repaired

_MARKUP = re.compile(r"<[^<>]*>|<[^<>]*$|^[^<>]*(?<![\w\s])>|&[a-zA-Z]{2,8};")
_WORD = re.compile(r"\w")


@dataclass(slots=True)
class Line:
    """One line of the mended text; start and end leave out the space around it."""

    start: int
    end: int
    text: str
    linked: bool = False
    site: bool = False  # the source says so: nav, footer, aside
    body: bool = True
    box: int = -1  # the innermost box of the source that it stands in
    outside: bool = False  # of the box of the article, behind it


@dataclass(slots=True)
class Findings:
    """What was found on a page beside its article."""

    title: str | None = None
    subtitle: str | None = None
    info: Info = field(default_factory=Info)
    site: str | None = None
    day: tuple[int, int] | None = None
    loose_date: dt.date | None = None


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    start = 0
    for whole in text.splitlines(keepends=True):
        stripped = whole.strip()
        if stripped:
            at = start + len(whole) - len(whole.lstrip())
            lines.append(Line(at, at + len(stripped), stripped))
        start += len(whole)
    return lines


def trace(raw_text: str, lines: Sequence[Line], repaired: Repaired, source: html.Source) -> None:
    """Note of each line of an HTML page whether it is all links, and whether the source calls it furniture."""
    ends = [row.text_end for row in repaired.ledger]

    def raw(position: int) -> int:
        i = bisect_right(ends, position) - 1
        return position + (repaired.ledger[i].raw_end - repaired.ledger[i].text_end if i >= 0 else 0)

    def covered(spans: Sequence[tuple[int, int]], starts: Sequence[int], start: int, end: int) -> bool:
        """Whether all words of a line stand in these spans; brackets and rules between them do not count."""
        i = max(0, bisect_right(starts, start) - 1)
        while start < end and i < len(spans) and spans[i][0] < end:
            if _WORD.search(_MARKUP.sub("", raw_text[start : max(start, spans[i][0])])):
                return False
            start = max(start, spans[i][1])
            i += 1
        return start >= end or not _WORD.search(_MARKUP.sub("", raw_text[start:end]))

    links, sites = sorted(source.links), sorted(source.furniture)
    link_starts, site_starts = [a for a, _ in links], [a for a, _ in sites]
    within: list[int] = []
    following = 0
    for line in lines:
        start, end = raw(line.start), raw(line.end - 1) + 1
        while following < len(source.boxes) and source.boxes[following].start <= start:
            within.append(following)
            following += 1
        while within and source.boxes[within[-1]].end <= start:
            within.pop()
        line.box = within[-1] if within else -1
        line.linked = covered(links, link_starts, start, end)
        line.site = covered(sites, site_starts, start, end)


def hear(found: Findings, info: Info | None) -> None:
    """Add what a byline says; of a publisher, section and day the first one counts."""
    if not info:
        return
    heard = found.info
    heard.people += [person for person in info.people if person not in heard.people]
    heard.publisher = heard.publisher or info.publisher
    heard.section = heard.section or info.section
    if info.date and (heard.date is None or (info.firm and not heard.firm)):
        heard.date, heard.firm = info.date, info.firm
    heard.other_date = heard.other_date or info.other_date
    heard.kinds |= info.kinds


def note_site(line: Line, found: Findings) -> None:
    """Remember the site that a removed line names."""
    if not found.site and not line.body and furniture.is_site_name(line.text):
        found.site = re.split(r"[ \u3000]", line.text)[0]


def note_path(path: str, found: Findings) -> None:
    """Remember the site that the path to the page begins with: `您的位置：青山网 > 县区`."""
    first = bylines.steps(path)[0]
    if not found.site and furniture.is_site_name(first):
        found.site = first


def squeeze(text: str) -> str:
    """A text without white space."""
    return re.sub(r"[\s\u3000]", "", text)
