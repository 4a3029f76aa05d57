"""Mountains, rivers, regions and other places that no administration draws.

Known ones are listed in `reference/gazetteer/natural.txt`; a landform that is not is believed where its left edge is sure.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.gazetteer import straddles, words
from pipeline.extract.mentions import Mention
from pipeline.lexicon import Words

# A landform that no list names, where its left edge is sure.
_LANDFORM = re.compile(
    r"(?:^|(?<=[，。；：、！？“（\s在于沿经过是和与及的跨依临濒靠着托让使把将对向]))(?![让使把将对向靠])([\u4e00-\u9fff]{2,3}(?:半岛|大?草原|大峡谷|沙漠|盆地|沙地|水库|群岛|湿地|雪山|冰川|国家公园)|[\u4e00-\u9fff]{2,4}(?:灌溉总渠|总干渠|总渠|干渠)|[\u4e00-\u9fff]{2,4}(?:高原|平原)(?=[，。；、上腹地南北东西的]|$))"
)
# A river or mountain likewise, where the right edge is sure as well: 在新开河开展, 遮阳山、贵清山.
_RIVER = re.compile(
    r"(?:^|(?<=[，。；：、“（\s在于沿从把和与跨着了过绕向到])|(?<=巡查|流经|横跨|守护|注入|汇入|穿过|途经|毗邻|濒临|紧邻))(?![在于沿从把和与跨着绕向到])((?:(?![和与及了过])[\u3400-\u9fff]){2,4}(?:河|江|山|岭|湖|湾|岛|泉|峡|潭|泊|峰|淖尔|淀|渠|冲|坳|渡)|[\u4e00-\u9fff](?:溪|湖|河|岛|湾))(?=[，。；、）的流畔脚下两深沿开边水行景穿横纵贯隧里岸引出水蜿灌交海干滩碧生和与及]|[北南东西](?:[岸麓侧边面]|流)|$)"
)
# 王家坝, 毛家大湾: what a family's name and a landform name together needs an edge on the left only.
# 紧盯平溪江、黄泥江沿线: what is done about a river, or said of its banks, shows that it is one.
_ABOUT_RIVER = re.compile(
    r"(?:^|(?<=[，。；：、“（\s在沿对])|(?<=紧盯|清理|疏通|开展|推进|实施|启动|完成|治理|整治|流经|横跨|守护|保护|修复|聚焦|疏浚))((?:(?![和与及了过对在沿])[\u3400-\u9fff]){1,3}[河江溪湖])"
    r"(?=沿线|沿岸|两岸|流域|干流|支流|治理|断面|大桥|湿地|灌区|水质|、[\u3400-\u9fff]{1,3}[河江溪湖](?:沿线|沿岸|两岸|流域|治理|断面|水质))"
)
_FAMILYS = re.compile(
    r"(?:^|(?<=[，。；：、“（\s在于沿从把和与到过了的教]))([\u4e00-\u9fff]家(?:[大小上下前后新老]?[坝沟湾坪岭寨庄营屯堡河山畈冲桥铺渡岗埠洼梁垭坳塘滩峪坡]|洼子|堡子|湾子))(?![村镇乡主子组])"
)
_NO_FAMILY = re.compile("[国大农人全自专东起本发回养出在各管我你他每客酒商店]家")
_NO_RIVER = re.compile(  # and no names of people: 王明山
    "[高顶主巅洪早晚尖登冲]峰|[的了是等个座条片大小各多荒绿高靠进出治护巡绕满火矿爬登过翻守入整红梯至自到刚但些家]|国|母亲|河[江山]|山河|锦绣|千山|万山|冰雪|[金银靠后前老]山|[东西南北]山$|左右|记者|[港海河三沙]湾$|[孤海荒半群全岛]岛$|温泉|清泉|矿泉|山泉|冷泉|海[湾岛]|水[渠岛]|[支干斗毛农灌]渠|冲$(?<![家子]冲)|公里|沟渠|引渠|过渡|摆渡|轮渡|江河湖|因为|^[一两][河江湖山岛湾]|能源岛|生态岛|们|造成|离开|污染|部分|加快|[像撩背]"
    "|^(?:带动|联合|组织|开展|前往|走进|来到|位于|推动|打造|建成|覆盖|涉及|辐射|实施|治理|修复|保护|整治|围绕)"
    "|^[王李张刘陈杨赵黄周吴徐孙胡朱郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾].[河江山]$"
)
_NO_WATER = re.compile(
    "[的是等个条片内外大小各多进出治护巡乡村农省市县区镇段]|[河江湖].|母亲|重点|主要|城|黑臭|跨界|[支干][河流]|^[三两一]|江河|河湖|流域|沿|岸"
)
_CHIEFS = tuple("局校院处科部厅组队所站乡镇")  # 局长江海涛 is no river
_NO_LANDFORM = re.compile("[到级的在和与及等了个座片大小中各多型退天然牧城市乡镇村治修]|建设|保护|重点|恢复|改造|防渗|衬砌|清淤")


@cache
def _known() -> Words:
    return Words(words("natural"))


def find_natural(text: str) -> list[Mention]:
    """Find the natural places and regions that a text names."""
    spans = [_with_side(text, a, b) for a, b, _ in _known().find(text) if not straddles(text, a)]
    spans += [
        m.span(1)
        for m in _LANDFORM.finditer(text)
        if not _NO_LANDFORM.search(m[1].replace("大草原", "草原").replace("大峡谷", "峡谷"))
    ]
    spans = [(a, b) for a, b in spans if not (text[a] == "长" and text[a - 1 : a] in _CHIEFS)]
    taken = {a for a, _ in spans} | {b for _, b in spans}
    spans += [m.span(1) for m in _RIVER.finditer(text) if not _NO_RIVER.search(m[1]) and m.end(1) not in taken]
    taken |= {a for a, _ in spans} | {b for _, b in spans}
    about = [m.span(1) for m in _ABOUT_RIVER.finditer(text) if not _NO_WATER.search(m[1])]
    spans += [(a, b) for a, b in about if not any(a < d and c < b for c, d in spans)]
    taken |= {a for a, _ in spans} | {b for _, b in spans}
    spans += [m.span(1) for m in _FAMILYS.finditer(text) if not _NO_FAMILY.match(m[1]) and not taken & set(m.span(1))]
    return [Mention(a, b, text[a:b], "place", text[a:b], level="natural") for a, b in spans]


def _with_side(text: str, start: int, end: int) -> tuple[int, int]:
    """东辽河 is another river than 辽河, 粤西北 another region than 粤西."""
    if text[end - 1] in "东西南北" and re.match("[东西南北](?!部)", text[end : end + 2]):
        return start, end + 1
    side = text[end - 1] in "河江湖" and re.search(
        "(?:^|[，。；：、！？“（\\s在是和与及经过沿])([东西南北老])$", text[max(0, start - 2) : start]
    )
    return (start - 1, end) if side else (start, end)
