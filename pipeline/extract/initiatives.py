"""Campaigns and mechanisms of a document: what higher levels launched, and how a place says it works.

Known names, and joining the names that mean one thing within a document, belong here; the grammar of naming
is in `pipeline.extract.initiative_names`, joining across documents in `pipeline.link`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.initiative_names import names
from pipeline.extract.initiative_words import QUOTES, Name
from pipeline.extract.mentions import Mention
from pipeline.lexicon import Words, rows

if TYPE_CHECKING:
    from pipeline.extract.places import Geography

# Marks that differ from writer to writer within one name: left out, or made one, before known names are sought.
_DROPPED = QUOTES + " \u3000《》"
_FOLD = str.maketrans({**dict.fromkeys(_DROPPED), ",": "、", "，": "、", "(": "（", ")": "）", "＋": "+"})
# 乡村振兴局 is a body, not the campaign; 脱贫攻坚指挥部 likewise names one.
_BODY_AFTER = re.compile("局|办公室|办(?![法理学好事得公])|指挥部|领导小组")
# 苏陕协作, 粤黔东西部协作: two provinces that the centre made partners.
_PAIRED_PROVINCES = re.compile("[京津沪苏浙闽粤鲁辽][内蒙桂渝川黔滇藏陕甘青宁新疆赣豫湘鄂冀](?:东西部|扶贫)?协作(?!机制)")

_WHOSE_CHIEF = re.compile("(?:推行|实行|落实|建立|推广|设立)(?:了)?((?!全面|健全|完善)[一-龥]{2})$")
# 平安龙江建设, 清廉商丘建设: what a place is to become.
_OF_PLACE = re.compile(
    "((?:平安|法治|清廉|廉洁|数字|智慧|健康|绿美|诚信|信用|书香|无废)(?!中国|乡村|农村|城市|城镇|社会|社区|政府|机关|校园|学校|企业|医院|医疗|家庭|村居|单元|"
    "经济|产业|文化|体系|基础|管理|平台|政务|乡镇|县城|工程|建设|景区|交通|农业|水利)[一-龥]{2}建设)(?!用地|者|局|项目)"
)


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    type: str
    short: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 0)
    components: tuple[str, ...] = ()


@cache
def _known() -> tuple[Words, dict[str, _Known]]:
    by_form: dict[str, _Known] = {}
    for name, others, first, last, short in _padded("campaigns.tsv", 5):
        known = _Known(name, "campaign", _split(short), (int(first or 0), int(last or first or 0)))
        by_form.update(dict.fromkeys((_folded(form) for form in (name, *_split(others))), known))
    for name, others, parts in _padded("mechanisms.tsv", 3):
        known = _Known(name, "mechanism", components=tuple(p for p in parts.split(",") if p))
        for form in (name, *_split(others)):
            by_form.setdefault(_folded(form), known)
    return Words(by_form), by_form


def find_initiatives(text: str, title: str | None, geography: Geography, year: int | None = None) -> list[Mention]:
    """Campaigns and mechanisms that a document names.

    Args:
        text: body of the document.
        title: its title, with the subtitle on a line of its own where there is one.
        geography: where the document is at home; mechanisms belong to that county.
        year: when it was published; it says which campaign a bare 主题教育 means.

    Returns:
        Mentions in order of their place; those only in the title have start and end -1. `name` carries quotation
        marks and head (“三单制”管理), `surface` is the kernel as written.
    """
    own = tuple(name for name in (geography.county, geography.prefecture, geography.province) if name)
    found = [*_in_part(text, False, own, year)]
    for line in (title or "").splitlines():
        found += [replace(m, start=-1, end=-1) for m in _in_part(line, True, own, year)]
    found = _as_one(found)
    found += _repeated(text, found)
    home = geography.county_code
    seen: set[tuple[int, int, str]] = set()
    result = []
    in_text = {m.name for m in found if m.start >= 0}
    for mention in sorted(found, key=lambda m: (m.start, m.end)):
        key = (mention.start, mention.end, mention.name)
        if key in seen or (mention.start < 0 and mention.name in in_text):
            continue
        seen.add(key)
        result.append(replace(mention, county_code=home) if mention.type == "mechanism" else mention)
    return result


def _in_part(text: str, heading: bool, own: tuple[str, ...], year: int | None) -> list[Mention]:
    known = list(_known_in(text, year))
    spans = [(m.start, m.end) for m in known]
    named = [_without_place(_mention(n), own) for n in names(text, heading)]
    return known + [m for m in named if not any(a < m.end and m.start < b for a, b in spans)]


def _without_place(mention: Mention, own: tuple[str, ...]) -> Mention:
    """宁陕县全域整治行动 is 全域整治行动 in that county's own documents."""
    for place in own:
        if mention.name.startswith(place) and mention.surface == mention.name:
            rest = mention.name[len(place) :]
            return replace(mention, start=mention.start + len(place), surface=rest, name=rest)
    return mention


def _mention(name: Name) -> Mention:
    return Mention(
        name.start,
        name.end,
        name.kernel,
        name.type,
        name.full,
        components=name.components,
        confidence=name.confidence,
    )


