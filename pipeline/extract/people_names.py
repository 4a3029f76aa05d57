"""What a name of a person looks like, and where one that begins here ends: Chinese names, and those written by sound.

Which cues announce a name belongs in `people`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extract import tagger
from pipeline.lexicon import Words, any_of, rows, words

HAN = "一-龥"
BREAK = re.compile(r"[\s，。；：、！？,.;:!?（）()《》<>“”\"「」『』‘’\[\]【】—…·|/0-9]")
# Function words that end a name before them. The soft ones also stand in given names (张有为).
_HARD = frozenset("在说到对的是与了也就都将从把被给向等及让们着又还却则仍已很摄")
_NEVER_GIVEN = frozenset("在说到的是与了也就都被把给等们着却仍已很某")
_SOFT = frozenset("和为中来一有以上下去时正")
_SURELY_ENDS = re.compile(r"[一-龥]着|[\s，。；：、,;:）)”]|$|说|表示|介绍|告诉|在|的|家|一家|带领|等|主持")
_VERB = re.compile(
    "随队|随同|挂职|带着|随机|一行|表示|介绍|告诉|主持|出席|参加|调研|深入|前往|强调|要求|指出|认为|先后|率队|率领|带领|带队|陪同|担任|随即|随后|现场|"
    "宣读|传达|通报|汇报|列席|点评|讲解|签署|揭牌|授牌|颁奖|解释|补充|回忆|接到|接待|接受|合作|关于|发来|通过|检查|督导|督查|走访|看望|慰问|宣布|致辞|代表|会见|考察|视察|听取|分别|正在|组织|安排|部署|应邀|建议|说道|坦言|感慨"
)
_SPEAKS = re.compile("说|表示|介绍|告诉|强调|要求|指出|主持|认为|坦言|号召|透露|感慨|宣布|致辞|代表|率队|出席|担任")
_EITHER_OR = re.compile(r"(.)不\1")  # 村民|富不富
TOP = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董程曹袁邓许傅沈彭吕苏卢蒋蔡贾魏薛叶阎潘杜夏钟汪田任姜范方石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
)
_SELDOM_NAMES = frozenset("家师时党过门来位化买满字补海官保多切卡上思员由才星归召库区")  # surnames that are words far oftener
ALSO_WORDS = frozenset("应于任曾和向回")  # others that need a strong cue
_OTHERS = re.compile("等(?:[0-9一二两三四五六七八九十]*人|同志|[。，])")
_PLACE_END = frozenset("省市县区镇乡村州局厅")
LEFT_EDGE = frozenset("在由和与对向是为以被把请给跟据同及到让听")
DOTS = "·•‧・"
_DOT = f"[{DOTS}](?!图文|图片|视频|漫画|互动|专题|专栏)"  # 脱贫攻坚·图文互动 is a column
_CLAUSE_END = re.compile(r"[，。；！？\n]")
_SEEN = 30  # code points to each side that the tagger is shown
MENTIONED_AS_ONE = 2  # times a name stands in a document before its length counts as proven


@cache
def follows() -> re.Pattern[str]:
    """What stands right behind a name: marks, function words, and the verbs of `follows.txt`."""
    marks = r"[\s，。；：、！？,.;:!?（）()“”\"\]】—…0-9]|$|"
    words_of_one = (
        "[在说到对的是与了也就都将从把被给向等和为率带讲拿指笑坐站走看每已正又还作致算家来因自用以当种养靠成及或摄文图今曾于不没]|"
        "[便领发忙从签任总则]|"
    )
    verbs_of_one = "[吃打买卖干喂搬赶掏捧抱背穿骑推端盯扛蹲绑挑撑](?!得)|(?:，)?今年[0-9]|"
    more = "|".join(words("people", "follows.txt"))
    return re.compile(marks + words_of_one + verbs_of_one + more)


@cache
def surnames() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Surnames: common, rare, of two characters."""
    common, rare, *compound = words("people", "surnames.txt")
    return frozenset(common), frozenset(rare), tuple(compound)


@cache
def titles() -> tuple[Words, dict[str, bool]]:
    """The titles that stand before names, and whether a name follows each almost always."""
    strong = {title: strength == "strong" for title, strength in rows("people", "titles.tsv")}
    return Words(strong), strong


@cache
def ethnic() -> re.Pattern[str]:
    """Names by their known parts: 才让|东知, 多杰|太, 韩|玉素夫; a Yi family and two characters: 吉克|木子."""
    part, yi = any_of(words("people", "ethnic.txt")), any_of(words("people", "yi_surnames.txt"))
    ends = "(?=[，。；、,;（(和与及说笑在正]|$)"
    return re.compile(
        f"(?:{part})(?:{part})|(?:{yi})(?:[{HAN}]{{2}}|[{HAN}]{{3}})(?={follows().pattern})|[{HAN}](?:{part})(?:{part})?{ends}|(?:{part})[太加本吉才毛]{ends}"
    )


