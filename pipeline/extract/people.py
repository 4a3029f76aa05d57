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

from pipeline.extract import tagger
from pipeline.extract.lexicon import Words, any_of, rows, words
from pipeline.extract.mentions import Mention

if TYPE_CHECKING:
    from pipeline.extract.places import Geography

_HAN = "一-龥"
_BREAK = re.compile(r"[\s，。；：、！？,.;:!?（）()《》<>“”\"「」『』‘’\[\]【】—…·|/0-9]")
# Function words that end a name before them. The soft ones also stand in given names (张有为).
_HARD = frozenset("在说到对的是与了也就都将从把被给向等及让们着又还却则仍已很")
_NEVER_GIVEN = frozenset("在说到的是与了也就都被把给等们着却仍已很")
_SOFT = frozenset("和为中来一有以上下去时正")
_FOLLOWS = re.compile(
    r"[\s，。；：、！？,.;:!?（）()“”\"\]】—…]|$|[在说到对的是与了也就都将从把被给向等和为率带讲拿指笑坐站走看每已正又还]|"
    "随队|随同|一行|一家|同志|表示|介绍|告诉|主持|出席|参加|调研|深入|前往|强调|要求|指出|认为|先后|率队|率领|带领|带队|陪同|担任|商量|联合|合作|牵头|签约|作|"
    "主动|亲自|随即|随后|现场|今年|去年|当选|通过|实地|检查|督导|督查|督办|走访|看望|慰问|宣布|宣读|致辞|致|代表|传达|"
    "高兴|激动|感慨|坦言|算|家|来|因|自|用|以|当|承包|种植|种|养殖|养|流转|返乡|靠|成|会见|考察|视察|听取|分别|一边|正在|和|及|或|"
    "(?:，)?今年[0-9]|家[中里]|一起|一道|一块|则|老人|老汉|大[爷娘妈叔]|双手|开[的起]|经营|创办|办起|回到|返回|今|[吃打买卖干喂搬赶掏捧抱背穿骑推端盯扛蹲绑挑撑](?!得)|"
    "安排|部署|组织|会同|报道|摄|文|图|今天|昨天|近日|日前|曾|于|不|没|便|收到|领|发|忙|从|签|任|总|书记|县长|主任"
)
_SURELY_ENDS = re.compile(r"[一-龥]着|[\s，。；：、,;:）)”]|$|说|表示|介绍|告诉|在|的|家|一家|带领|等|主持")
_VERB = re.compile(
    "随队|随同|挂职|带着|随机|一行|表示|介绍|告诉|主持|出席|参加|调研|深入|前往|强调|要求|指出|认为|先后|率队|率领|带领|带队|陪同|担任|随即|随后|现场|"
    "通过|检查|督导|督查|走访|看望|慰问|宣布|致辞|代表|会见|考察|视察|听取|分别|正在|组织|安排|部署|应邀|建议|说道|坦言|感慨"
)
_TOP = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董程曹袁邓许傅沈彭吕苏卢蒋蔡贾魏薛叶阎潘杜夏钟汪田任姜范方石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
)
_PLACE_END = frozenset("省市县区镇乡村州局厅")
_LEFT_EDGE = frozenset("在由和与对向是为以被把请给跟据同及到让听")
_ROLE_CUT = re.compile(
    "[的在由和与对向是为了说到给跟让被把从]|邀请|陪同|听取|率领|带领|随同|会同|中共|以及|还有|其中|派出|选派|抽调|来自|组织(?!部|委)|任命|担任|选举"
)
# What follows the last name of a list.
_TOGETHER = (
    r"[，。；、,;）)（(\s]|$|等|和|及|与|参加|出席|陪同|一同|分别|一起|一道|"
    "也|都|两|俩|三人|二人|夫[妻妇]|每|轮流|共同|先后|正在|说|带|负责|双双|商量|合"
)
_LIST = re.compile(rf"[、 \u3000]|[和与及](?=[一-龥]{{2,3}}(?:{_TOGETHER}))")
_DOT = "[·•‧・]"
_PHRASE_HEAD = re.compile("(?:^|[，。；：“的])(?=[一-龥]{3})", re.M)
_AT_HOME = re.compile(rf"(?:(?:家住|家在|住在|来自)[^，。；！？\s]{{2,24}}?|岁)的(?=[{_HAN}])")
# 县司法局的张某某, 由赵某某兼任: names that nothing else announces; the tagger must take them for names too.
_OF_BODY = re.compile(
    rf"(?:中心|[局院校司社区县乡镇村站所组处会店厂队])的(?=[{_HAN}]{{3}})|由(?=[{_HAN}]{{2,3}}(?:[兼担]任|负责|牵头))"
)
# 冉某某是某局的副局长, 张某某今年45岁: who is introduced where a sentence begins.
_INTRODUCED = re.compile(
    rf"(?:^|[。；！？”“])([{_HAN}]{{2,4}})(?:(?:，|今年)+[0-9]{{2,3}}岁|，[男女]，|是(?=([^，。；！？是]{{2,24}}?)[，。；]))",
    re.M,
)
# What people do, where no list has it: 帮办员, 蓝莓种植师. A name of three and speech must follow.
_DOES = re.compile(rf"(?<![{_HAN}])[{_HAN}]{{1,7}}[员师工长户]$")
_THOUGHT = re.compile("新时代|法治思想|生态文明思想|经济思想|外交思想|强军思想|文化思想|同志为核心|理论|思想")
_CLAUSE_END = re.compile(r"[，。；！？\n]")
_SEEN = 30  # code points to each side that the tagger is shown
_MENTIONED_AS_ONE = 2  # times a name stands in a document before its length counts as proven


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    common, rare, *compound = words("people", "surnames.txt")
    return frozenset(common), frozenset(rare), tuple(compound)


