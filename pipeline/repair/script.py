"""Traditional Chinese to Simplified, where a document or a paragraph is Traditional.

OpenCC does the characters and words; here belong the decision what to convert, and what OpenCC leaves on
machine-made Traditional text: 著 for 着, 陜 for 陕, regional variants, and characters that names keep.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import opencc

from pipeline.lexicon import any_of, rows, words
from pipeline.repair.ledger import Edit

_T2S = opencc.OpenCC("t2s")
_S2T = opencc.OpenCC("s2t")
# Shares of Traditional among the characters that tell: below, a text is Simplified; above, Traditional.
_HANS_BELOW, _HANT_ABOVE = 0.08, 0.92
# A Simplified document may hold a Traditional paragraph, which needs this many telling characters.
_ISLAND = 5
# From so many telling characters on, a text in both scripts is one half converted and not one that quotes.
_HALF = 20
_SURNAMES = "".join(char for char in words("bylines", "surnames.txt")[0])


def _encodable(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only Traditional text has, and those that only Simplified text has."""
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = _T2S.convert("\n".join(han)).split("\n")
    traditional = {a for a, b in zip(han, simple, strict=True) if a != b and not _encodable(a, "gb2312")} | {"陜"}
    simplified = {a for a in han if _encodable(a, "gb2312") and not _encodable(a, "big5hkscs")}
    return frozenset(traditional), frozenset(simplified)


TRADITIONAL, SIMPLIFIED = _telling()
_ANY_TRADITIONAL = re.compile(f"[{''.join(sorted(TRADITIONAL))}]")
_ANY_SIMPLIFIED = re.compile(f"[{''.join(sorted(SIMPLIFIED))}]")
_HAN_END = re.compile(r"[\u3400-\u9fff]$")
_KANA = re.compile(r"[\u3041-\u30fa]")
_CLAUSE = re.compile(r"[^。！？!?；;\n]+")
_SHAANXI = re.compile("陜(?=[西北南甘川省])|(?<=[川甘宁寧秦])陜")
_LEFTOVERS = {row[0]: row[1] for row in rows("script", "leftovers.tsv")}
_PHRASES = {row[0]: row[1] for row in rows("script", "phrases.tsv")}
_PHRASE = re.compile(any_of(_PHRASES))
_NAME = re.compile(
    rf"(?:(?<=[、:：,，。;；(（\s])|(?<=[記记作]者)|(?<=書記)|(?<=[員员長长任師师生民席])|^)"
    rf"[{_SURNAMES}{_S2T.convert(_SURNAMES)}][\u4e00-\u9fff]?[{''.join(words('script', 'kept_in_names.txt'))}]"
    rf"(?![縣县鎮镇鄉乡市部净淨燥旱枯坤隆群杯涸涉支線])",
    re.M,
)


# 著 in a person's name: behind what people are called by, or before it, or behind a byline's label.
_CALLED = (
    "[书書][记記]|[县縣市州区區乡鄉镇鎮村省部局院校社所站处處科队隊厅廳组組会會][长長]|主任|主席|委[员員]|代表|同志|同誌|教授|老[师師]"
    "|[记記]者|通[讯訊][员員]|作者|[编編][辑輯]|[责責]任?[编編][辑輯]?|[摄攝]影|[供撰]稿|特派[员員]|[总總]?经理|[總总]?經理|[医醫]生|先生|女士|村民|党员|黨員|[户戶]主?"
)
_ZHE_SURNAMES = frozenset("向随隨顺順朝当當望看跟带帶和管包应應冒")  # verbs that are surnames as well
_AFTER_ZHE = frozenset("急火慌落手眼力重实實嘴口耳大一了")  # 王著急, 張著嘴
_ALL_SURNAMES = f"[{_SURNAMES}{_S2T.convert(_SURNAMES)}]"
_ZHU_NAME = re.compile(
    rf"(?:(?:{_CALLED})[ \u3000]?(?:[:：][ \u3000]?)?|(?<=[、(（])|^)"
    rf"(?P<name>{_ALL_SURNAMES}(?:著[\u4e00-\u9fff]|[\u4e00-\u9fff]著))"
    rf"(?P<behind>(?:{_CALLED})?)(?P<end>[、，,。;；)）\]】\s：:等和及与與]|[说說][:：,，]|表示|介[绍紹]|[带帶](?:[领領]|著)|[报報][道導导]|[汇匯][报報]|[担擔任]|$)?"
    rf"|(?P<before>{_ALL_SURNAMES}著[\u4e00-\u9fff])(?={_CALLED})",
    re.M,
)


def script_of(text: str) -> str:
    """Hans, Hant or mixed, by the characters that only one of the scripts has; Hans where there are none."""
    if not _ANY_TRADITIONAL.search(text):
        return "Hans"
    share = _share(text)
    return "Hans" if share < _HANS_BELOW else "Hant" if share > _HANT_ABOVE else "mixed"


@lru_cache(maxsize=8192)
def simplified_char(char: str) -> str:
    """One character in its Simplified form."""
    return _LEFTOVERS.get(char) or str(_T2S.convert(char))


def suspicious(text: str) -> bool:
    """Whether anything may have to be converted."""
    return bool(_ANY_TRADITIONAL.search(text))


