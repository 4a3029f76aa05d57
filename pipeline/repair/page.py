"""Pages: which of the lines of a document are its article, and what the others say about it.

Lines are judged by what they are (`furniture`, `bylines`) and where they stand: before the first paragraph, among the
paragraphs, behind the last. Little is taken out among paragraphs, where a short line is a heading. Everything taken
out has a ledger row against the decoded raw text.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.repair import boxes, bylines, furniture, html
from pipeline.repair.bylines import Info
from pipeline.repair.injected import Suggest
from pipeline.repair.ladder import mend, tidy
from pipeline.repair.ledger import Draft, Edit, Repaired
from pipeline.repair.wrapping import continuations

# The article has ended where an editor is named, once this share of its running text has passed.
_MOST = 0.6
_MARKUP = re.compile(r"<[^<>]*>|<[^<>]*$|^[^<>]*(?<![\w\s])>|&[a-zA-Z]{2,8};")
_WORD = re.compile(r"\w")
_BREAK = re.compile(r"\s+")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部篇]|\d{1,2}[、.．]"
)
_DASH = re.compile(r"[—–―─-]{1,3}(?=[^\s\d—-])|[—–―─-]{2}(?=\d)")
_SALUTATION = re.compile(r".{0,24}[:：]$")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{3,30}"
    r"(?:局|委员会|办公室|人民政府|政府|党委|县委|市委|部|中心|领导小组|指挥部|调查队|院|协会)"
)
_DAY_LINE = re.compile(
    r"[(（]?(?:(?:19|20)\d\d|[二一][〇○零O0九一二三四五六七八]{3})年"
    r"[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日[)）]?"
)
_OTHER_DAY = re.compile("今天|今日|现在|有效|截止|截至|废止|失效|实施|施行|至")
# A day and hour below the title: when it was put on the site.
_STAMP = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?[ \u3000T]*\d{1,2}[:：]\d{2}")
_AUTHOR_META = ("author", "article:author", "byl")
_EDITOR_META = ("editor", "责任编辑", "contenteditor")
_DATE_META = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "date",
    "publish_time",
    "pubtime",
    "datepublished",
    "createdate",
    "publicationdate",
    "dc.date",
    "others",
)
_SOURCE_META = ("contentsource", "source", "mediaid", "og:site_name", "sitename", "copyright")
_SECTION_META = ("columnname", "article:section", "channel")


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


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    linked: bool = False
    site: bool = False  # the source says so: nav, footer, aside
    body: bool = True
    box: int = -1  # the innermost box of the source that it stands in
    outside: bool = False  # of the box of the article, behind it


@dataclass(slots=True)
class _Findings:
    title: str | None = None
    subtitle: str | None = None
    info: Info = field(default_factory=Info)
    editors: list[tuple[str, str]] = field(default_factory=list)
    site: str | None = None
    day: tuple[int, int] | None = None
    loose_date: dt.date | None = None
    cuts: list[Edit] = field(default_factory=list)


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
    goes_on = _goes_on(repaired, _body(lines))
    if any(goes_on):  # the breaks tore annotations, entities and names, too: mend the text once more without them
        torn = _torn(plain, repaired if plain is raw_text else _mended(plain, suggest), _body(lines), goes_on)
        draft = Draft(raw_text).apply(tidy(raw_text, source.edits)).apply(torn)
        mend(draft, suggest)
        repaired, lines, found = _understand(draft, source)
    body = _carve(raw_text, repaired, lines, found.cuts)
    return _page(body, lines, found, source, published_hint)


def _mended(text: str, suggest: Suggest | None) -> Repaired:
    draft = Draft(text)
    mend(draft, suggest)
    return draft.finish()


def _understand(draft: Draft, source: html.Source) -> tuple[Repaired, list[_Line], _Findings]:
    """The lines of a mended text, and what each of them is."""
    repaired = draft.finish()
    lines = _lines(repaired.text)
    if source.edits:
        _trace(draft.raw, lines, repaired, source)
    found = _judge(lines, source)
    if source.edits:
        found.loose_date = _loose_date(lines)
    return repaired, lines, found


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for whole in text.splitlines(keepends=True):
        stripped = whole.strip()
        if stripped:
            at = start + len(whole) - len(whole.lstrip())
            lines.append(_Line(at, at + len(stripped), stripped))
        start += len(whole)
    return lines


def _loose_date(lines: Sequence[_Line]) -> dt.date | None:
    """A day in a short line above the article that is nothing we know: `某县发布 2020-01-02 18:06 发表于陕西`."""
    first = next((i for i, line in enumerate(lines) if line.body), 0)
    near = (line.text for line in reversed(lines[:first]) if not line.linked and len(line.text) <= 80)
    return next((date for text in near if not _OTHER_DAY.search(text) and (date := bylines.date_in(text))), None)


def _trace(raw_text: str, lines: Sequence[_Line], repaired: Repaired, source: html.Source) -> None:
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


def _judge(lines: list[_Line], source: html.Source) -> _Findings:
    """Decide of each line whether it is body, and gather what the others say."""
    found = _Findings()
    said = {id(line): bylines.read_line(line.text) for line in lines}
    prose = [
        i
        for i, line in enumerate(lines)
        if furniture.is_prose(line.text)
        and not said[id(line)]
        and not furniture.is_strong(line.text)
        and not furniture.is_crumbs(line.text)
        and not line.site
        and not line.linked
    ]
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
            _hear(found, info)
    closed = end <= prose[-1] and any(line.linked for line in lines[end : end + 2])
    for line in lines[end:]:
        closed = closed or line.outside
        closed = _judge_tail(line, said[id(line)], found, closed)
    _judge_ends([line for line in lines if line.body], found)
    return found


def _of_the_site(line: _Line, info: Info | None) -> bool:
    return bool(line.site or line.linked or info or furniture.is_strong(line.text) or furniture.is_buttons(line.text))


def _article_end(lines: Sequence[_Line], prose: Sequence[int], said: dict[int, Info | None]) -> int:
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
        over = (info and info.kinds & {"editor", "drop"}) or furniture.is_strong(lines[i].text) or linked
        if over and passed >= _MOST * total:
            while furniture.is_buttons(lines[i - 1].text):  # the heading of a list of links
                i -= 1
            return i
    return prose[-1] + 1


def _judge_loose(line: _Line, info: Info | None, found: _Findings) -> None:
    """A page without running text: only what is furniture beyond doubt goes."""
    if line.site or furniture.is_strong(line.text) or furniture.is_crumbs(line.text):
        line.body = False
        _hear(found, info)


def _judge_head(head: Sequence[_Line], said: dict[int, Info | None], source: html.Source, found: _Findings) -> None:
    open_lines: list[_Line] = []
    for line in head:
        text = line.text
        info = said[id(line)]
        if furniture.is_crumbs(text):
            found.info.section = bylines.crumbs(text) or found.info.section
            for earlier in open_lines:  # what stands above the path is the site's
                earlier.body = False
                _note_site(earlier, found)
            open_lines = []
            line.body = False
        elif (
            info
            or line.site
            or furniture.is_strong(text)
            or furniture.is_buttons(text)
            or furniture.is_menu(text)
            or furniture.is_sign(text)
        ):
            line.body = False
            _note_site(line, found)
            _hear(found, info)
        else:
            open_lines.append(line)
    _pick_title(open_lines, source, found)


def _pick_title(lines: list[_Line], source: html.Source, found: _Findings) -> None:
    """The title among the lines above the first paragraph; what stands below it and is not a subtitle is a heading."""
    headline, named = source.headline, source.meta.get("title") or ""
    at = next((i for i, line in enumerate(lines) if headline and _alike(line.text, headline)), None)
    if headline and _squeeze(named).endswith(_squeeze(headline)) and _squeeze(named) != _squeeze(headline):
        at = None  # the site's name as a heading: 标题-栏目-某局
        named = named[: named.rindex(headline)] if headline in named else named
    if at is None and named:
        at = next((i for i, line in enumerate(lines) if len(line.text) >= 6 and _squeeze(line.text) in _squeeze(named)), None)
    if at is None:
        at = next(
            (
                i
                for i, line in enumerate(lines)
                if not _no_title(line.text) and not line.linked and not (furniture.is_site_name(line.text) and i + 1 < len(lines))
            ),
            None,
        )
    if at is None:
        found.title = headline
        for line in lines:
            if line.linked:
                line.body = False
        return
    for line in lines[:at]:
        line.body = _HEADING.match(line.text) is not None and not line.linked
        _note_site(line, found)
    found.title = lines[at].text
    lines[at].body = False
    rest = lines[at + 1 :]
    while rest and _squeeze(rest[0].text) == _squeeze(found.title):
        rest.pop(0).body = False
    if rest and _DASH.match(rest[0].text) and len(rest[0].text) <= 80:
        found.subtitle = rest[0].text
        rest.pop(0).body = False
    for line in rest:
        if line.linked or _STAMP.search(line.text):
            line.body = False
        elif _ORGAN.fullmatch(line.text):
            line.body = False
            found.info.publisher = found.info.publisher or line.text
        elif bylines.is_names(line.text):
            line.body = False
            _hear(found, Info([(name, "作者") for name in re.split(r"[\s\u3000、,，]+", line.text) if len(name) > 1]))


def _no_title(text: str) -> bool:
    return bool(
        _HEADING.match(text)
        or _SALUTATION.fullmatch(text)
        or len(text) < 4
        or len(text) > 69
        or not re.search(r"[\u4e00-\u9fff]{3}", text)
        or _DASH.match(text)
        or "\t" in text
    )


def _judge_tail(line: _Line, info: Info | None, found: _Findings, closed: bool) -> bool:
    """Judge one line behind the last paragraph; whether the article is over for good."""
    text = line.text
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
            _hear(found, info)
        ends = bool(info and info.kinds & {"editor", "drop", "publisher"}) or furniture.is_strong(text)
        return closed or ends or furniture.is_buttons(text)
    if closed or (furniture.is_menu(text) and text.count("|") + text.count("｜") >= 2):
        line.body = False
        return closed
    signature = bylines.signature(text)
    if signature and signature[0] == 0:
        line.body = False
        _hear(found, signature[1])
    return closed


def _judge_ends(body: Sequence[_Line], found: _Findings) -> None:
    """Signatures inside the last paragraphs, an organ and day at the end, and how the first paragraph opens."""
    if not body:
        return
    info, day, byline = bylines.lead(body[0].text)
    if byline < len(body[0].text.rstrip()):
        byline += len(body[0].text[byline:]) - len(body[0].text[byline:].lstrip(" \u3000，,：:"))
        body[0].start, body[0].text = body[0].start + byline, body[0].text[byline:]
    found.info.publisher = found.info.publisher or info.publisher
    found.info.people += [person for person in info.people if person not in found.info.people]
    found.day = day
    remaining = list(body)
    if len(remaining) >= 2 and _DAY_LINE.fullmatch(remaining[-1].text):
        day_line = remaining.pop()
        day_line.body = False
        found.info.date = found.info.date or _day(day_line.text)
        if len(remaining) >= 2 and _ORGAN.fullmatch(remaining[-1].text):
            found.info.publisher = found.info.publisher or remaining[-1].text
            remaining.pop().body = False
    elif len(remaining) >= 3 and _ORGAN.fullmatch(remaining[-1].text) and not furniture.is_prose(remaining[-1].text):
        found.info.publisher = found.info.publisher or remaining[-1].text
        remaining.pop().body = False
    for line in remaining[-1:]:
        end = line.end
        for _ in range(4):
            signature = bylines.signature(line.text[: end - line.start])
            if not signature:
                break
            start = line.start + signature[0]
            start -= len(line.text[: start - line.start]) - len(line.text[: start - line.start].rstrip())
            if start <= line.start:
                line.body = False
            _hear(found, signature[1])
            end = start
            if not line.body:
                break
        line.end = end


def _hear(found: _Findings, info: Info | None) -> None:
    if not info:
        return
    heard = found.info
    heard.people += [person for person in info.people if person not in heard.people]
    heard.publisher = heard.publisher or info.publisher
    heard.section = heard.section or info.section
    heard.date = heard.date or info.date
    heard.kinds |= info.kinds


def _note_site(line: _Line, found: _Findings) -> None:
    if not found.site and not line.body and furniture.is_site_name(line.text):
        found.site = re.split(r"[ \u3000]", line.text)[0]


def _goes_on(repaired: Repaired, body: Sequence[_Line]) -> list[bool]:
    """Whether each line of the body goes on with the one before it."""
    text = repaired.text
    ends = [0, *(line.end for line in body)]
    gaps = [text[end : line.start] for end, line in zip(ends, body, strict=False)]
    edges = repaired.raw_positions(edge for line in body for edge in (line.start, line.end))
    lengths = [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return continuations([text[line.start : line.end] for line in body], gaps, lengths)


def _torn(source: str, repaired: Repaired, body: Sequence[_Line], goes_on: Sequence[bool]) -> list[Edit]:
    """The line breaks within paragraphs, as edits of the text that `repaired` was made from."""
    ends = repaired.raw_positions(line.end for line in body)
    breaks = (_BREAK.match(source, ends[n - 1]) for n, joined in enumerate(goes_on) if joined)
    return [Edit(found.start(), found.end(), "", "layout", "removed") for found in breaks if found]


def _body(lines: Sequence[_Line]) -> list[_Line]:
    return [line for line in lines if line.body and line.end > line.start]


def _carve(raw: str, repaired: Repaired, lines: Sequence[_Line], cuts: Sequence[Edit]) -> Repaired:
    """The body alone: lines that are none go, what stands between the others becomes one newline."""
    edits: list[Edit] = []
    text = repaired.text
    position = 0
    body = _body(lines)
    for i, line in enumerate([*body, None]):
        start = line.start if line else len(text)
        after = "\n" if 0 < i < len(body) else ""
        gap = text[position:start]
        if gap != after:
            damage = "furniture" if gap.strip() else "layout"
            edits.append(Edit(position, start, after, damage, "removed"))
        position = line.end if line else start
    return Draft(raw).apply(tidy(raw, _against_raw(repaired, edits))).finish() if edits else repaired


def _against_raw(repaired: Repaired, cuts: Sequence[Edit]) -> list[Edit]:
    """The ledger and further cuts of its text as one list of edits against the raw text."""
    edits: list[Edit] = []
    rows = repaired.ledger
    shift = 0  # raw position minus text position behind the last row
    r = 0

    def keep(row_index: int) -> None:
        row = rows[row_index]
        edits.append(Edit(row.raw_start, row.raw_end, row.after, row.damage, row.status, row.confidence, row.suggestion))

    for cut in cuts:
        while r < len(rows) and rows[r].text_end <= cut.start:
            keep(r)
            shift = rows[r].raw_end - rows[r].text_end
            r += 1
        start, end, cut_shift = cut.start, cut.end, shift
        deeper = None
        while r < len(rows) and rows[r].text_start < cut.end:
            start, end = min(start, rows[r].text_start), max(end, rows[r].text_end)
            shift = rows[r].raw_end - rows[r].text_end
            deeper = deeper or rows[r]
            r += 1
        after = repaired.text[start : cut.start] + cut.after + repaired.text[cut.end : end]
        damage = deeper.damage if deeper and cut.damage == "layout" else cut.damage
        edits.append(replace(cut, start=start + cut_shift, end=end + shift, after=after, damage=damage))
    for index in range(r, len(rows)):
        keep(index)
    return edits


def _page(body: Repaired, lines: Sequence[_Line], found: _Findings, source: html.Source, hint: dt.date | None) -> Page:
    heard, meta = found.info, source.meta
    people = list(heard.people)
    for names, role in ((_AUTHOR_META, "作者"), (_EDITOR_META, "责任编辑")):
        value = _first(meta, names)
        if value and bylines.is_names(value):
            people += [
                (name, role)
                for name in re.split(r"[\s\u3000、,，]+", value)
                if name and name not in {known for known, _ in people}
            ]
    editors = [name for name, role in people if _is_editor(role)]
    authors = [name for name, role in people if not _is_editor(role)]
    date, basis = _published(heard, meta, found, hint, body.text)
    title = found.title or re.split(r"\s*[_|–—]\s*|\s+-\s+|-(?=[^-]{2,12}$)", meta.get("title", ""))[0]
    return Page(
        repaired=body,
        title=title or None,
        subtitle=found.subtitle,
        author="、".join(dict.fromkeys(authors)) or None,
        editor="、".join(dict.fromkeys(editors)) or None,
        publisher=heard.publisher or _first(meta, _SOURCE_META) or found.site,
        section=heard.section or _first(meta, _SECTION_META),
        bylines=people,
        published_on=date,
        published_on_basis=basis,
        furniture="\n".join(line.text for line in lines if not line.body),
    )


def _published(
    heard: Info, meta: dict[str, str], found: _Findings, hint: dt.date | None, text: str
) -> tuple[dt.date | None, str]:
    stated = heard.date or next((d for name in _DATE_META if (d := bylines.date_in(meta.get(name, "")))), None)
    stated = stated or hint or found.loose_date
    if stated:
        return stated, "stated"
    if found.day:
        # `某某网9月8日电` has no year; the latest day that the text itself gives is the nearest to it.
        years = [int(year) for year in re.findall(r"(?<!\d)(20[0-3]\d)年", text)]
        if years:
            try:
                return dt.date(max(years), *found.day), "inferred"
            except ValueError:
                pass
    return None, "unknown"


def _day(text: str) -> dt.date | None:
    digits = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
    match = re.search(r"(.{4})年(.{1,2})月(.{1,3})日", text)
    if not match:
        return None

    def number(part: str) -> int:
        if part.isdecimal() and part.isascii():
            return int(part)
        if "十" in part:
            tens, ones = part.split("十", 1)
            return (int(tens.translate(digits)) if tens else 1) * 10 + (int(ones.translate(digits)) if ones else 0)
        return int(part.translate(digits))

    try:
        return dt.date(number(match[1].lstrip("(（")), number(match[2]), number(match[3]))
    except ValueError:
        return None


def _first(meta: dict[str, str], names: Sequence[str]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _is_editor(role: str) -> bool:
    return any(word in role for word in ("编辑", "主编", "编审", "监制", "审核", "校对", "录入", "发布"))


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


def _alike(a: str, b: str) -> bool:
    return _squeeze(a) == _squeeze(b) or (len(a) >= 6 and _squeeze(a) in _squeeze(b))
