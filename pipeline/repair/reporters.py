"""Names of people as bylines give them, alone and with the roles of reporters and correspondents.

Here belongs what may be a name beside a role or in a bracket; names in running text are found in the extraction.
"""

from __future__ import annotations

import re

from pipeline.lexicon import any_of, rows, words

_ROLES = {label: more[0] for label, kind, *more in rows("bylines", "labels.tsv") if kind == "author"}
_SURNAME = "|".join((*words("bylines", "surnames.txt")[1:], f"[{words('bylines', 'surnames.txt')[0]}]"))
# A label is no name, though 通 and 文 are surnames.
_NO_NAME = any_of(word for word in (*words("bylines", "labels.tsv"), *words("bylines", "nobody.txt")) if len(word) > 1)
HAN = r"[\u4e00-\u9fff]"
NAME = (
    rf"(?:(?!{_NO_NAME})(?:{_SURNAME})(?:{HAN}{{1,2}}(?<![摄办局室股])|[ \u3000]{{1,2}}{HAN})(?=摄影?(?!{HAN})|(?!{HAN}))"
    rf"|{HAN}{{1,5}}·{HAN}{{1,6}})"
)
NAMES = rf"{NAME}(?:[ \u3000、,，/;；和&]{{1,3}}{NAME}){{0,7}}"
# What stands alone behind 作者 or 编辑 is somebody, of whatever people, where it is no office.
SOMEBODY = re.compile(r"[\u4e00-\u9fff]{2,7}(?<![部室组局心站社员网报台者办委科处会院司版])")
# Reporters and correspondents in a row, of whatever people: `本报记者 张三 通讯员 次仁多吉`.
_ROLE = (
    r"(?:(?:本报|本网|本台|我县|特约|见习|实习|全媒体|融媒体?|首席|驻站|新媒体){0,3}"
    r"(?P<role>记者|通讯员|通信员|实习生|报道员|撰稿人))"
)
_ANY_ROLE = _ROLE.replace("?P<role>", "?:")
_NAMED = (
    rf"(?!{_ANY_ROLE})(?:{HAN}[ \u3000]{{1,2}}{HAN}(?!{HAN})|{HAN}{{1,8}}(?:·{HAN}{{1,8}}){{1,3}}|{HAN}{{2,5}}?)"
    rf"(?=$|[ \u3000、,，/;；]|{_ANY_ROLE}|(?:摄|摄影|摄影报道|报道|文|图|文/图)$)"
)
# A paper before its reporters: `某某日报记者　次仁多吉`, `某某日报·新某某客户端记者`.
SOURCE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,14}?(?:日报|晚报|报|社|网|台|中心|频道|客户端)·)?"
    r"([\u4e00-\u9fff]{2,14}?(?:日报|晚报|报|社|网|台|中心|频道|客户端))[ \u3000]?"
    r"(?:[\u4e00-\u9fff]{2,12}?(?:办|局|委|部|镇|乡|政府|协|会|院|校|站|所|队|村|社区))?"
    r"(?=(?:见习|特约|全媒体|融媒体|首席|驻站)?(?:记者|通讯员))"
)
NAMES_RE = re.compile(NAMES)
_ROLE_RE, _NAMED_RE, _NAME_RE = re.compile(_ROLE), re.compile(_NAMED), re.compile(NAME)
_LOOSELY = re.compile(r"[ \u3000:：/]{1,4}")
_BETWEEN = re.compile(r"[ \u3000、,，/;；]{0,4}")
_DID = re.compile(r"摄影报道|摄影?|报道|文/图|文|图")
_NO_REPORTER = re.compile(
    r"采访|报道|获悉|供稿|提供|摄影|手记|见闻|观察|来信|调查|感言|日记|视角|点评|注$|按$|之家|协会|证$|节$|们$"
)


def is_names(text: str) -> bool:
    """Whether a text is one or several personal names and nothing else."""
    return bool(NAMES_RE.fullmatch(text.strip()))


def reporters(text: str, glued: bool = False) -> list[tuple[str, str]] | None:
    """Read a text that is reporters and correspondents with their roles and nothing else.

    Args:
        text: the text.
        glued: whether any name may follow its role without a space; else only one that begins with a surname may.

    Returns:
        (name, role) of each, or None.
    """
    people: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        role = _ROLE_RE.match(text, position)
        if not role:
            return None
        position = role.end()
        loose = _LOOSELY.match(text, position)
        position = loose.end() if loose else position
        first = len(people)
        while position < len(text) and (name := _NAMED_RE.match(text, position)):
            if _NO_REPORTER.search(name[0]) or not (SOMEBODY.fullmatch(name[0]) or "·" in name[0] or " " in name[0]):
                return None
            if not loose and not glued and len(people) == first and not _NAME_RE.fullmatch(name[0]):
                return None
            people.append((re.sub(r"[ \u3000]", "", name[0]), _ROLES.get(role[0], role["role"])))
            position = _BETWEEN.match(text, name.end()).end()  # type: ignore[union-attr]
            did = _DID.fullmatch(text, position)
            if did:
                position = len(text)
        if len(people) == first:
            return None
    return people or None