@cache
def _titles() -> tuple[Words, dict[str, bool]]:
    strong = {title: strength == "strong" for title, strength in rows("people", "titles.tsv")}
    return Words(strong), strong


@cache
def _after_names() -> Words:
    return Words((*words("people", "behind.txt"), *words("people", "speech.txt")))


@cache
def _leaders() -> tuple[Words, dict[str, str]]:
    office = {row[0]: row[1] for row in rows("people", "leaders.tsv")}
    return Words(office), office


@cache
def _ethnic() -> re.Pattern[str]:
    """Names by their known parts: 才让|东知, 多杰|太, 韩|玉素夫; a Yi family and two characters: 吉克|木子."""
    part, yi = any_of(words("people", "ethnic.txt")), any_of(words("people", "yi_surnames.txt"))
    ends = "(?=[，。；、,;（(和与及说笑在正]|$)"
    return re.compile(
        f"(?:{part})(?:{part})|(?:{yi})(?:[{_HAN}]{{2}}|[{_HAN}]{{3}})(?={_FOLLOWS.pattern})|[{_HAN}](?:{part})(?:{part})?{ends}|(?:{part})[太加本吉才毛]{ends}"
    )


# 和 and 不 are words, save after these: 布和, 孟和, 阿不都.
_RARE_SOUND = "(?<=[布孟恩呼])和|(?<=阿)[不卜]"


@cache
def _sounds() -> str:
    return "".join(words("people", "sounds.txt")).replace("和", "")


@cache
def _dotted() -> re.Pattern[str]:
    """Names of several parts with a dot between them, which are written in characters that stand for sounds."""
    part = f"(?:[{_sounds()}]|{_RARE_SOUND}){{1,8}}"
    return re.compile(f"{part}(?:{_DOT}{part}){{1,4}}")


_WORD_AFTER = re.compile(
    "高兴|马上|坦言|希望|提[出醒到]|多次|当[选时天场即]|特[地意别]|来[到说自]|都[说在是]|立[即刻]|加[入快强]|开[始心展]|明[白确]|"
    "通过|努力|利用|因[为此]|于是|日前|今[年天]|萌生|成[为立功]|和[村记他她]|与|及[其时]|才|夫妇|里|家|有|史|文艺"
)


def _without_word(text: str, start: int, end: int) -> int:
    """Where a dotted name ends before a word whose first character could still be part of it (努尔旦|高兴)."""
    if end - start <= 4 or text[end - 2] in "·•":
        return end
    return end - 1 if _WORD_AFTER.match(text, end - 1) else end


@cache
def _by_sound() -> re.Pattern[str]:
    """Mongolian, Tibetan and Yi names without a dot: 巴图孟克, 索朗旺堆, 阿的尔布."""
    return re.compile(f"[{_sounds()}](?:[{_sounds()}]|{_RARE_SOUND}|(?<=阿)的){{2,6}}")


