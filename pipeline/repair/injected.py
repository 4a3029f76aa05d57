"""Text that others put in, and what they took out: betting spam, anti-copy tokens, lost or masked years.

Spam goes when its grammar gives it away: keyword strings joined by `_`, versions, brand, genre and promise piled up
without a particle. Honest prose about sport, lotteries or a gambling case has none of that and stays. What was taken
out cannot come back from the text; it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.lexicon import any_of, words
from pipeline.repair.geography import Geography, geography_of
from pipeline.repair.ledger import Edit
from pipeline.repair.places import short_name
from pipeline.repair.script import convert, script_of
from pipeline.repair.signatures import HAN, LOST_SEPARATORS, MASKED_YEAR
from pipeline.repair.signs import LETTER, PROMISE, SMALL, SPACE, SYSTEM, look

Suggest = Callable[[str, str], str | None]

_GENRE = any_of(words("injected", "genres.txt"))
_BRAND = any_of(words("injected", "brands.txt"))
_TAIL = any_of(words("injected", "tails.txt"))
_VERSION = r"[vV]?\d{1,2}(?:\.\d{1,3}){1,3}"
_LINK = r"(?:https?://)?(?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|cc|cn|vip|app|top|xyz|org)\b[a-z0-9/._-]{0,60}"
_TOKEN = (
    rf"(?:(?:{_BRAND})(?=(?:{_GENRE}|{_TAIL}|{_BRAND}))|{_GENRE}|{_TAIL}|{_VERSION}|{_LINK}"
    rf"|(?:{_BRAND})(?![{HAN}]))"
)
# Words that only such strings use.
_STRONG = re.compile(
    r"备用网[站址]|娱乐平台|娱乐城|彩票下载|体育下载|app下载|下载安装|登录入口|投注网|送彩金|百家乐|老虎机|时时彩"
    rf"|六合彩|pk10|官网入口|老版本|(?:{_BRAND})(?:{_GENRE})|博彩|(?:棋牌|真人|电竞|电玩|捕鱼|娱乐城|彩票|体育)(?:app|官网(?:下载|入口|登录)|手机版|最新版|平台app)|{_VERSION}(?:官方|最新|老|安卓|苹果|手机)",
    re.I,
)
_GENRE_RE = re.compile(f"{_GENRE}|(?:{_BRAND})(?![0-9.%])", re.I)
_TAIL_RE = re.compile(_TAIL, re.I)
_PIECE = r"(?:[^\s_|。，,;；：:、“”\"'（）()《》<>？?！!…]|[(（](?:中国|官方|集团|全站|综合|最新)[)）]){1,40}"
_JOINED = re.compile(rf"{_PIECE}(?:\s?[_|\-–—]{{1,2}}\s?{_PIECE}){{1,12}}")
_PILED = re.compile(rf"(?:(?:{_BRAND})(?:{_GENRE})|(?:{_BRAND}){{2}})(?:{_TOKEN}|[·\s]){{1,12}}", re.I)
_FIRST = re.compile(rf"(?:[a-z0-9]{{0,8}})(?:{_TOKEN})", re.I)
_HINT = re.compile(rf"{_GENRE}|365|bet|亚博|万博|乐鱼|开云|必威|伟德|金沙|葡京|永利|九游|米乐|华体会|凯发")
_MASKED = re.compile("年(?:(?<=[XxＸ×*从自]年)|(?<=[于在]年)月)")  # begins with a letter, which the search looks for in C
_LONG_RATIO = re.compile(r"\.\d{4}\.\d{4}")
_SPACED_SIGNS = re.compile(r" [!-~]{1,2} {1,2}[!-~]{1,2} {1,2}[!-~]")

# A token after the full stop at the end of a paragraph: C6m, jZD.
_TOKEN_AT_END = re.compile(
    r"(?<=[。！？!?”])[ ]?((?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{3,4})(?=[^\S\n]*$)", re.M
)
_JAMMER = re.compile(
    r"(?:(?<=\s)|(?<=[\u4e00-\u9fff。，,]))(?:[!-~]{1,2} {1,2}){4,40}[!-~]{1,3}(?<!\()(?=\s|$|\(?[\u4e00-\u9fff])"
)
_SIGNS = frozenset("!@#$%^&*()_+{}|:\"<>?~`[]\\;'")
# What a widespread content system puts between sentences against copying, by its own account.
_SYSTEM = re.compile(
    r"(?:(?:本文|内容|內容|文章)(?:来自|来源于|來自|來源於|源自)[于於]?|copyright)[ :：]?"
    r"(?:dede ?cms|织梦|織夢)(?:\.com|内容管理系统|內容管理系統|cms)?"
    r"|织梦好[，,]好织梦|織夢好[，,]好織夢|(?<=[。！？；])(?:www\.)?dedecms\.com(?=[\u4e00-\u9fff])",
    re.I,
)
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,4}(?:乡|镇|街道|鄉|鎮)")
_TAKEN = re.compile(f"{MASKED_YEAR}|{LOST_SEPARATORS}")


def suspicious(text: str) -> bool:
    """Whether `find` may find something; cheap, as plain substrings go."""
    present = look(text).present
    return bool(
        _MASKED.search(text) is not None
        or _LONG_RATIO.search(text) is not None
        or (present & SMALL and _TOKEN_AT_END.search(text) is not None)
        or (present & SPACE and _SPACED_SIGNS.search(text) is not None)
        or _may_name_system(text)
        or _may_hold_spam(text)
    )


def _may_name_system(text: str) -> bool:
    present = look(text).present
    return bool(present & SYSTEM) or (bool(present & LETTER) and "dedecms" in text.lower())


def _may_hold_spam(text: str) -> bool:
    return bool(look(text).present & PROMISE) and _HINT.search(text) is not None and _STRONG.search(text) is not None


def find(text: str, suggest: Suggest | None = None) -> list[Edit]:
    """Propose to remove spam and to mark what was taken out.

    Args:
        text: any text.
        suggest: given the text before and after a gap, the name that may have stood there; by the text's own
            geography if None.

    Returns:
        Edits, sorted and apart: spam `removed`, the rest `unresolved` unless a document has it again and again.
    """
    spans = _spam(text) if _may_hold_spam(text) else []
    suggest = suggest or _suggest_by(text, spans)
    edits = [
        Edit(
            start,
            end,
            "",
            "injected",
            "removed",
            1.0,
            suggest(text[max(0, start - 200) : start], text[end : end + 200]),
        )
        for start, end in spans
    ]
    if _MASKED.search(text) or _LONG_RATIO.search(text):
        edits += [_marked(match) for match in _TAKEN.finditer(text)]
    edits += _repeated(_TOKEN_AT_END.finditer(text))
    if _SPACED_SIGNS.search(text):
        runs = [match for match in _JAMMER.finditer(text) if _is_jammer(match[0])]
        sure = [match for match in runs if _is_sure_jammer(match[0])]
        edits += [_foreign(match) for match in sure] + _repeated(match for match in runs if match not in sure)
    if _may_name_system(text):
        edits += [_foreign(match) for match in _SYSTEM.finditer(text)]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _suggest_by(text: str, spans: list[tuple[int, int]]) -> Suggest:
    """What the geography of the text, foreign strings apart, implies for a gap."""
    if not spans:
        return lambda before, after: None
    ends = [0, *(end for _, end in spans)]
    sound = "\n".join(text[a:b] for a, b in zip(ends, [*(start for start, _ in spans), len(text)], strict=True))
    geography = geography_of(convert(sound) if script_of(sound) != "Hans" else sound)
    return lambda before, after: implied_place(before, after, geography) if geography else None


def implied_place(before: str, after: str, geography: Geography) -> str | None:
    """The place name that a gap implies.

    Args:
        before: the text before the gap.
        after: the text after it.
        geography: where the document is from.

    Returns:
        The name without the suffix that still stands (`甘南` before 州), the county between a prefecture and a township, or
        None where nothing follows.
    """
    if geography.county and geography.prefecture and before.endswith(geography.prefecture) and _TOWNSHIP.match(after):
        return geography.county
    for full in (geography.prefecture, geography.county, geography.province):
        suffix = next((s for s in ("州", "盟", "地区", *"市县区旗省") if full and full.endswith(s)), None)
        if full and suffix and after.startswith(suffix) and not before.endswith(short_name(full)):
            return short_name(full)
    return None


def _spam(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _JOINED.finditer(text):
        if _is_spam(match[0]):
            span = _trim(match)
            if span:
                spans.append(span)
    for match in _PILED.finditer(text):
        inside = any(a <= match.start() < b for a, b in spans[-3:])
        if not inside and len(_TAIL_RE.findall(match[0])) >= 1 and _STRONG.search(match[0]):
            spans.append((match.start(), match.start() + len(match[0].rstrip())))
    return sorted(spans)


def _is_spam(run: str) -> bool:
    """Whether a joined string is made of keywords: several parts with betting words and promises, none of it prose."""
    parts = [part for part in re.split(r"\s?[_|\-–—]{1,2}\s?", run) if part]
    betting = sum(bool(_GENRE_RE.search(part)) for part in parts)
    promising = sum(bool(_TAIL_RE.search(part)) for part in parts)
    strong = len(_STRONG.findall(run))
    return ("_" in run and betting >= 1 and promising >= 2 and strong >= 1) or (strong >= 3 and betting >= 2)


def _trim(match: re.Match[str]) -> tuple[int, int] | None:
    """The span from the first keyword to the last: the text around the string may be the article's own."""
    run = match[0]
    first = _FIRST.search(run)
    if not first:
        return None
    last = max((m.end() for m in re.finditer(_TOKEN, run, re.I)), default=0)
    # A brand directly before the first genre belongs to it, as does a latin or numeric prefix; an unknown brand comes again.
    start = first.start()
    if 0 < start <= 4 and run.count(run[:start]) > 1:
        start = 0
    return match.start() + start, match.start() + last


