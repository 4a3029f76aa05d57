"""People of a document: who its titles, bylines, lists and quotations name, and what they are.

Finding names and roles in one document belongs here; whether two documents mean one person is for
`pipeline.link`. A false person is worse than a missed one: what no cue announces is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract import people_offices, tagger
from pipeline.extract.mentions import Mention
from pipeline.extract.people_names import (
    ALSO_WORDS,
    BREAK,
    DOTS,
    HAN,
    LEFT_EDGE,
    MENTIONED_AS_ONE,
    PLACE_AFTER,
    TOP,
    asked,
    by_sound_only,
    dotted,
    ethnic,
    follows,
    is_doubtful,
    is_sure,
    is_whole_name,
    name_end,
    not_names,
    sound_end,
    surnames,
    titles,
    with_known_parts,
    without_word,
)
from pipeline.lexicon import Words, rows, words

if TYPE_CHECKING:
    from pipeline.extract.places import Geography

_ROLE_CUT = re.compile(
    "[的在由和与对向是为了说到给跟让被把从]|邀请|陪同|听取|率领|带领|随同|会同|中共|以及|还有|其中|派出|选派|抽调|来自|组织(?!部|委)|任命|担任|选举|成立以"
)
# What follows the last name of a list.
_TOGETHER = (
    r"[，。；、,;）)（(\s]|$|等|和|及|与|参加|出席|陪同|一同|分别|一起|一道|"
    "也|都|两|俩|三人|二人|夫[妻妇]|每|轮流|共同|先后|正在|说|带|负责|双双|商量|合"
)
_LIST = re.compile(rf"[、 \u3000]|[和与及](?=[一-龥]{{2,3}}(?:{_TOGETHER}))")
# 呼和 between two names of a list, where no other such name makes one expect it.
_SOUND_LISTED = re.compile(rf"[{HAN}]{{2,4}}(?=[、，（(])")
_PHRASE_HEAD = re.compile("(?:^|[，。；：“的])(?=[一-龥]{3})", re.M)
_AT_HOME = re.compile(rf"(?:(?:家住|家在|住在|来自)[^，。；！？\s]{{2,24}}?|岁)的(?=[{HAN}])")
# 县司法局的张某某, 由赵某某兼任: names that nothing else announces; the tagger must take them for names too.
_OF_BODY = re.compile(
    rf"(?:中心|[局院校司社区县乡镇村站所组处会店厂队])的(?=[{HAN}]{{3}})|由(?=[{HAN}]{{2,3}}(?:[兼担]任|负责|牵头))"
)
_ENUMERATION = re.compile(rf"(?:[{HAN}]{{2,4}}、){{2,}}[{HAN}]{{2,4}}")
_SEEN = 30  # code points before a list that the tagger is shown
# Who wrote a paragraph, at its end: （邱某某）, （邱某某 钟某某）.
_SIGNED = re.compile(rf"[。！？”][（(]([{HAN}]{{2,4}}(?:[ \u3000、，][{HAN}]{{2,4}}){{0,3}})[）)]\s*$", re.M)
# 薛某某、汪某某等12名教师: some who stand for many.
_COUNTED = re.compile(
    rf"(?:^|(?<=[\s，。；：由了]))((?:[{HAN}]{{2,3}}、){{0,4}}[{HAN}]{{2,3}})等(?:[0-9]+|[一二两三四五六七八九十百]+)(?:余|多)?[名位人]",
    re.M,
)
# What people do, where no list has it: 帮办员, 蓝莓种植师. A name of three and speech must follow.
_DOES = re.compile(rf"(?<![{HAN}])[{HAN}]{{1,7}}[员师工长户]$")
_THOUGHT = re.compile("新时代|法治思想|生态文明思想|经济思想|外交思想|强军思想|文化思想|同志为核心|理论|思想")


@cache
def _after_names() -> Words:
    return Words((*words("people", "behind.txt"), *words("people", "speech.txt")))


@cache
def _leaders() -> tuple[Words, dict[str, str]]:
    office = {row[0]: row[1] for row in rows("people", "leaders.tsv")}
    return Words(office), office


# Where such names are usual; elsewhere the same characters are rather words.
_PEOPLES = re.compile("西藏|新疆|内蒙古|[藏彝傣怒]族|傈僳|蒙古|哈萨克|维吾尔|柯尔克孜|锡伯|塔吉克|撒拉|东乡族|保安族|[旗盟]$")


def find_people(text: str, title: str | None, bylines: Sequence[tuple[str, str]], geography: Geography) -> list[Mention]:
    """People that a document names.

    Args:
        text: body of the document.
        title: its title.
        bylines: name and role of those who signed it; they have start and end -1.
        geography: where the document is at home.

    Returns:
        Mentions in order of their place, one canonical name a person; those only in title or byline have
        start and end -1.
    """
    home = f"{geography.province} {geography.prefecture} {geography.county}"
    by_sound = any(map(_PEOPLES.search, home.split())) or len(_PEOPLES.findall(text)) > 2
    found = list(_in_part(text, by_sound))
    found += _recurring(text, {m.name for m in found})
    for line in (title or "").splitlines():
        found += [replace(m, start=-1, end=-1) for m in _in_part(line, by_sound)]
    signed = [_person(-1, -1, name, role) for entry, role in bylines for name in _signatures(entry)]
    found += _again(text, found + signed)
    return _one_role_each([*found, *signed])


def beside(people: list[Mention], places: list[Mention]) -> list[Mention]:
    """People without those that are made of a place's full name: 西安市长安区 has no mayor 安区."""
    full = [(m.start, m.end) for m in places if m.start >= 0 and m.surface == m.name and m.level != "natural"]
    return [p for p in people if not any(start < p.end and p.start < end for start, end in full)]