@cache
def _known_parts() -> Words:
    return Words((*words("people", "ethnic.txt"), *words("people", "yi_surnames.txt")))


def with_known_parts(text: str) -> Iterator[re.Match[str]]:
    """Names with known parts anywhere in a text."""
    end = 0
    for start, _, _ in _known_parts().find(text):
        match = ethnic().match(text, max(start - 1, 0)) or ethnic().match(text, start)
        if match and match.start() >= end:
            end = match.end()
            yield match


# 和 and 不 are words, save after these: 布和, 孟和, 阿不都.
_RARE_SOUND = "(?<=[布孟恩呼])和|(?<=阿)[不卜]|(?<=[·•])如则|(?<=艾)散"


@cache
def _sounds() -> str:
    return "".join(words("people", "sounds.txt")).replace("和", "")


@cache
def dotted() -> re.Pattern[str]:
    """Names of several parts with a dot between them, which are written in characters that stand for sounds."""
    more = "".join(words("people", "sounds_dotted.txt"))
    part = f"(?:[{_sounds()}{more}]|{_RARE_SOUND}){{1,8}}"
    return re.compile(f"{part}(?:{_DOT}{part}){{1,4}}")


@cache
def _dotted_part() -> re.Pattern[str]:
    """Names with a dot behind a title, whatever their characters: 司马义·艾买提."""
    return re.compile(f"[{HAN}]{{1,6}}(?:{_DOT}[{HAN}]{{1,6}}?)*{_DOT}[{HAN}]{{2,6}}?(?={follows().pattern})")


_WORD_AFTER = re.compile(
    "高兴|马上|坦言|希望|提[出醒到]|多次|当[选时天场即]|特[地意别]|来[到说自]|都[说在是]|立[即刻]|加[入快强]|开[始心展]|明[白确]|"
    "通过|努力|利用|因[为此]|于是|日前|今[年天]|萌生|成[为立功]|和[村记他她]|与|及[其时]|才|夫妇|里|家|有|史|文艺"
)


def without_word(text: str, start: int, end: int) -> int:
    """Where a dotted name ends before a word whose first character could still be part of it (努尔旦|高兴)."""
    if end - start <= 4 or text[end - 2] in "·•":
        return end
    return end - 1 if _WORD_AFTER.match(text, end - 1) else end


@cache
def by_sound_only() -> re.Pattern[str]:
    """Mongolian, Tibetan and Yi names without a dot: 巴图孟克, 索朗旺堆, 阿的尔布."""
    return re.compile(f"[{_sounds()}](?:[{_sounds()}]|{_RARE_SOUND}|(?<=阿)的){{2,6}}")


@cache
def _one_part() -> re.Pattern[str]:
    """Names of a single part, which only a title announces: 牧民|多杰."""
    return re.compile(f"(?:{any_of(words('people', 'ethnic.txt'))})(?={follows().pattern})")


# What follows a place and no person.
PLACE_AFTER = re.compile("[省市县区镇乡村州盟旗河江湖山寺沟路站]|苏木|嘎查|社区|街道|草原|沙漠|水库|景区|族")


def is_whole_name(word: str) -> bool:
    """Whether a word by itself, as in a byline, is a name."""
    common, rare, compound = surnames()
    if not re.fullmatch(f"[{HAN}]{{2,4}}", word):
        return False
    if ethnic().fullmatch(word):
        return True
    if word.startswith(compound):
        return len(word) in (3, 4)
    return word[0] in common | rare and len(word) <= 3


def sound_end(text: str, start: int) -> int | None:
    """Where a name written by its sound ends; None where none begins, or where a place does."""
    parts = dotted().match(text, start)
    if parts:
        return without_word(text, *parts.span())
    by_part = ethnic().match(text, start)
    match = by_sound_only().match(text, start) or _one_part().match(text, start)
    if by_part and (match is None or by_part.end() > match.end() or follows().match(text, by_part.end())):
        match = by_part
    if match is None or PLACE_AFTER.match(text, match.end()) or text.startswith(not_names(), start):
        return None
    if match.group().endswith(("斯坦", "尼亚", "利亚")):
        return None  # a country
    known = any(part in match.group() for part in words("people", "ethnic.txt")) or match is by_part
    return match.end() if known or len(match.group()) > 3 or follows().match(text, match.end()) else None


def is_sure(name: str) -> bool:
    """Whether this is a name wherever a cue stands on one side of it only."""
    common, _, compound = surnames()
    if not re.fullmatch(f"[{HAN}]{{2,4}}", name) or name.startswith(not_names()):
        return False
    if name[1] in _NEVER_GIVEN or name[-1] in _HARD or _EITHER_OR.match(name):
        return False
    if ethnic().fullmatch(name) or (name.startswith(compound) and len(name) > 2):
        return True
    return len(name) < 4 and name[-1] not in _PLACE_END and name[0] in common and not titles()[0].find(name[1:])


