"""Pages: a document repaired and taken out of its page, with what the page says about it.

Here the steps come together: mend the text, judge its lines (`article`), join broken ones and cut the rest (`carving`), gather
what is known (`metadata`). Everything taken out has a ledger row against the decoded raw text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.repair import html, metadata
from pipeline.repair.article import judge
from pipeline.repair.carving import body_lines, carve, goes_on, torn_breaks
from pipeline.repair.injected import Suggest
from pipeline.repair.ladder import mend, tidy
from pipeline.repair.ledger import Draft, Repaired
from pipeline.repair.page_lines import Findings, Line, lines_of, trace


@dataclass(frozen=True, slots=True)
class Page:
    """A document apart from its page.

    Attributes:
        repaired: the body with its ledger; paragraphs are separated by one newline.
        title, subtitle: as on the page, repaired.
        author, editor: names, separated by 、.
        publisher, section: who published it and where on the site.
        bylines: every name of the bylines with its role.
        published_on, published_on_basis: the day; stated, inferred or unknown.
        furniture: the removed lines, for hints of where the page is from.
    """

    repaired: Repaired
    title: str | None
    subtitle: str | None
    author: str | None
    editor: str | None
    publisher: str | None
    section: str | None
    bylines: list[tuple[str, str]]
    published_on: dt.date | None
    published_on_basis: str
    furniture: str


def read_page(
    raw_text: str, is_html: bool = False, published_hint: dt.date | None = None, suggest: Suggest | None = None
) -> Page:
    """Repair a document and take its article out of its page.

    Args:
        raw_text: the document as decoded; of an HTML page its source.
        is_html: whether it is an HTML page; a text that begins as one is read as one anyway.
        published_hint: the day of publication as the container gave it.
        suggest: see `repair`.

    Returns:
        The page. Its ledger is against `raw_text` and undoes exactly.
    """
    source = html.read_source(raw_text) if is_html or html.is_page(raw_text) else html.Source()
    draft = Draft(raw_text).apply(tidy(raw_text, source.edits))
    plain = draft.text
    mend(draft, suggest)
    repaired, lines, found = _understand(draft, source)
    joined = goes_on(repaired, body_lines(lines))
    if any(joined):  # the breaks tore annotations, entities and names, too: mend the text once more without them
        torn = torn_breaks(plain, repaired if plain is raw_text else _mended(plain, suggest), body_lines(lines), joined)
        draft = Draft(raw_text).apply(tidy(raw_text, source.edits)).apply(torn)
        mend(draft, suggest)
        repaired, lines, found = _understand(draft, source)
    body = carve(raw_text, repaired, lines)
    return _page(body, lines, found, source, published_hint)


def _mended(text: str, suggest: Suggest | None) -> Repaired:
    draft = Draft(text)
    mend(draft, suggest)
    return draft.finish()


def _understand(draft: Draft, source: html.Source) -> tuple[Repaired, list[Line], Findings]:
    """The lines of a mended text, and what each of them is."""
    repaired = draft.finish()
    lines = lines_of(repaired.text)
    if source.edits:
        trace(draft.raw, lines, repaired, source)
    found = judge(lines, source)
    found.loose_date = metadata.loose_date(lines, (found.title or "", found.subtitle or ""))
    return repaired, lines, found


def _page(body: Repaired, lines: Sequence[Line], found: Findings, source: html.Source, hint: dt.date | None) -> Page:
    heard, meta = found.info, source.meta
    people = metadata.people(heard, meta)
    editors = [name for name, role in people if metadata.is_editor(role)]
    authors = [name for name, role in people if not metadata.is_editor(role)]
    date, basis = metadata.published_on(heard, meta, found, hint, body.text)
    title = found.title or re.split(r"\s*[_|–—]\s*|\s+-\s+|-(?=[^-]{2,12}$)", meta.get("title", ""))[0]
    return Page(
        repaired=body,
        title=title or None,
        subtitle=found.subtitle,
        author="、".join(dict.fromkeys(authors)) or None,
        editor="、".join(dict.fromkeys(editors)) or None,
        publisher=heard.publisher or metadata.first(meta, metadata.PUBLISHERS) or found.site,
        section=heard.section or metadata.first(meta, metadata.SECTIONS),
        bylines=people,
        published_on=date,
        published_on_basis=basis,
        furniture="\n".join(line.text for line in lines if not line.body),
    )