def _signatures(entry: str) -> list[str]:
    """The names in a byline: 张三 李四, 张三、李四, 王 五."""
    entry = entry.strip().replace("\u3000", " ")
    if re.fullmatch(f"[{HAN}] +[{HAN}]", entry):
        entry = entry.replace(" ", "")
    parts = [p for p in re.split(r"[\s、,，/;；]+", entry) if p]
    return [p for p in parts if dotted().fullmatch(p) or by_sound_only().fullmatch(p) or is_whole_name(p)]


def _in_part(text: str, by_sound: bool) -> Iterator[Mention]:
    yield from _national(text)
    yield from _titled(text, by_sound)
    yield from _sounding(text, by_sound)
    yield from _followed(text)
    for match in _AT_HOME.finditer(text):
        stop = (sound_end(text, match.end()) if by_sound else None) or name_end(text, match.end(), False)
        if stop is not None and re.match(r"[，。；、,说在一家正老笑]", text[stop : stop + 1]):
            yield _person(match.end(), stop, text[match.end() : stop], None)
    yield from _of_body(text)
    for told in (people_offices.introduced, people_offices.in_brackets, people_offices.appointed):
        yield from (_person(start, end, text[start:end], office) for start, end, office in told(text))
    yield from _enumerated(text)
    for match in _COUNTED.finditer(text):
        spans = list(_spans_between(text, *match.span(1)))
        if all(is_sure(text[slice(*span)]) and _heard(text, span[0], text[slice(*span)]) for span in spans):
            yield from (_person(*span, text[slice(*span)], None) for span in spans)
    for match in _SIGNED.finditer(text):
        yield from (
            _person(*span, text[slice(*span)], "作者")
            for span in _spans_between(text, *match.span(1))
            if is_sure(name := text[slice(*span)]) and _heard(text, span[0], name)
        )
    for match in re.finditer(r"讯[（(]", text):  # 本报讯(张某某 通讯员 李某某)
        stop = name_end(text, match.end(), True)
        if stop is not None and re.match(r"[\s、）)]", text[stop : stop + 1]):
            yield _person(match.end(), stop, text[match.end() : stop], "作者")


_MANY = 6  # names in one list


def _enumerated(text: str) -> Iterator[Mention]:
    """Names in a list of three or more, of which the tagger takes most for names: 到会的有林某、董某某、吴某某等."""
    if not tagger.available():
        return
    for match in _ENUMERATION.finditer(text):
        (_, first), *spans = _spans_between(text, *match.span())
        spans[-1] = (spans[-1][0], name_end(text, spans[-1][0], False) or spans[-1][0])
        names = [span for span in spans if is_sure(text[slice(*span)])]
        if len(names) < 2:
            continue
        if len(names) >= _MANY and 4 * len(names) >= 3 * len(spans):  # among so many others any name is one
            names = [span for span in spans if 2 <= span[1] - span[0] <= 3]
        floor = max(0, first - _SEEN)
        at = max((m.end() for m in BREAK.finditer(text, floor, first)), default=floor)
        heard = {(at + start, at + end) for start, end in tagger.people(text[at : spans[-1][1]])}
        opening = [span for span in heard if span[1] == first]  # words may stand before the first one
        names += opening
        if len(names) > 2 and 3 * len(heard.intersection(names)) >= 2 * (len(spans) + 1):
            role = _title_before(text, opening[0][0]) if opening else None  # 县级领导张某、王某: all of them are
            yield from (_person(*span, text[slice(*span)], role) for span in names)