@cache
def _one_part() -> re.Pattern[str]:
    """Names of a single part, which only a title announces: 牧民|多杰."""
    return re.compile(f"(?:{any_of(words('people', 'ethnic.txt'))})(?={_FOLLOWS.pattern})")


# Where such names are usual; elsewhere the same characters are rather words.
_PEOPLES = re.compile("西藏|新疆|内蒙古|[藏彝傣怒]族|傈僳|蒙古|哈萨克|维吾尔|柯尔克孜|锡伯|塔吉克|撒拉|东乡族|保安族|[旗盟]$")
# What follows a place and no person.
_PLACE_AFTER = re.compile("[省市县区镇乡村州盟旗河江湖山寺沟路站]|苏木|嘎查|社区|街道|草原|沙漠|水库|景区|族")


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


def _signatures(entry: str) -> list[str]:
    """The names in a byline: 张三 李四, 张三、李四, 王 五."""
    entry = entry.strip().replace("\u3000", " ")
    if re.fullmatch(f"[{_HAN}] +[{_HAN}]", entry):
        entry = entry.replace(" ", "")
    parts = [p for p in re.split(r"[\s、,，/;；]+", entry) if p]
    return [p for p in parts if _dotted().fullmatch(p) or _by_sound().fullmatch(p) or _is_whole_name(p)]


def _is_whole_name(word: str) -> bool:
    common, rare, compound = _surnames()
    if not re.fullmatch(f"[{_HAN}]{{2,4}}", word):
        return False
    if _ethnic().fullmatch(word):
        return True
    if word.startswith(compound):
        return len(word) in (3, 4)
    return word[0] in common | rare and len(word) <= 3


def _in_part(text: str, by_sound: bool) -> Iterator[Mention]:
    yield from _national(text)
    yield from _titled(text, by_sound)
    yield from _sounding(text, by_sound)
    yield from _followed(text)
    for match in _AT_HOME.finditer(text):
        stop = (_sound_end(text, match.end()) if by_sound else None) or _name_end(text, match.end(), False)
        if stop is not None and re.match(r"[，。；、,说在一家正老笑]", text[stop : stop + 1]):
            yield _person(match.end(), stop, text[match.end() : stop], None)
    yield from _of_body(text)
    yield from _introduced(text)
    for match in re.finditer(r"讯[（(]", text):  # 本报讯(张某某 通讯员 李某某)
        stop = _name_end(text, match.end(), True)
        if stop is not None and re.match(r"[\s、）)]", text[stop : stop + 1]):
            yield _person(match.end(), stop, text[match.end() : stop], "作者")


def _introduced(text: str) -> Iterator[Mention]:
    """Who is introduced: 冉某某是某局副局长, 张某某今年45岁."""
    titles = tuple(_titles()[1])
    for match in _INTRODUCED.finditer(text):
        name, office = match.groups()
        title = max((t for t in titles if office.endswith(t)), key=len, default=None) if office else None
        if _is_sure(name) and (title or (not office and text[match.end(1)] != "是")):
            yield _person(*match.span(1), name, title)


def _of_body(text: str) -> Iterator[Mention]:
    """People of a body whose work is not told, as the tagger confirms."""
    common, _, _ = _surnames()
    for match in _OF_BODY.finditer(text):
        start = match.end()
        if text[start] not in common or text.startswith(_not_names(), start) or not tagger.available():
            continue
        stop = _asked(text, start)
        if stop == start + 3 or (stop == start + 2 and match.group() == "由"):
            yield _person(start, stop, text[start:stop], None)


def _national(text: str) -> Iterator[Mention]:
    matcher, office = _leaders()
    for start, end, name in matcher.find(text):
        if name == "习近平" and _THOUGHT.match(text, end):
            continue
        if name in ("李强", "韩正", "刘鹤", "陈云", "汪洋", "朱德", "蔡奇") and not re.match(
            "同志|总理|副总理|主席|副主席|委员长|常委", text[end:]
        ):
            continue  # names that others bear too, 汪洋 a word besides
        yield _person(start, end, name, office[name])