def _foreign(match: re.Match[str]) -> Edit:
    end = match.end()
    # A space behind a foreign string in Chinese text came with it.
    if match.string[end : end + 1] == " " and match.string[match.start() - 1 : match.start()] != " ":
        end += 1
    return Edit(match.start(), end, "", "injected", "removed", 0.95)


def _marked(match: re.Match[str]) -> Edit:
    return Edit(match.start(), match.end(), match[0], "injected", "unresolved", 0.5)


def _repeated(matches: object) -> list[Edit]:
    """Tokens that come again and again are sure to be foreign; one alone is only marked."""
    found: list[re.Match[str]] = list(matches)  # type: ignore[call-overload]
    if len(found) >= 2:
        return [Edit(match.start(), match.end(), "", "injected", "removed", 0.95) for match in found]
    return [
        Edit(
            match.start(1) if match.re.groups else match.start(),
            match.end(),
            match[1] if match.re.groups else match[0],
            "injected",
            "unresolved",
            0.5,
        )
        for match in found
    ]


def _is_jammer(run: str) -> bool:
    signs = sum(char in _SIGNS for char in run)
    return signs >= 2 and sum(any(test(char) for char in run) for test in (str.isupper, str.islower, str.isdigit)) >= 2


def _is_sure_jammer(run: str) -> bool:
    """Whether a run mixes letters with signs and figures in a way that nothing else does: `d5 p6 l' z! t8`."""
    mixed = (any(map(str.isalpha, token)) and any(c.isdigit() or c in _SIGNS for c in token) for token in run.split())
    return sum(mixed) >= 4
