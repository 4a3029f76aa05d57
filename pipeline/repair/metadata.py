"""What a page says about its article: authors and editors, the day, the publisher, the section.

Bylines come before the source's `meta` elements. What a byline says is read in `bylines`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.repair import bylines
from pipeline.repair.bylines import Info
from pipeline.repair.page_lines import Findings, Line
from pipeline.repair.reporters import is_names

AUTHORS = ("author", "article:author", "byl")
EDITORS = ("editor", "责任编辑", "contenteditor")
_DAYS = (
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
PUBLISHERS = ("contentsource", "source", "mediaid", "og:site_name", "sitename", "copyright")
SECTIONS = ("columnname", "article:section", "channel")
# A year that is not where a range ends (2015年至2017年) nor what is planned (到2025年, 力争2025年, 2025年前).
_PAST_YEAR = re.compile(
    r"(?<![\d—–~～\-到])(?<!年至)(?<!力争)(?<!计划)(?<!预计)(?<!争取)(?<!确保)(?<!规划)(20[0-3]\d)年(?![底末]?前|将|计划|力争)"
)
_OTHER_DAY = re.compile("今天|今日|现在|有效|截止|截至|废止|失效|实施|施行|至")


def loose_date(lines: Sequence[Line], but: Sequence[str] = ()) -> dt.date | None:
    """A day in a short line above the article that is nothing we know: `某县发布 2020-01-02 18:06 发表于陕西`.

    Args:
        lines: those of the page, after they were judged.
        but: lines that speak of other days: title and subtitle.
    """
    first = next((i for i, line in enumerate(lines) if line.body), 0)
    near = (line.text for line in reversed(lines[:first]) if not line.linked and len(line.text) <= 80 and line.text not in but)
    return next((date for text in near if not _OTHER_DAY.search(text) and (date := bylines.date_in(text))), None)


def people(heard: Info, meta: dict[str, str]) -> list[tuple[str, str]]:
    """(name, role) of everyone that the bylines or the `meta` elements name, in order."""
    named = list(heard.people)
    for names, role in ((AUTHORS, "作者"), (EDITORS, "责任编辑")):
        value = first(meta, names)
        if value and is_names(value):
            named += [
                (name, role)
                for name in re.split(r"[\s\u3000、,，]+", value)
                if name and name not in {known for known, _ in named}
            ]
    return named


def published_on(
    heard: Info, meta: dict[str, str], found: Findings, hint: dt.date | None, text: str
) -> tuple[dt.date | None, str]:
    """The day of publication and how it is known: stated, inferred (the day of a speech, a day without its year) or unknown.

    Args:
        heard: what the bylines say.
        meta: the source's `meta` elements.
        found: the page's other findings.
        hint: the day that the container gave.
        text: the body, whose years date an opening that has none.
    """
    stated = heard.date or next((d for name in _DAYS if (d := bylines.date_in(meta.get(name, "")))), None)
    stated = stated or heard.other_date or hint or found.loose_date
    if stated:
        return stated, "stated"
    spoken = bylines.SPOKEN.match(found.subtitle or "")
    if spoken and (day := bylines.date_in(spoken[1])):
        return day, "inferred"
    if found.day:
        # `某某网9月8日电` has no year; the latest day that the text itself gives is the nearest to it.
        years = [int(year) for year in _PAST_YEAR.findall(text)]
        if years:
            try:
                return dt.date(max(years), *found.day), "inferred"
            except ValueError:
                pass
    return None, "unknown"


def day_in(text: str) -> dt.date | None:
    """The day of a line that is one, in Arabic or Chinese numerals; None where there is no such day."""
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


def first(meta: dict[str, str], names: Sequence[str]) -> str | None:
    """What the first of these `meta` elements that says anything says."""
    return next((meta[name] for name in names if meta.get(name)), None)


def is_editor(role: str) -> bool:
    """Whether a role is an editor's and not an author's."""
    return any(word in role for word in ("编辑", "主编", "编审", "监制", "审核", "校对", "录入", "发布"))