def _sounding(text: str, by_sound: bool) -> Iterator[Mention]:
    """Names written by their sound: those with a dot anywhere, others where a phrase begins and speech or a mark follows."""
    for match in _dotted().finditer(text):
        start, end = match.start(), _without_word(text, *match.span())
        if not _PLACE_AFTER.match(text, end) and end - start > 3:
            title = next((w for w in words("people", "behind.txt") if text.startswith(w, end)), None)
            yield _person(start, end, text[start:end], title)
    if not by_sound:
        return
    parts = words("people", "ethnic.txt")
    for match in (*_by_sound().finditer(text), *_ethnic().finditer(text)):
        name, before = match.group(), text[max(0, match.start() - 1) : match.start()]
        if len(name) < 4 or not (not before or _BREAK.match(before) or before in _LEFT_EDGE or before == "的"):
            continue
        follows = _FOLLOWS.match(text, match.end()) and not _PLACE_AFTER.match(text, match.end())
        if name.endswith(("山", "河", "江", "湖")) and not name.endswith("玉山"):
            continue
        if follows and (match.re is _ethnic() or any(part in name for part in parts)):
            yield _person(*match.span(), name, None)


def _titled(text: str, by_sound: bool) -> Iterator[Mention]:
    """Names after a title, and the names listed after such a name."""
    matcher, strength = _titles()
    before: tuple[int, str] | None = None  # where the last title ended, and the titles joined up to it
    for start, end, title in matcher.find(text):
        role = _role(text, start, title)
        if before and before[0] == start - 1 and text[start - 1] in "、兼":
            role = f"{before[1]}{text[start - 1]}{title}"
        before = (end, role)
        position = end
        gap = re.compile("[ \u3000]*[:：]?[ \u3000]*" if title[-1] in "者员辑编人" else "[ \u3000]?").match(text, end)
        position = gap.end() if gap else end
        stop = _sound_end(text, position) if by_sound else None
        if stop is None:
            stop = _name_end(text, position, strength[title] and (position == end or title[-1] in "者员辑编"))
        while stop is not None:
            yield _person(position, stop, text[position:stop], role)
            joint = _LIST.match(text, stop)
            if joint is None and by_sound and text[stop : stop + 1] in ("和", "与", "及") and _sound_end(text, stop + 1):
                joint = re.compile(".").match(text, stop)
            if joint is None:
                break
            position = joint.end()
            sounding = _sound_end(text, position) if by_sound else None
            stop = sounding or _name_end(text, position, False)
            if stop is not None and sounding is None and not re.match(_TOGETHER, text[stop:]):
                stop = _asked(text, position) if tagger.available() else None


def _sound_end(text: str, start: int) -> int | None:
    """Where a name written by its sound ends; None where none begins, or where a place does."""
    dotted = _dotted().match(text, start)
    if dotted:
        return _without_word(text, *dotted.span())
    ethnic = _ethnic().match(text, start)
    match = _by_sound().match(text, start) or _one_part().match(text, start)
    if ethnic and (match is None or ethnic.end() > match.end() or _FOLLOWS.match(text, ethnic.end())):
        match = ethnic
    if match is None or _PLACE_AFTER.match(text, match.end()) or text.startswith(_not_names(), start):
        return None
    known = any(part in match.group() for part in words("people", "ethnic.txt")) or match is ethnic
    return match.end() if known or len(match.group()) > 3 or _FOLLOWS.match(text, match.end()) else None


def _role(text: str, start: int, title: str) -> str:
    """A title with the body or place right before it: 城关镇+党委书记."""
    floor = max(0, start - 14)
    begin = max([m.end() for m in _BREAK.finditer(text, floor, start)] or [floor])
    begin = max([m.end() for m in _ROLE_CUT.finditer(text, begin, start)] or [begin])
    prefix = text[begin:start]
    return prefix + title if prefix and begin > floor else title


def _followed(text: str) -> Iterator[Mention]:
    """Names before a title (张某某书记) or before speech (张某某说), from a mark or function word on."""
    titles = set(words("people", "behind.txt")) - {"一家", "一行", "夫妇"}
    for start, _, word in _after_names().find(text):
        for size in (3, 2, 4):
            begin = start - size
            if begin < 0:
                continue
            name, does = text[begin:start], None
            if not (begin == 0 or _BREAK.match(text[begin - 1]) or text[begin - 1] in _LEFT_EDGE):
                does = _DOES.search(text, max(0, begin - 9), begin) if size == 3 else None
                if does is None or name[0] not in _TOP:
                    continue
            if _is_sure(name):
                yield _person(begin, start, name, does.group() if does else word if word in titles else None)
                break