def find(text: str) -> list[Edit]:
    """Propose to convert what is Traditional.

    Args:
        text: any text.

    Returns:
        One edit a contiguous changed run, sorted. `restored` where the mapping is certain, `inferred` where 著
        might have been itself.
    """
    if not suspicious(text):
        return []
    edits: list[Edit] = []
    everything = script_of(text) == "Hant" or _half_converted(text)
    start = 0
    for line in text.splitlines(keepends=True):
        if _KANA.search(line) and len(_KANA.findall(line)) * 10 > len(line):
            pass  # Japanese
        elif everything or _is_island(line, _ISLAND):
            edits += _line_edits(line, start)
        elif _ANY_TRADITIONAL.search(line):
            edits += _clause_edits(line, start)
        start += len(line)
    return edits


def convert(line: str) -> str:
    """A Traditional line in Simplified characters."""
    return "".join(_converted(line)[0])


def _share(text: str) -> float:
    hant = len(_ANY_TRADITIONAL.findall(text))
    hans = len(_ANY_SIMPLIFIED.findall(text))
    return hant / (hant + hans) if hant else 0.0


def _half_converted(text: str) -> bool:
    """Whether both scripts run through a text, as a converter leaves it that knows only some characters."""
    hant = len(_ANY_TRADITIONAL.findall(text))
    return hant >= _HALF and _share(text) > _HANS_BELOW * 4


def _is_island(part: str, least: int) -> bool:
    """Whether a part of a Simplified text is Traditional; a name or a quoted title is not enough."""
    return len(_ANY_TRADITIONAL.findall(part)) >= least and _share(part) > _HANT_ABOVE


def _clause_edits(line: str, offset: int) -> list[Edit]:
    edits = [Edit(offset + m.start(), offset + m.end(), "陕", "script", "restored") for m in _SHAANXI.finditer(line)]
    for match in _CLAUSE.finditer(line):
        if _is_island(match[0], _ISLAND):
            edits += _line_edits(match[0], offset + match.start())
    return sorted(edits, key=lambda edit: edit.start)


def _line_edits(line: str, offset: int) -> list[Edit]:
    after, doubtful = _converted(line)
    edits: list[Edit] = []
    i = 0
    while i < len(line):
        if line[i] == after[i]:
            i += 1
            continue
        start, doubt = i, i in doubtful
        while i < len(line) and line[i] != after[i] and (i in doubtful) == doubt:
            i += 1
        edits.append(
            Edit(
                offset + start,
                offset + i,
                "".join(after[start:i]),
                "script",
                "inferred" if doubt else "restored",
                0.95 if doubt else 1.0,
            )
        )
    return edits


def _converted(line: str) -> tuple[list[str], set[int]]:
    """The line converted, character by character, and where the conversion is in doubt."""
    whole = _T2S.convert(line)
    # Conversion keeps the length in all of OpenCC's t2s; should a word ever not, its characters go one by one.
    after = list(whole) if len(whole) == len(line) else [simplified_char(char) for char in line]
    for i, char in enumerate(line):
        after[i] = _LEFTOVERS.get(char, after[i])
    for match in _PHRASE.finditer(line):
        after[match.start() : match.end()] = _PHRASES[match[0]]
    for match in _NAME.finditer(line):
        after[match.end() - 1] = line[match.end() - 1]
    doubtful: set[int] = set()
    names = _zhu_in_names(line) if "著" in line else frozenset()
    at = line.find("著")
    while at >= 0:
        particle, doubt = (False, False) if at in names else _is_particle(line, at)
        if particle:
            after[at] = "着"
            doubtful |= {at} if doubt else set()
        at = line.find("著", at + 1)
    return after, doubtful


def _zhu_in_names(line: str) -> frozenset[int]:
    """Where 著 is part of a person's name: `通訊員張著明`, `劉著軍同志`; not in `書記向著群眾` or `主任看著`."""
    found: set[int] = set()
    for match in _ZHU_NAME.finditer(line):
        name = match["name"] or match["before"]
        at = match.start("name" if match["name"] else "before") + name.index("著")
        verb = line[at - 1] in _ZHE_SURNAMES or (name[2:] == "著" and line[at - 1] in words("script", "zhe_verbs.txt"))
        cued = match["before"] or match.start("name") > match.start() or match["end"] is not None
        verb = verb or (name[1] == "著" and name[2] in _AFTER_ZHE)
        if cued and not verb and (name[1] == "著" or match["end"] is not None):
            found.add(at)
    return frozenset(found)


@cache
def _zhu() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    whole = words("script", "zhu_words.txt")
    ahead = [word for word in whole if word.startswith("著")]
    behind = [word for word in whole if not word.startswith("著")]
    return (
        re.compile(any_of(ahead)),
        re.compile(f"(?:{any_of(behind)})$"),
        re.compile(f"(?:{any_of(words('script', 'zhe_verbs.txt'))})$"),
    )


def _is_particle(line: str, at: int) -> tuple[bool, bool]:
    """Whether the 著 here stands for 着, and whether that is in doubt."""
    ahead, behind, verbs = _zhu()
    before = line[max(0, at - 4) : at + 1]
    if behind.search(before):
        return False, False
    verb = bool(verbs.search(before[:-1]))
    if ahead.match(line, at):
        return verb, verb
    follows = line[at + 1 : at + 2]
    if not _HAN_END.search(before[:-1]) and follows not in words("script", "zhe_words.txt"):
        return False, False
    # `魯迅著`, `(張三著)`: an author's name ends a clause, a particle hardly does.
    if not verb and follows and follows in ")）]】":
        return False, False
    return True, False