@cache
def _said() -> frozenset[str]:
    return frozenset(words("people", "speech.txt"))


@cache
def not_names() -> tuple[str, ...]:
    """Words that begin like a name."""
    return words("people", "not_names.txt")


def name_end(text: str, start: int, strong: bool) -> int | None:
    """Where the name ends that begins here, or None if none does.

    What characters alone leave open is asked of the tagger: short names, and those that could be a word.

    Args:
        text: the text.
        start: where the name would begin.
        strong: whether the cue before it is one that names follow almost always.
    """
    parts = dotted().match(text, start) or _dotted_part().match(text, start)
    if parts and not titles()[0].find(parts.group()):
        return without_word(text, *parts.span())
    by_part = ethnic().match(text, start)
    if by_part:
        return by_part.end()
    stop = _by_characters(text, start, strong)
    if stop is None or not tagger.available():
        return None if stop and is_doubtful(text[start:stop]) and not strong else stop
    others = _OTHERS.match(text, stop)
    doubtful = (is_doubtful(text[start:stop]) or (text[start] in ALSO_WORDS and not strong)) and not others
    if not doubtful and (stop - start > 2 or others):
        return stop
    heard = asked(text, start)
    if heard and heard > stop and (_VERB.match(text, stop) or text[stop] in _HARD):
        heard = stop  # 周灵|随队, not 周灵随
    return heard if doubtful or heard else stop if strong else None  # 黄振中|报道, not 黄振|中


def is_doubtful(name: str) -> bool:
    """Whether a name is, or begins with, a common word: 文章, 高超, 安全生."""
    if name.startswith(surnames()[2]):
        return False
    return name[0] in _SELDOM_NAMES or not _lookalikes().isdisjoint((name, name[:2]))


@cache
def _lookalikes() -> frozenset[str]:
    return frozenset(words("people", "lookalikes.txt"))


def _by_characters(text: str, start: int, strong: bool) -> int | None:
    """Where a Chinese name would end by its characters and by what follows."""
    common, rare, compound = surnames()
    if start >= len(text) or text.startswith(not_names(), start) or _EITHER_OR.match(text, start):
        return None
    family = 2 if text.startswith(compound, start) else 1
    if family == 1 and text[start] not in common and not (text[start] in rare and strong):
        # 检察官仲某某: a rare family after a title that other words follow too, if the tagger hears all three characters
        heard = asked(text, start) if text[start] in rare and tagger.available() else None
        return heard if heard == start + 3 else None
    if text.startswith(words("people", "behind.txt"), start + family):
        return None  # 市民|刘女士
    if re.match(f"[{HAN}][ \u3000][{HAN}](?=[\\s）)，,。]|$)", text[start : start + 4]):
        return start + 3  # a name of two, spread to the width of three
    short, long = start + family + 1, start + family + 2
    given = text[start + family : long]
    if not re.match(f"[{HAN}]", given) or given[0] in _NEVER_GIVEN:
        return None
    if len(given) < 2 or not re.match(f"[{HAN}]", given[1]) or given[1] in _HARD:
        return short
    if given in _said():
        return None  # 在会见记者时|表示
    if strong and _VERB.match(text, short) and not _SURELY_ENDS.match(text, long):
        return short  # 谭燕|带领, not 谭燕带|领
    if text[long : long + 1] in ("了", "着", "过", "起") and follows().match(text, short):
        return short  # 卢海|算了笔账
    if text[start] in rare and not _SURELY_ENDS.match(text, long) and not _SURELY_ENDS.match(text, short):
        heard = asked(text, start) if tagger.available() else None
        return heard or (long if strong and follows().match(text, long) else None)
    long_fits, short_fits = bool(follows().match(text, long)), bool(follows().match(text, short))
    if given[1] in _PLACE_END:
        return None
    # 郑以中|担任, 郑春来|说
    given_name = (given[1] == "中" and _VERB.match(text, long)) or (given[1] == "来" and _SPEAKS.match(text, long))
    if given_name:
        return long
    if given[1] in _SOFT and not re.match(r"[\s，。；：、,;:）)]|$", text[long : long + 1]):
        return short
    if long_fits:
        return long
    if short_fits and (strong or given[1] not in "主任"):
        return short
    if text.count(text[start:long]) >= MENTIONED_AS_ONE:
        return long
    if tagger.available():
        return asked(text, start)
    return long if strong and text[start] in TOP else None


def asked(text: str, start: int) -> int | None:
    """Where the tagger ends the name that begins here; it sees the clause around it, since its cost grows with length."""
    floor = max(0, start - _SEEN)
    begin = max((m.end() for m in _CLAUSE_END.finditer(text, floor, start)), default=floor)
    stop = _CLAUSE_END.search(text, start, start + _SEEN)
    clause = text[begin : stop.start() if stop else min(len(text), start + _SEEN)]
    return next((begin + b for a, b in tagger.people(clause) if begin + a == start and 2 <= b - a <= 4), None)
