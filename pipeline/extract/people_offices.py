"""People and their office, where a sentence or brackets tell it: introductions, committees, appointments.

Titles right before or behind a name belong in `people`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract import tagger
from pipeline.extract.people_names import HAN, asked, is_doubtful, is_sure, is_whole_name, not_names, titles

# 冉某某是某局的副局长, 张某某今年45岁: who is introduced where a sentence begins.
_INTRODUCED = re.compile(
    rf"(?:^|[。；！？”“])([{HAN}]{{2,4}})(?:(?:，|今年)+[0-9]{{2,3}}岁|，[男女]，|是(?=([^，。；！？是]{{2,24}}?)[，。；]))",
    re.M,
)
_IN_BRACKETS = re.compile(
    rf"(?:^|(?<=[\s：:、，,；;。（(及和与]))([{HAN}](?:[ \u3000]{{1,2}}[{HAN}]|[{HAN}]{{1,3}}))"
    r"[（(]([^（）()。；\n]{2,40})[）)]",
    re.M,
)
_NAME = f"(?:(?!的)[{HAN}]){{2,4}}"
_NAMES = f"(?P<names>{_NAME}(?:、{_NAME})*)(?:[（(][男女一-龥，、]{{1,12}}[）)])?(?:等?同志)?"
_POST = r"(?P<post>[^，。；：！？\n、（）()]{2,40}?)(?=[，。；、（(\n]|$)"
# 任命某某为某局局长, 免去某某的某某职务, 某某任某局局长: what a notice says of offices.
_APPOINTED = (
    re.compile(
        rf"(?:决定)?(?:任命|聘任|聘请|推选|选举|选出|提名|任用|补选|推荐|公推|增选|改选)(?:了)?{_NAMES}(?:担任|兼任|当选|为|任)+(?:了)?{_POST}"
    ),
    re.compile(
        rf"(?:免去|免除|撤销|撤去|终止)了?{_NAMES}的?(?P<post>[^，。；：\n（）()]{{2,40}}?)(?:等)?(?:职务|职)(?=[，。；、（(\n]|$)"
    ),
    re.compile(
        rf"(?:^|[，。；：、\s])(?P<names>[{HAN}]{{2,3}})(?:同志)?(?:[现拟调兼改继]?任|担任|兼任|出任|当选为?|为){_POST}", re.M
    ),
)


def introduced(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Who is introduced, 冉某某是某局副局长, 张某某今年45岁: start, end and office."""
    offices = tuple(titles()[1])
    for match in _INTRODUCED.finditer(text):
        name, office = match.groups()
        title = max((t for t in offices if office.endswith(t)), key=len, default=None) if office else None
        if is_sure(name) and (title or (not office and text[match.end(1)] != "是")):
            yield *match.span(1), title


def in_brackets(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Names with their office in brackets, as in lists of a committee, 阙某（县政府县长）: start, end and office."""
    offices = tuple(titles()[1])
    for match in _IN_BRACKETS.finditer(text):
        name, office = re.sub("[ \u3000]", "", match[1]), match[2]
        if office.endswith(offices) and (is_sure(name) or (is_whole_name(name) and not name.startswith(not_names()))):
            yield *match.span(1), office


def appointed(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Who is given an office or loses one, 任命某某为县教育局局长: start, end and office."""
    offices = tuple(titles()[1])
    told = -1  # the end of the last appointment; those that follow in its sentence need no verb: 任命甲为镇长，乙为副镇长
    found = sorted((match for pattern in _APPOINTED for match in pattern.finditer(text)), key=lambda match: match.start("names"))
    for match in found:
        if not match["post"].endswith(offices):
            continue
        by_verb = match.re is not _APPOINTED[-1] or (told >= 0 and "。" not in text[told : match.start()])
        for name in re.compile(f"[{HAN}]{{2,4}}").finditer(text, *match.span("names")):
            if is_whole_name(name[0]) and not name[0].startswith(not_names()) and (by_verb or _holds(text, name)):
                told = match.end() if by_verb else told
                yield *name.span(), match["post"]


def _holds(text: str, name: re.Match[str]) -> bool:
    """Whether it is a name that holds the office, where no appointment is spoken of."""
    if len(name[0]) == 3 and not is_doubtful(name[0]) and (is_sure(name[0]) or not text.startswith("为", name.end())):
        return True
    return tagger.available() and asked(text, name.start()) == name.end()