def _title_before(text: str, start: int) -> str | None:
    """The title that ends where a name begins, with the body or place before it."""
    floor = max(0, start - 14)
    at = next((floor + a for a, b, _ in titles()[0].find(text[floor:start]) if floor + b == start), None)
    return _role(text, at, text[at:start]) if at is not None else None


def _spans_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the marks of a list."""
    for match in re.compile(f"[{HAN}·]+").finditer(text, start, end):
        yield match.span()


def _of_body(text: str) -> Iterator[Mention]:
    """People of a body whose work is not told, as the tagger confirms."""
    common, rare, _ = surnames()
    families = common | rare
    for match in _OF_BODY.finditer(text):
        start = match.end()
        if text[start] not in families or text.startswith(not_names(), start) or not tagger.available():
            continue
        stop = asked(text, start)
        if stop == start + 3 or (stop == start + 2 and match.group() == "由"):
            yield _person(start, stop, text[start:stop], None)


def _national(text: str) -> Iterator[Mention]:
    matcher, office = _leaders()
    for start, end, name in matcher.find(text):
        if _THOUGHT.match(text, end):
            continue
        if name in ("李强", "韩正", "刘鹤", "陈云", "汪洋", "朱德", "蔡奇") and not re.match(
            "同志|总理|副总理|主席|副主席|委员长|常委", text[end:]
        ):
            continue  # names that others bear too, 汪洋 a word besides
        yield _person(start, end, name, office[name])


def _sounding(text: str, by_sound: bool) -> Iterator[Mention]:
    """Names written by their sound: those with a dot anywhere, others where a phrase begins and speech or a mark follows."""
    for match in dotted().finditer(text) if any(dot in text for dot in DOTS) else ():
        start, end = match.start(), without_word(text, *match.span())
        if not PLACE_AFTER.match(text, end) and end - start > 3:
            title = next((w for w in words("people", "behind.txt") if text.startswith(w, end)), None)
            yield _person(start, end, text[start:end], title)
    if not by_sound:
        return
    parts = words("people", "ethnic.txt")
    for match in (*by_sound_only().finditer(text), *with_known_parts(text)):
        name, before = match.group(), text[max(0, match.start() - 1) : match.start()]
        if len(name) < 4 or not (not before or BREAK.match(before) or before in LEFT_EDGE or before == "的"):
            continue
        fits = follows().match(text, match.end()) and not PLACE_AFTER.match(text, match.end())
        if name.endswith(("山", "河", "江", "湖", "斯坦", "尼亚", "利亚")) and not name.endswith("玉山"):
            continue
        if fits and (match.re is ethnic() or any(part in name for part in parts)):
            yield _person(*match.span(), name, None)


def _titled(text: str, by_sound: bool) -> Iterator[Mention]:
    """Names after a title, and the names listed after such a name."""
    matcher, strength = titles()
    before: tuple[int, str] | None = None  # where the last title ended, and the titles joined up to it
    for start, end, title in matcher.find(text):
        role = _role(text, start, title)
        begins = end - len(role)  # with the body that the title is of: 县委常委、县政府|副县长
        if before and before[0] == begins - 1 and text[begins - 1] in "、兼":
            role = f"{before[1]}{text[begins - 1]}{role}"
        before = (end, role)
        position = end
        gap = re.compile("[ \u3000]*[:：]?[ \u3000]*" if title[-1] in "者员辑编人" else "[ \u3000]?").match(text, end)
        position = gap.end() if gap else end
        stop = sound_end(text, position) if by_sound else None
        if stop is None:
            stop = name_end(text, position, strength[title] and (position == end or title[-1] in "者员辑编"))
        while stop is not None:
            yield _person(position, stop, text[position:stop], role)
            joint = _LIST.match(text, stop)
            if joint is None and by_sound and text[stop : stop + 1] in ("和", "与", "及") and sound_end(text, stop + 1):
                joint = re.compile(".").match(text, stop)
            if joint is None:
                break
            position = joint.end()
            sounding = sound_end(text, position) if by_sound or _SOUND_LISTED.match(text, position) else None
            stop = sounding or name_end(text, position, False)
            if stop is not None and sounding is None and not re.match(_TOGETHER, text[stop:]):
                stop = asked(text, position) if tagger.available() else None


def _role(text: str, start: int, title: str) -> str:
    """A title with the body or place right before it: 城关镇+党委书记."""
    floor = max(0, start - 14)
    begin = max([m.end() for m in BREAK.finditer(text, floor, start)] or [floor])
    begin = max([m.end() for m in _ROLE_CUT.finditer(text, begin, start)] or [begin])
    prefix = text[begin:start]
    return prefix + title if prefix and begin > floor else title


def _followed(text: str) -> Iterator[Mention]:
    """Names before a title (张某某书记) or before speech (张某某说), from a mark or function word on."""
    behind = set(words("people", "behind.txt")) - {"一家", "一行", "夫妇", "同志", "先生", "女士"}
    for start, _, word in _after_names().find(text):
        for size in (3, 2, 4):
            begin = start - size
            if begin < 0:
                continue
            name, does = text[begin:start], None
            if not (begin == 0 or BREAK.match(text[begin - 1]) or text[begin - 1] in LEFT_EDGE):
                does = _DOES.search(text, max(0, begin - 9), begin) if size == 3 else None
                if does is None or name[0] not in TOP:
                    continue
            if is_sure(name) and _heard(text, begin, name):
                yield _person(begin, start, name, does.group() if does else word if word in behind else None)
                break


def _heard(text: str, start: int, name: str) -> bool:
    """Whether the tagger takes a name for one too, where a title or speech behind it is too little to go by."""
    surely = len(name) > 2 and name[0] not in ALSO_WORDS and not is_doubtful(name)
    return surely or not tagger.available() or asked(text, start) == start + len(name)


def _recurring(text: str, known: set[str]) -> Iterator[Mention]:
    """Names without any cue that come back, at the beginning of a phrase, where the tagger takes them for names."""
    if not tagger.available():
        return
    common, rare, _ = surnames()
    families, answers = common | rare, dict[str, bool]()
    for match in _PHRASE_HEAD.finditer(text):
        start = match.end()
        name = text[start : start + 3]
        if (
            text[start : start + 1] not in families
            or name in known
            or text.count(name) < MENTIONED_AS_ONE
            or ethnic().match(text, start)
        ):
            continue
        if name not in answers and is_sure(name) and follows().match(text, start + 3):
            answers[name] = asked(text, start) == start + 3
        if answers.get(name):
            yield _person(start, start + 3, name, None)


def _again(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Every further place where the name of a person found stands."""
    spans = {(m.start, m.end) for m in found}
    names = [n for n in dict.fromkeys(m.name for m in found) if n != "习近平" and (len(n) > 2 or text.count(n) <= 12)]
    for start, end, name in Words(names).find(text) if names else ():
        if not any(a < end and start < b for a, b in spans):
            yield _person(start, end, name, None)


def _one_role_each(found: list[Mention]) -> list[Mention]:
    """Each mention with its own role, or else the first that its person has; nobody twice in one place."""
    roles: dict[str, str] = {}
    for mention in found:
        if mention.role:
            roles.setdefault(mention.name, mention.role)
    in_text = {m.name for m in found if m.start >= 0}
    kept: dict[tuple[int, int, str], Mention] = {}
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not mention.role and mention.name in roles:
            mention = replace(mention, role=roles[mention.name])
        key = (mention.start, mention.end, mention.name)
        if mention.start >= 0 and any(k[0] < mention.end and mention.start < k[1] for k in kept if k != key):
            continue
        old = kept.get(key)
        if old is None or (old.start < 0 and mention.name not in in_text and not old.role):
            kept[key] = mention
    return list(kept.values())


def _person(start: int, end: int, name: str, role: str | None) -> Mention:
    canonical = re.sub(r"[ \u3000]", "", name)
    return Mention(start, end, name, "person", canonical, role=role, confidence=0.9 if role else 0.7)