def _recurring(text: str, known: set[str]) -> Iterator[Mention]:
    """Names without any cue that come back, at the beginning of a phrase, where the tagger takes them for names."""
    if not tagger.available():
        return
    common, rare, _ = _surnames()
    families, asked = common | rare, dict[str, bool]()
    for match in _PHRASE_HEAD.finditer(text):
        start = match.end()
        name = text[start : start + 3]
        if (
            text[start : start + 1] not in families
            or name in known
            or text.count(name) < _MENTIONED_AS_ONE
            or _ethnic().match(text, start)
        ):
            continue
        if name not in asked and _is_sure(name) and _FOLLOWS.match(text, start + 3):
            asked[name] = _asked(text, start) == start + 3
        if asked.get(name):
            yield _person(start, start + 3, name, None)


def _is_sure(name: str) -> bool:
    common, _, compound = _surnames()
    if not re.fullmatch(f"[{_HAN}]{{2,4}}", name) or name.startswith(_not_names()):
        return False
    if name[1] in _NEVER_GIVEN or name[-1] in _HARD:
        return False
    if _ethnic().fullmatch(name) or (name.startswith(compound) and len(name) > 2):
        return True
    return len(name) < 4 and name[-1] not in _PLACE_END and name[0] in common and not _titles()[0].find(name[1:])


@cache
def _not_names() -> tuple[str, ...]:
    return words("people", "not_names.txt")


def _name_end(text: str, start: int, strong: bool) -> int | None:
    """Where the name ends that begins here, or None if none does.

    Args:
        text: the text.
        start: where the name would begin.
        strong: whether the cue before it is one that names follow almost always.
    """
    dotted = _dotted().match(text, start)
    if dotted:
        return _without_word(text, *dotted.span())
    ethnic = _ethnic().match(text, start)
    if ethnic:
        return ethnic.end()
    common, rare, compound = _surnames()
    if start >= len(text) or text.startswith(_not_names(), start):
        return None
    family = 2 if text.startswith(compound, start) else 1
    if family == 1 and text[start] not in common and not (text[start] in rare and strong):
        return None
    if re.match(f"[{_HAN}][ \u3000][{_HAN}](?=[\\s）)，,。]|$)", text[start : start + 4]):
        return start + 3  # a name of two, spread to the width of three
    short, long = start + family + 1, start + family + 2
    given = text[start + family : long]
    if not re.match(f"[{_HAN}]", given) or given[0] in _NEVER_GIVEN:
        return None
    if len(given) < 2 or not re.match(f"[{_HAN}]", given[1]) or given[1] in _HARD:
        return short
    if strong and _VERB.match(text, short) and not _SURELY_ENDS.match(text, long):
        return short  # 谭燕|带领, not 谭燕带|领
    if text[long : long + 1] in ("了", "着", "过", "起") and _FOLLOWS.match(text, short):
        return short  # 卢海|算了笔账
    if text[start] in rare and not _SURELY_ENDS.match(text, long) and not _SURELY_ENDS.match(text, short):
        return _asked(text, start) if tagger.available() else None
    long_fits, short_fits = bool(_FOLLOWS.match(text, long)), bool(_FOLLOWS.match(text, short))
    if given[1] in _PLACE_END:
        return None
    if given[1] in _SOFT and not re.match(r"[\s，。；：、,;:）)]|$", text[long : long + 1]):
        return short
    if long_fits:
        return long
    if short_fits and (strong or given[1] not in "主任"):
        return short
    if text.count(text[start:long]) >= _MENTIONED_AS_ONE:
        return long
    if tagger.available():
        return _asked(text, start)
    return long if strong and text[start] in _TOP else None


def _asked(text: str, start: int) -> int | None:
    """Where the tagger ends the name that begins here; it sees the clause around it, since its cost grows with length."""
    floor = max(0, start - _SEEN)
    begin = max((m.end() for m in _CLAUSE_END.finditer(text, floor, start)), default=floor)
    stop = _CLAUSE_END.search(text, start, start + _SEEN)
    clause = text[begin : stop.start() if stop else min(len(text), start + _SEEN)]
    return next((begin + b for a, b in tagger.people(clause) if begin + a == start and 2 <= b - a <= 4), None)


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
        mention = replace(mention, role=mention.role or roles.get(mention.name))
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
