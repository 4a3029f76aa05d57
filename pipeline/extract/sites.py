"""Named sites: parks, reserves, state farms, zones, bridges, stations and old towns.

Neither nature nor administration draws them; the word that ends their name does. Its left edge is that of a place which
the site is called after, or else that of its phrase. Zones called 开发区 and the like belong in `local_places`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.gazetteer import words
from pipeline.extract.mentions import Mention
from pipeline.lexicon import Words

_HAN = "\u4e00-\u9fff"
# Words before a name, the last of which ends what is no part of it: 走进|赤山林场.
_BEFORE = re.compile(
    "[在到赴去往于从自由经过沿与和及或是为的了把将对向让使至有着]|位于|来到|走进|走到|进入|穿过|穿越|建设|建成|新建|打造|推进|设立|成立|建立|创建|支持|保护|依托|通过|围绕|"
    "启动|开通|途经|通往|直达|抵达|联合|加快|实施|完成|规划|参观|考察|调研|视察|推动|提升|申报|获批|挂牌|连接|开发|修建|改造|地处|坐落|探访|做大|做强|申建|筹建|紧邻|毗邻|驶出|驶入|高标准|高质量|高水平"
)
_NO_SITE = re.compile(
    "[一二三四五六七八九十百千两数各多全每该本此个家座处条片批项类型等这那其我你他老小大]$|^[一二三四五六七八九十两数各多全每该本此等这那其个家座我你他小大新省市县区州乡镇村级]|"
    "[的了在和与及等个]|国家级|省级|市级|县级|现代|重点|绿色|综合|文化|旅游|产业|城市|国有|集体|天然|人工|示范|试验|国际|中心|标志"
)
_NO_REST = re.compile(f"[的了在和与及等个人都要]|{_BEFORE.pattern}|国家级|省级|市级|县级|[一二三四五六七八九十百千两各多]$")
_GOES_ON = re.compile(
    f"[长站办村镇乡]|街道|社区|管理|派出所|分局|公安|党|开发公司|集团|公司|[{_HAN}]{{0,2}}有限|工程|项目|建设指挥|[一二三]日游"
)
_LONGEST = 12
_WEAK = frozenset(("新区", "遗址", "口岸", "大桥", "古城", "机场", "先行区", "东站", "西站", "南站", "北站", "工区", "垦区"))


def find_sites(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Find the sites that a text names.

    Args:
        text: its repaired text.
        named: the divisions found in it, after which sites are called.

    Returns:
        Mentions of level natural, a site called after a place with that place in its name (兰州新区);
        what ends the name of another site in the text means that one.
    """
    owners = {m.start: m for m in named if m.start >= 0}
    found: list[Mention] = []
    for start, end, suffix in _suffixes().find(text):
        if _GOES_ON.match(text, end) or (suffix == "新区" and text[start - 1 : start] == "创"):
            continue
        begin = _begin(text, start, owners, suffix in _WEAK)
        if begin is not None:
            name = text[begin:end]
            found.append(Mention(begin, end, name, "place", name, level="natural", confidence=0.7))
    longer = sorted({m.name for m in found}, key=len, reverse=True)
    return [replace(m, name=next(n for n in longer if n.endswith(m.name))) for m in found]


def _begin(text: str, start: int, owners: dict[int, Mention], weak: bool) -> int | None:
    """Where the name of a site begins whose last word starts at a position; None where that is not sure.

    Args:
        weak: whether the word is one that ends much else (新区), so that a place must stand before it.
    """
    floor = max(0, start - _LONGEST)
    run = re.compile(f"[{_HAN}]*$").search(text, floor, start)
    begin = run.start() if run else start
    for at in range(begin, start):  # 海口江东新区; 美姑县|国有林场
        owner = owners.get(at)
        if owner and owner.end <= start and not _NO_REST.search(text[owner.end : start]):
            own = owner.surface == owner.name and owner.level != "province" and owner.end < start - 1
            return owner.end if own else at
    cuts = [m.end() for m in _BEFORE.finditer(text, begin, start)]
    begin = cuts[-1] if cuts else begin
    stem = text[begin:start]
    if weak or begin == floor or not 2 <= len(stem) <= 6 or _NO_SITE.search(stem):
        return None
    return begin


@cache
def _suffixes() -> Words:
    return Words(sorted(words("sites")))
