"""Quantities in running text: a number, how it is meant, and its unit.

Three patterns find the candidates, each anchored at a digit or numeral so that the scan is quick; words before
the number and all doubts are looked at only around the hits. What a quantity measures and when belongs in
`pipeline.extract.metrics` and `pipeline.extract.periods`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from string import ascii_letters

from pipeline.extract.numerals import MULTIPLIERS, arabic, chinese, half_width, neighbours
from pipeline.extract.qualifiers import qualifier, word_before
from pipeline.extract.quantity import Quantity
from pipeline.extract.scan import NUMBER_LEADS, finditer
from pipeline.extract.unitless import MULTIPLIER, NUMBER, read_without_unit, without_unit
from pipeline.extract.units import chinese_unit_pattern, divisor_pattern, stock_phrases, unit_name, unit_of, unit_pattern

_MINUS = re.compile(r"(?:^|[为是率达至到温长])[-－−]\Z|零下\Z")
_SIGN = "[-－−]?"
_SIGNED = re.compile(rf"(?P<sign>{_SIGN})(?P<number>{NUMBER})")
_MINUS_END = frozenset("-－−下")
_HALF = re.compile(r"半(?![年天夜边路山导成月小个工自程数])")
_HALF_UNITS = frozenset(("年", "天", "倍", "斤", "里"))
_HALVES = {"半小时": "个小时", "半月": "个月"}
_FROM = re.compile(r"[由从自][^，,。；;、]{0,10}$")
_CN_LOWER = re.compile(r"([零一二两三四五六七八九十百千万亿]{1,16})[至到—–~～-]{1,2}$")
_AND = frozenset("和、与及")
_POINTS = ("百分点", "千分点")
_LISTED = re.compile(r"[一二三四五六七八九]、\Z")
_JOINS = re.compile(r"[至到—–~～－-]{1,2}")
_TO = r"(?:[—–―~～－-]{1,2}|至|到)"
_MOST = 1e30  # no figure of a county in any unit
_AFTER = r"及以上|及以下|以上|以下|以内|之内|左右|上下|有余|余|多"
_CN = "零〇一二两三四五六七八九十百千万亿"
_CHINESE_LEADS = re.compile(f"[数几{_CN[2:]}]")
# A decimal point that stands in the middle of the line (10·2%), as old print has it; 3·15 is a day.
_RAISED_POINT = re.compile(r"(?<=\d)[·・•](?=\d{1,2}(?:[万亿%‰倍亩吨元米]|个百分点|公[里斤顷]|平方))")
# No numeral is so long. Without a bound, a page of numerals in a row would take the square of its length.
_LONGEST = 32

# A short quoted term or a title holds numbers that name; what somebody says does not.
_SAID = "以前|以往|过去|现在|如今|原来|原先|今年|去年|每[天月年]|我|俺|咱|他|她|光是?|一年(?:能|下来|可|就)|种了|养了"
_NAMES = re.compile(
    rf"《[^》\n]{{1,60}}》|[“‘\"](?!{_SAID})[^“”‘’\"，。；;!?！？\n]{{1,14}}[”’\"]|(?:[北南]纬|[东西]经)[\d.]+度|[\d{_CN}]+届[\d{_CN}]+次"
)
_NAMING = re.compile(r"(?:第|[A-Za-zⅠ-Ⅻ+＋#№#]|[〔\[【]|\d[.:：/\-—－·]|[A-Za-z][-－—]|每|[0-9]：|专列|编号)$")
# What such a head ends with; `$` passes over a line end.
_NAMING_END = frozenset(ascii_letters + "第ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ+＋#№〔[【.:：/-—－·每列号\n")
_NUMBERED_ABBREVIATION = re.compile(r"(?:GDP|CPI|PPI|APP|ETC|R&D|LED|PPP|EPC)$")
_PERIOD_BEFORE = re.compile(r"(?:近|过去|未来|今后|前|后|最近|这|今|头|往后|此前|时隔|以后|之后|之前)(?:的|约)?$")
_LONG_NEARLY = re.compile(r"(?:时|用|经|达|了|长|已|跨)近$")
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$|^0\d$")
_FLAT = re.compile(rf"[\d{_CN}]{{1,3}}(?:单元|号)")  # 5栋二单元
_RANKED = frozenset("名位强家个")
_TENTHS_STOP = "立为员功果本长效就熟型人都份语品吨吉都亲年就婚名千万县才色分"
_DWELLERS = re.compile(r"村民|村干部|村医|村支|村党|村级|村集体|村妇|乡亲|乡贤|乡土|乡村|乡镇|乡干部|镇村|镇干部")
_CHATTY = "第“‘《这那每各首初统唯哪某另同任头末前后几数" + _CN + "点"


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities in a text, in its order; numbers that date, rank or name are left out."""
    text = _RAISED_POINT.sub(".", half_width(text))
    named = [match.span() for match in _NAMES.finditer(text)]
    found = [
        *(q for match in finditer(_arabic(), NUMBER_LEADS, text) if not _names(text, match) for q in _read_arabic(text, match)),
        *(q for match in finditer(_chinese(), _CHINESE_LEADS, text) for q in _read_chinese(text, match)),
        *without_unit(text),
    ]
    found.sort(key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    number = 0
    for quantity in found:
        while number < len(named) and named[number][1] <= quantity.start:
            number += 1
        inside = number < len(named) and named[number][0] < quantity.start
        if not inside and _countable(quantity) and not (kept and quantity.start < kept[-1].end != quantity.end):
            kept.append(quantity)
    return list(_joined(text, kept))


def _countable(quantity: Quantity) -> bool:
    """Whether a quantity is of a size that anything has; a row of four hundred digits would be stored as infinite."""
    most = quantity.upper if quantity.value is None else quantity.value
    return most is None or abs(most) < _MOST


def _joined(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Two quantities of one unit that 至 or a dash joins are one range: 三个到五个, 百分之十到百分之十五."""
    for n in range(len(found) - 2, -1, -1):
        few, points = found[n], found[n + 1]
        if few.unit == "个" and points.unit in _POINTS and text[few.end : points.start] in _AND:
            found[n] = few._replace(end=points.end, unit=points.unit)  # 提高4.2个、3.8个和2.6个百分点
    n = 0
    while n < len(found):
        low, n = found[n], n + 1
        high = found[n] if n < len(found) else None
        if (
            high
            and 1 <= high.start - low.end <= 2
            and low.unit == high.unit
            and _JOINS.fullmatch(text, low.end, high.start)
            and (low.qualifier, high.qualifier) == ("exact", "exact")
            and (low.value or 0) < (high.value or 0)
            and not _FROM.search(text, max(0, low.start - 12), low.start)
        ):
            yield Quantity(low.start, high.end, None, low.value, high.value, "range", low.unit)
            n += 1
        else:
            yield low


def read_quantity(surface: str) -> Quantity | None:
    """Read the surface of one quantity by itself; None where it is none.

    A bare number is a part of a ratio (17.4:27.2:55.4), which counts per cent.
    """
    surface = _RAISED_POINT.sub(".", half_width(surface))
    if re.fullmatch(r"\d+(?:\.\d+)?", surface):
        return Quantity(0, len(surface), arabic(surface), None, None, "exact", "%")
    bare = read_without_unit(surface)
    if bare:
        return bare
    found = [q for match in _arabic().finditer(surface) for q in _read_arabic(surface, match)]
    found += [q for match in _chinese().finditer(surface) for q in _read_chinese(surface, match, alone=True)]
    found = list(_joined(surface, sorted(found, key=lambda q: (q.start, -q.end))))
    return found[0] if found and found[0].start == 0 else None


@cache
def _arabic() -> re.Pattern[str]:
    unit = unit_pattern()
    number = rf"(?<![\d.])(?P<n1>{NUMBER})(?: ?(?P<y1>[余多来几]))?(?: ?(?P<m1>{MULTIPLIER}))?(?P<y2>[余多来])?"
    mixed = r"(?:(?P<n1b>\d{1,4})(?P<m1b>[千百万])?)?"  # 1万2千, 1亿2000万
    upper = rf"(?: ?(?P<u1>{unit})? ?{_TO} ?(?P<n2>{NUMBER})(?P<y3>[余多])?(?: ?(?P<m2>{MULTIPLIER}))?(?P<y4>[余多])?)?"
    chain = rf"(?P<chain>(?:[、,，]{_SIGN}{NUMBER}){{0,12}}[、和与及]{_SIGN}{NUMBER}(?P<mc>{MULTIPLIER})?(?={unit}))"
    divisor = rf"(?:/{divisor_pattern()}(?:·{divisor_pattern()})?)?"
    tail = rf" ?(?:个(?P<odd>多)(?P<oddunit>月|小时|星期|百分点)|(?P<unit>{unit}{divisor}))(?P<post>{_AFTER})?"
    return re.compile(rf"{number}(?:{chain}|{mixed}{upper}){tail}")


@cache
def _chinese() -> re.Pattern[str]:
    unit = chinese_unit_pattern()
    run = f"{{1,{_LONGEST}}}"
    one = f"(?:[{_CN[2:]}]|(?<![人户总件个次度指年])[数几](?=[十百千万亿]))"
    return re.compile(
        rf"(?={one})(?:(?P<part>[{_CN}]{run})分之(?P<over>[{_CN}点]{run})(?P<post2>以上|以下|左右|多|强(?![度调化力制烈大劲]))?"
        rf"|(?P<tenths>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半](?![个是名人户条件项家]))?+(?![{_TENTHS_STOP}])(?P<post3>以上|以下|左右|多)?"
        rf"|(?P<vague>[数几])?(?P<number>[{_CN}]{run}(?:点[{_CN}]{run})?)(?P<y>[余多来几])?(?P<m>[百千万亿]{{1,2}})?(?P<y5>[余多])?"
        rf"(?:个(?P<odd>多)(?P<oddunit>月|小时|星期)|(?P<unit>{unit}))(?P<post4>{_AFTER})?)"
    )


def _names(text: str, match: re.Match[str]) -> bool:
    """Whether Arabic digits name rather than count: dates, ranks, parts of a name."""
    at, end = match.start(), match.end()
    head = text[max(0, at - 4) : at]
    if head[-1:] == " ":
        head = text[max(0, at - 6) : at].rstrip(" ")
    unit = match["unit"] or ""
    if head[-1:] in _NAMING_END and _NAMING.search(head):
        return not _NUMBERED_ABBREVIATION.search(head)
    if unit[:1] in _RANKED and head[-1:] in ("前", "列") and len(unit) == 1 and not match["m1"]:
        return True
    if unit in ("年", "个月", "天", "周", "个季度"):
        if unit == "年" and not match["m1"] and not match["y1"] and _YEAR.search(match["n2"] or match["n1"]):
            return True
        if _PERIOD_BEFORE.search(head) and not _LONG_NEARLY.search(head):
            return True
        return text.startswith(("以来", "前的", "行动", "规划", "来", "间"), end)
    if unit == "组" and head[-1:] in ("村", "区"):
        return True
    if unit in ("栋", "幢") and _FLAT.match(text, end):
        return True
    if unit in ("周年", "期") and text[end : end + 2] in ("工程", "项目"):
        return True
    return unit in ("度",) and text[end : end + 1] == "电"


def _read_arabic(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    m = match
    unit = _unit(m)
    start, end = match.span()
    post = m["post"]
    if post == "多" and unit_of(unit).kind == "count":
        end, post = match.start("post"), None  # 5个多部门
    after = m["y1"] or m["y2"] or m["odd"] or post
    if m["chain"]:
        yield from _chained(text, match, unit, end)
        return
    if m["n2"]:
        factor = m["m1"] or (m["m2"] if not m["u1"] or m["u1"] == m["unit"] else None)
        if m["u1"] and not m["m1"] and arabic(m["n1"], factor) > arabic(m["n2"], m["m2"]):
            factor = None  # 8000元至1.2万元
        if m["u1"] and m["u1"] != m["unit"]:
            return  # 从5个到8家 and the like
        lower, upper = arabic(m["n1"], factor), arabic(m["n2"], m["m2"])
        if unit == "成":
            lower, upper, unit = 10 * lower, 10 * upper, "%"
        if m["u1"] and _FROM.search(text, max(0, start - 12), start):  # 由8亿元到12亿元: what it was and what it is
            yield Quantity(start, match.end("u1"), lower, None, None, "exact", unit)
            yield Quantity(match.start("n2"), end, upper, None, None, qualifier(after, ""), unit)
            return
        if lower < upper:
            yield Quantity(start, end, None, lower, upper, "range", unit)
        return
    value = arabic(m["n1"], m["m1"])
    if unit == "成":
        if value > 10 or m["m1"]:
            return
        value, unit = value * 10, "%"
    if m["n1b"]:
        if not m["m1"]:
            return
        value += arabic(m["n1b"], m["m1b"]) if m["m1b"] else 0
    word, at = word_before(text, start)
    signed = not word and text[start - 1 : start] in _MINUS_END and unit_of(unit).kind in ("ratio", "temperature")
    if signed and (minus := _MINUS.search(text[max(0, start - 2) : start])):
        value, at = -value, start - len(minus[0].lstrip("为是率达至到温长"))
    half, unit, end = _and_a_half(text, unit, end)
    yield Quantity(at, end, value + half, None, None, qualifier(after, word), unit)


def _and_a_half(text: str, unit: str, end: int) -> tuple[float, str, int]:
    """What 半 adds after a unit (2个半小时, 一年半): its value, and unit and end with it."""
    if text[end : end + 1] != "半":
        return 0.0, unit, end
    if unit == "个":
        for tail, whole in _HALVES.items():
            if text.startswith(tail, end):
                return 0.5, whole, end + len(tail)
    if unit in _HALF_UNITS and _HALF.match(text, end):
        return 0.5, unit, end + 1
    return 0.0, unit, end


def _chained(text: str, match: re.Match[str], unit: str, end: int) -> Iterator[Quantity]:
    """Numbers that share the unit and multiplier of the last: 分别增长5.6、4.3和3.2个百分点."""
    numbers = list(_SIGNED.finditer(text, match.start(), match.end("chain")))
    multiplier = match["mc"] or match["m1"]
    if match["m1"]:
        return
    ratio = unit_of(unit).kind == "ratio"
    for n, number in enumerate(numbers):
        at, value = number.start("number"), arabic(number["number"], multiplier)
        minus = bool(number["sign"]) if n else _MINUS.search(text[max(0, at - 2) : at]) is not None
        yield Quantity(at - minus, end, -value if minus and ratio else value, None, None, "exact", unit)


def _read_chinese(text: str, match: re.Match[str], alone: bool = False) -> Iterator[Quantity]:
    m = match
    word, at = word_before(text, match.start())
    try:
        if m["part"]:
            whole = chinese(m["part"])
            if whole > 1:
                yield Quantity(at, match.end(), _share(m["over"], whole), None, None, qualifier(m["post2"], word), "%")
        elif m["tenths"]:
            before = text[match.start() - 1 : match.start()]
            if alone or not before or before not in "年完分收建组构形变现养促集第" + _CN:
                half = m["half"]
                low = _CN_LOWER.search(text, max(0, match.start() - 3), match.start())
                if low and len(low[1]) == 1:  # 两到三成
                    lower, upper = 10 * chinese(low[1]), 10 * chinese(m["tenths"])
                    if lower < upper:
                        yield Quantity(low.start(), match.end(), None, lower, upper, "range", "%")
                        return
                value = 10 * chinese(m["tenths"]) + (5 if half == "半" else chinese(half) if half else 0)
                yield Quantity(at, match.end(), value, None, None, qualifier(m["post3"], word), "%")
        else:
            yield from _counted(text, match, word, at, alone)
    except ValueError:
        return


def _share(over: str, whole: float) -> float:
    return float(Decimal(str(chinese(over))) * 100 / Decimal(str(whole)))


def _counted(text: str, match: re.Match[str], word: str, at: int, alone: bool) -> Iterator[Quantity]:
    """A Chinese numeral and its unit, where it counts."""
    m = match
    numeral, unit = m["number"], _unit(m)
    start, end = match.span()
    if len(numeral) >= _LONGEST:
        return
    post = m["post4"]
    before, after = text[max(0, start - 2) : start].rstrip(" ")[-1:], text[end : end + 1]
    if post == "多" and unit_of(unit).kind == "count":
        end, post = match.start("post4"), None
    how = m["y"] or m["y5"] or m["odd"] or post
    if m["vague"]:
        word, at, start = "几", start, match.start("number")
        if before.isdigit() or (before and before in "十百千"):
            return
    vague = bool(m["y"] or m["y5"]) or len(numeral) > 1
    if unit == "番":
        if not alone and not text.endswith(("翻", "翻了", "翻近", "翻了近", "翻超", "翻了超"), 0, start):
            return
        yield Quantity(at, end, chinese(numeral), None, None, qualifier(how, word), unit)
        return
    half, unit, end = _and_a_half(text, unit, end)
    if half:
        yield Quantity(at, end, chinese(numeral) + half, None, None, qualifier(how, word), unit)
        return
    low = _CN_LOWER.search(text, max(0, start - 18), start)
    if low and text[low.start() - 1 : low.start()] not in tuple("第十" + "至到"):
        lower, upper = chinese(low[1]), chinese(numeral)
        if lower < upper:
            yield Quantity(low.start(), end, None, lower, upper, "range", unit)
            return
    bare = not numeral.strip("百千万亿")
    if (bare and not m["m"]) or (bare and m["m"]):
        # 上百场次, 近千人, 百余户 count; 万元, 百村 do not
        if before == "上" and not text.endswith(("以上", "之上", "及上"), 0, start):
            word, at = "上", start - 1
        elif not (word or m["y"] or (post and len(numeral) > 1)):
            return
    if before.isdigit() or (not alone and word == "" and before and before in _CHATTY and at == start):
        return
    if not alone:
        if numeral == "一" or (numeral.startswith("一") and len(numeral) > 1 and numeral[1] in "二两三四五六七八九"):
            return
        if unit in ("类", "级", "等", "期") and _LISTED.search(text[max(0, start - 2) : start]):
            return  # 一、二类水质
        if after and (
            after == unit[0] or after in "”’" or (unit != "个" and after in "村镇乡" and not _DWELLERS.match(text, end))
        ):
            return
        if text.startswith(stock_phrases(), start):
            return
        if unit_of(unit).chinese == "big" and not (vague or word or any(c in "十百千万亿" for c in numeral)):
            return
        if unit == "年" and not _lasting(text, start, word):
            return
        if unit in ("天", "个月", "个星期") and _PERIOD_BEFORE.search(text[max(0, start - 3) : start]):
            return
        if unit in ("天", "件", "位", "条", "项") and not vague and not after and before and before not in "，、":
            return
    bounds = neighbours(numeral)
    if bounds:
        factor = float(MULTIPLIERS.get(m["m"] or "", 1))
        yield Quantity(at, end, None, bounds[0] * factor, bounds[1] * factor, "range", unit)
        return
    factor = MULTIPLIERS.get(m["m"] or "", 1)
    yield Quantity(at, end, chinese(numeral) * factor, None, None, qualifier(how, word), unit)


def _lasting(text: str, start: int, word: str) -> bool:
    """Whether a Chinese number of years is how long something took, not when it was."""
    head = text[max(0, start - len(word) - 3) : start - len(word)]
    return head.endswith(("为期", "历时", "连续", "用", "持续", "长达", "耗时", "满"))


def _unit(m: re.Match[str]) -> str:
    if m["odd"]:
        return f"个{m['oddunit']}" if m["oddunit"] != "百分点" else "百分点"
    return unit_name(m["unit"] or "")
