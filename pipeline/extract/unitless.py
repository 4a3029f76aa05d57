"""Numbers that stand without a unit: what the noun tells of it, shares of a whole, coefficients, 翻番 and 减半.

Numbers with a unit belong in `pipeline.extract.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.extract.numerals import arabic
from pipeline.extract.qualifiers import qualifier, word_before
from pipeline.extract.quantity import Quantity
from pipeline.extract.scan import NUMBER_LEADS, finditer

MULTIPLIER = "(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克伏卡焦升])|百(?!帕))"
# 17,413.5; 1 280; 1,2345 and 12,34 where the mark is misplaced (years side by side are no such number)
NUMBER = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|[1-9]\d{0,2}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?"
    r"|(?!(?:19|20)\d\d,)[1-9]\d{0,4}(?:,\d{2,4})+(?![,\d])(?:\.\d+)?)"
)
_RATIO = re.compile(r"(?<![\d.:：])\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?)+(?![\d.:：])")


_FRACTION = re.compile(
    r"(?<![\d/.])(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![\d/年月日号.])(?P<post>以上|以下|左右|多|强)?(?P<of>的)?"
)
# An amount without its unit, which the noun tells: 192万群众, 旅游收入5.6亿，
_BARE = re.compile(
    rf"(?<![\d.])(?P<n>{NUMBER})(?P<y1>[余多])?(?P<m>万亿|千万|百万|亿|万)(?P<y2>[余多])?(?=[，,。；;、]|[\u4e00-\u9fff]|$)"
)
_PEOPLE = re.compile(
    r"(?:名|位)?[\u4e00-\u9fff]{0,6}?(?:人口|群众|农民工?|居民|学生|游客|干部|党员|职工|人员|劳动力|老人|儿童|妇女|移民|患者|市民|村民|旅客|观众|大军)"
)
_PEOPLE_BEFORE = re.compile(r"(?:人口|人数|群众|居民|农民|党员|学生|劳动力|就业人员)(?:约?为|达到?|有|约|共)?$")
_VISITS_BEFORE = re.compile(r"(?:游客|旅客|客流量?)(?:约?为|达到?|约)?$")
_MONEY_BEFORE = re.compile(
    r"(?:收入|收益|产值|资金|投资|利润|销售额|营业额|交易额|税收|效益|增收|创收|负债|存款|贷款|纯利)(?:约?为|达到?|约|近|突破|超过?|不到|不足|逾|由|从|增加到|增长到|增至|大关)?$"
)


def _read_bare(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    before, end = text[max(0, match.start() - 10) : match.start()], match.end()
    behind = _PEOPLE.match(text, end)
    if behind and not behind[0].startswith(("亩", "户", "元")):
        unit = "人次" if behind[0].endswith(("游客", "旅客", "观众")) else "人"
    elif text[end : end + 1] and "\u4e00" <= text[end] <= "\u9fff" and not text.startswith("大关", end):
        return
    elif _VISITS_BEFORE.search(before):
        unit = "人次"
    elif _PEOPLE_BEFORE.search(before):
        unit = "人"
    elif _MONEY_BEFORE.search(before):
        unit = "元"
    else:
        return
    word, at = word_before(text, match.start())
    yield Quantity(at, end, arabic(match["n"], match["m"]), None, None, qualifier(match["y1"] or match["y2"], word), unit)


def _read_fraction(text: str, match: re.Match[str], alone: bool = False) -> Iterator[Quantity]:
    """约1/3的农户, 占总数的2/3: a share as 三分之一 is; a day or a number of a house has nothing of the kind around it."""
    part, whole = int(match["part"]), int(match["whole"])
    word, at = word_before(text, match.start())
    sure = alone or word or match["post"] or match["of"] or text[match.start() - 1 : match.start()] in tuple("占的达到至")
    if part < whole and sure:
        end = match.end("post") if match["post"] else match.end("whole")
        value = float(Decimal(part) * 100 / Decimal(whole))
        yield Quantity(at, end, value, None, None, qualifier(match["post"], word), "%")


def _ratios(text: str) -> Iterator[Quantity]:
    """The parts of a ratio that make a hundred together: shares of a whole, in per cent."""
    for match in _RATIO.finditer(text):
        parts = list(re.finditer(r"\d+(?:\.\d+)?", match[0]))
        if abs(sum(float(part[0]) for part in parts) - 100) > 0.25:
            continue
        for part in parts:
            yield Quantity(match.start() + part.start(), match.start() + part.end(), arabic(part[0]), None, None, "exact", "%")


def without_unit(text: str) -> Iterator[Quantity]:
    """All numbers of a text that count without a unit, in no order.

    Args:
        text: text with half-width digits.
    """
    if any(mark in text for mark in ":：∶"):
        yield from _ratios(text)
    for match in _FRACTION.finditer(text) if "/" in text else ():
        yield from _read_fraction(text, match)
    for match in finditer(_BARE, NUMBER_LEADS, text):
        yield from _read_bare(text, match)
    for match in _coefficient().finditer(text):
        yield from _read_coefficient(text, match)
    for match in _DOUBLED.finditer(text) if "翻" in text else ():
        yield Quantity(match.start(), match.end(), 1.0, None, None, "exact", "番")
    for match in _HALVED.finditer(text) if "减半" in text else ():
        yield Quantity(match.start(), match.end(), 50.0, None, None, "exact", "%")
    for match in _SEVERAL_TIMES.finditer(text) if "数倍" in text else ():
        yield Quantity(match.start(), match.end(), 1.0, None, None, "more_than", "倍")


def read_without_unit(surface: str) -> Quantity | None:
    """Read the surface of one number without a unit (80万, 翻番, 不低于1.2); None where it is none."""
    if not (surface[-1:] in _ENDS or surface[-1:].isdecimal()):
        return None  # most end with their unit
    for pattern in (_DOUBLED, _HALVED, _SEVERAL_TIMES):
        if pattern.fullmatch(surface):
            return next(without_unit(surface))
    if fraction := _FRACTION.search(surface):
        return next(_read_fraction(surface, fraction, alone=True), None)
    bare = _BARE.fullmatch(surface) or next((m for m in _BARE.finditer(surface) if m.end() == len(surface)), None)
    if bare:
        word, at = word_before(surface, bare.start())
        if at == 0:
            how = qualifier(bare["y1"] or bare["y2"], word)
            return Quantity(0, len(surface), arabic(bare["n"], bare["m"]), None, None, how, "")
    plain = _PLAIN.search(surface)
    if plain:
        digits = re.match(NUMBER, plain[0])
        word, at = word_before(surface, plain.start())
        if digits and at == 0 and (word or digits[0] != plain[0]):
            after = plain[0][digits.end() :] or None
            return Quantity(0, len(surface), arabic(digits[0]), None, None, qualifier(after, word), "")
    return None


_DOUBLED = re.compile(r"(?<!每)翻(?:了)?番(?=[，,。；;、！的\n]|$)")
_HALVED = re.compile(r"(?<![增缩免征])减半(?=[，,。；;、！\n]|$)")
_SEVERAL_TIMES = re.compile(r"(?<=[长加高升大了的是出])数倍(?=[，,。；;、！\n]|$)")
_PLAIN = re.compile(rf"(?<![\d.]){NUMBER}(?:以上|以下|以内|左右)?$")
_ENDS = frozenset("番半倍万亿余多上下内右\n")  # of what has no unit, digits apart
_WORDS = Path(__file__).resolve().parents[1] / "reference" / "units" / "coefficients.txt"
_MOVES = r"(?:提高|提升|上升|升高|扩大|增加|下降|降低|缩小|回落|减少|收窄|降|升)"
_AFTER_COEFFICIENT = re.compile(
    rf"{_MOVES}(?:到|至|为)(?P<to>\d+(?:\.\d+)?)(?![\d.%‰个倍元万亿:：∶年月])"
    rf"|[，,](?:比|较)[^，,。；;0-9]{{1,10}}{_MOVES}了?(?P<by>\d+\.\d+)(?![\d.%‰个倍元万亿:：∶年月])"
    r"|[，,]?且(?:不大于|不小于|不高于|不低于|不超过|小于|大于)(?P<and>\d+(?:\.\d+)?)(?![\d.%‰个倍元万亿:：∶年月])"
)


@cache
def _coefficient() -> re.Pattern[str]:
    """基尼系数为0.46, 容积率不大于1.8, 城乡居民收入比由上年的2.37."""
    names = [line for line in _WORDS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    noun = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    link = rf"(?:达到?|约?为|是|仅为|[由从](?:上年|去年|(?:19|20)\d\d年)?的?|控制在|保持在|稳定在|{_MOVES}?[到至]|[:：])?"
    word = r"(?:不低于|不高于|不大于|不小于|不超过|大于|小于|高于|低于|≥|≤|<|>|约)?"
    return re.compile(
        rf"(?:{noun})(?:[（(][^（）()\n]{{1,20}}[)）])?{link}{word}(?P<n>\d+(?:\.\d+)?)(?P<post>以上|以下|以内|左右)?"
        r"(?![\d.%‰:：∶年月日/]|[个倍元万亿人亩项家户点位件条级类次公千吨名分组]|个?百分点)"
    )


def _read_coefficient(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    word, at = word_before(text, match.start("n"))
    yield Quantity(at, match.end(), arabic(match["n"]), None, None, qualifier(match["post"], word), "")
    end = match.end()
    while (more := _AFTER_COEFFICIENT.match(text, end)) is not None:
        name = more.lastgroup or "to"
        word, at = word_before(text, more.start(name)) if name == "and" else ("", more.start(name))
        yield Quantity(at, more.end(), arabic(more[name]), None, None, qualifier(None, word), "")
        end = more.end()
