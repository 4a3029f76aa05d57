"""The title among the lines above the first paragraph, and what stands below it: subtitle, names, issuer.

Here belongs which of the lines nobody else has claimed is the headline. The lines above it are judged in `article`.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.repair import bylines, furniture, html
from pipeline.repair.bylines import Info
from pipeline.repair.page_lines import Findings, Line, hear, note_site, squeeze
from pipeline.repair.reporters import is_names

_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部篇]|\d{1,2}[、.．]"
)
_DASH = re.compile(r"[—–―─-]{1,3}(?=[^\s\d—-])|[—–―─-]{2}(?=\d)")
_SIGNERS = 3  # lines of names below a title; more are a list of whom the text is about
_TAG = re.compile(r"^[\[【](?:转帖|转载|转贴|转|原创|分享|推荐|精华|置顶|图文|组图|图|视频|热)[\]】][ \u3000]*(?=.{4})")
_SITE_TAIL = re.compile(r"(?<=.{4})[ \u3000]*(?P<mark>[_|｜—-])[ \u3000]*(?P<site>[^_|｜—\s-]{2,14})$")
_SALUTATION = re.compile(r".{0,24}[:：]$")
# A day and hour below the title: when it was put on the site.
_STAMP = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?[ \u3000T]*\d{1,2}[:：]\d{2}")


def pick_title(lines: list[Line], source: html.Source, found: Findings) -> None:
    """The title among the lines above the first paragraph; what stands below it and is not a subtitle is a heading."""
    headline, named = source.headline, source.meta.get("title") or ""
    at = next((i for i, line in enumerate(lines) if headline and _alike(line.text, headline)), None)
    if headline and squeeze(named).endswith(squeeze(headline)) and squeeze(named) != squeeze(headline):
        at = None  # the site's name as a heading: 标题-栏目-某局
        named = named[: named.rindex(headline)] if headline in named else named
    if at is None and named:
        at = next((i for i, line in enumerate(lines) if len(line.text) >= 6 and squeeze(line.text) in squeeze(named)), None)
    if at is None:  # what stands there twice
        twice = Counter(squeeze(line.text) for line in lines)
        at = next((i for i, line in enumerate(lines) if twice[squeeze(line.text)] > 1 and not _no_title(line.text)), None)
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
        note_site(line, found)
    found.title = _bare(lines[at].text)
    lines[at].body = False
    rest = lines[at + 1 :]
    while rest and squeeze(_bare(rest[0].text)) == squeeze(found.title):
        rest.pop(0).body = False
    if rest and (_DASH.match(rest[0].text) or bylines.SPOKEN.match(rest[0].text)) and len(rest[0].text) <= 80:
        found.subtitle = rest[0].text
        rest.pop(0).body = False
    for again in rest:
        if squeeze(_bare(again.text)) == squeeze(found.title):
            again.body = False
    rest = [line for line in rest if line.body]
    signed = sum(is_names(line.text) for line in rest) <= _SIGNERS
    for line in rest:
        if line.linked or _STAMP.search(line.text):
            line.body = False
        elif bylines.is_organ(line.text):
            line.body = False
            found.info.publisher = found.info.publisher or line.text
        elif is_names(line.text) and signed:
            line.body = False
            hear(found, Info([(name, "作者") for name in re.split(r"[\s\u3000、,，]+", line.text) if len(name) > 1]))


def _bare(title: str) -> str:
    """A title without what a forum puts before it and a site behind it: `[转帖] 备耕忙_青山网`."""
    title = _TAG.sub("", title)
    while (tail := _SITE_TAIL.search(title)) and (tail["mark"] == "_" or furniture.is_site_name(tail["site"])):
        title = title[: tail.start()]
    return title


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


def _alike(a: str, b: str) -> bool:
    return squeeze(a) == squeeze(b) or (len(a) >= 6 and squeeze(a) in squeeze(b))