def _known_in(text: str, year: int | None) -> Iterator[Mention]:
    """Known names, however they are punctuated, and the short forms of those that were named in full."""
    words, by_form = _known()
    folded = _folded(text)
    hits = words.find(folded)
    # Where each character of the folded text stands in the text; only needed where there is a hit.
    at = [i for i, c in enumerate(text) if c not in _DROPPED] if hits else []
    spans, short = [], {}
    for begin, stop, form in hits:
        known = by_form[form]
        if (known.type == "campaign" or form.endswith("长制")) and _BODY_AFTER.match(folded, stop):
            continue
        start, end = at[begin], at[stop - 1] + 1
        end += text.startswith("制度", end - 1)  # “揭榜挂帅”制|度
        if text[start - 1 : start] == "”" and form.endswith(("行动", "工程", "活动")) and len(form) < 5:
            continue  # “冬防保供”百日行动
        if text[start - 1 : start] == "“" and 0 < text.find("”", end) - end < 5 and "”" not in text[start:end]:
            continue  # “放管服效” is more than 放管服
        if known.type == "mechanism" and form.endswith("长制") and (own := _WHOSE_CHIEF.search(text, max(0, start - 6), start)):
            yield Mention(own.start(1), end, text[own.start(1) : end], "mechanism", text[own.start(1) : end], confidence=0.8)
            spans.append((own.start(1), end))
            continue  # 河道|警长制 is another than 警长制
        if _in_formula(text, start, end, known.type == "mechanism"):
            continue  # “河湖长+检察长” is a mechanism of its own
        start, end = _with_quotes(text, start, end)
        spans.append((start, end))
        short.update({form: known for form in known.short if form not in short})
        yield Mention(start, end, text[start:end], known.type, known.name, components=known.components)
    for match in _OF_PLACE.finditer(text):
        yield Mention(match.start(1), match.end(1), match[1], "campaign", match[1], confidence=0.7)
    for match in _PAIRED_PROVINCES.finditer(text):
        yield Mention(*match.span(), match[0], "campaign", match[0])
    if not short and "主题教育" in text and not re.search('[”」"](?:第[一二三]批)?主题教育', text):
        short["主题教育"] = _of_year("主题教育", year) or _Known("主题教育", "campaign")
    for form in sorted(short, key=len, reverse=True):
        for start, end in _places_of(form, text):
            if not any(a < end and start < b for a, b in spans):
                spans.append((start, end))
                yield Mention(start, end, form, "campaign", short[form].name)


def _of_year(short: str, year: int | None) -> _Known | None:
    """The campaign that a short form means in a year; None where it is not one only."""
    running = {k.name: k for k in _known()[1].values() if year and short in k.short and k.years[0] <= year <= k.years[1]}
    return next(iter(running.values())) if len(running) == 1 else None


def _in_formula(text: str, start: int, end: int, listed: bool) -> bool:
    """Whether a place is one of the terms of a quoted sum, and not all of it; or, if `listed`, of any quoted list."""
    begin, stop = text.rfind("“", max(0, start - 24), start), text.find("”", start, end + 24)
    inner = text[begin + 1 : stop] if begin >= 0 and stop >= 0 else ""
    return (
        (end - start < len(inner) or (0 <= stop < end and start > begin + 1))
        and "”" not in inner
        and ("+" in inner or "＋" in inner or _evenly_listed(inner) or (listed and "、" in inner))
    )


def _evenly_listed(inner: str) -> bool:
    """一窗受理、一站结算: items of one length, so one name in all."""
    parts = re.split("[、,，]", inner)
    return len(parts) > 1 and len({len(part) for part in parts}) == 1


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the quotation mark it begins with, if the closing one lies inside, and the other way round."""
    inside = text[start:end]
    if start and text[start - 1] in '“「"《' and any(c in inside for c in '”」"》') and inside.count("“") < inside.count("”") + 1:
        return start - 1, end
    if end < len(text) and text[end] in "”」》" and any(c in inside for c in "“「《"):
        return start, end + 1
    return start, end


def _as_one(found: list[Mention]) -> list[Mention]:
    """One name for mentions of one kernel: the first with a head; and the components that any of them gives."""
    best: dict[str, Mention] = {}
    for mention in found:
        key = _folded(mention.surface)
        old = best.get(key)
        if old is None or (_is_bare(old), -old.confidence) > (_is_bare(mention), -mention.confidence):
            best[key] = replace(mention, components=mention.components or (old.components if old else ()))
        elif not old.components and mention.components:
            best[key] = replace(old, components=mention.components)
    # “双联”行动 and 双联行动 are one.
    by_plain: dict[str, Mention] = {}
    for mention in best.values():
        by_plain.setdefault(_folded(mention.name), mention)
    # 一周一会诊 alone means 一周一会诊、半月一督查 where the document names both together.
    for mention in list(best.values()):
        for part in mention.components:
            if (part in best and mention.surface.startswith(part)) or mention.surface.endswith("、" + part):
                by_plain.setdefault(part, mention)
                if part in best:
                    best[part] = mention
    result = []
    for mention in found:
        one = best[_folded(mention.surface)]
        one = by_plain.get(_folded(one.name), one)
        if one is not mention:
            mention = replace(mention, name=one.name, type=one.type, components=one.components, confidence=one.confidence)
        result.append(mention)
    return result


def _repeated(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Further places where a name stands without its quotation marks or head."""
    spans = [(m.start, m.end) for m in found if m.start >= 0]
    for surface, mention in {m.surface: m for m in found}.items():
        if len(surface) < 3 or surface.isdigit() or mention.name == "主题教育":
            continue
        for start, end in _places_of(surface, text):
            if not any(a < end and start < b for a, b in spans):
                spans.append((start, end))
                yield replace(mention, start=start, end=end)


def _places_of(surface: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a text; a pattern of it would have to be compiled."""
    start = text.find(surface)
    while start >= 0:
        end = start + len(surface)
        yield start, end
        start = text.find(surface, end)


def _is_bare(mention: Mention) -> bool:
    return mention.name.strip(QUOTES) == mention.surface.strip(QUOTES)


def _folded(text: str) -> str:
    return text.translate(_FOLD)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _padded(file: str, width: int) -> Iterator[tuple[str, ...]]:
    for row in rows("initiatives", file):
        yield (*row, *[""] * (width - len(row)))
