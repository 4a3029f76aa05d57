"""What a figure measures: the noun phrase before or after it, in its clause, or that of its neighbour.

`measure` sees one sentence with all its figures, since coordination and ellipsis carry a metric from one
to the next (农业总产值6.25亿元、农业增加值3.64亿元，均增长4.7%). The words that bound a phrase are data. Finding
the figures belongs in `pipeline.extract.quantities`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).resolve().parents[1] / "reference" / "units" / "metric_words.tsv"
_CLAUSE_END = re.compile(r"[，,。；;：:！？!?、\n（）()…]")
_COMMA = re.compile(r"[，,。；;：:！？!?\n（）()…]")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_AND = re.compile(r"、|以及|[和与及]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EDGE = " “”‘’\"'—-的《》〈〉·"
_PER = re.compile(
    r"人均|户均|年均|月均|日均|亩均|村均|校均|平均(?:每[人户亩村年月天日])?"
    r"|每(?:人每[月年天日次]|百户|千人|万人|百人|人|户|年|月|周|天|日|亩|村|个?季度|车|家|个|次|名|头|只|株|公斤|斤|吨|立方米|平方米)"
)
_STATISTIC = re.compile(r"(?:可支配|生产总值|地区生产|纯收入|消费|GDP|预期|工资|收入|支配|国内)")
_TIME = re.compile(
    r"(?:截至|截止|到|至|从|自|在)?(?:(?:19|20)\d\d年?(?:至|到|—|-)?)?(?:(?:19|20)\d\d年)?(?:\d{1,2}(?:[—\-至]\d{1,2})?月(?:份|\d{1,2}日)?)?"
    r"(?:[上下]半年|前?[一二三四]季度|年?[末底初]|前\d{1,2}个月|以来)?(?:末|底|时)?"
)
_BOTH = re.compile(r"(?:均|双双|都)(?:实现|同比|比上年)?$")
_ORDINAL = re.compile(r"[一二三四五六七八九十]是")
_COMPARED = (
    r"(?:均|分别|双双|又|再|净|实际|名义|可比|同口径|累计|增速|增幅|涨幅|降幅|同比|环比|总体|略|小幅|大幅|有所|预计|年均|"
    r"按[^，,、]{2,8}计算|(?:比|较|同)(?:[^，,、]{0,14}?(?:上年|去年|前年|年初|上月|上季度|同期|平均|水平|期|年|末|底|前|时|值|全国|全省|全市|目标)"
    r"(?:同期|末|底|年底|平均)?))*"
)
_UNTIL = r"(?:了|近|约|超|超过|达|达到|幅度|为|将|目标|速度)*$"
_RELATIVE = re.compile(r"(?:高于|快于|好于|优于|高出|领先|超过|低于|慢于|落后于?)[^，,、]{1,12}$")
_GUARDED = frozenset("率额量费价者值数面户员厂站点班会业期房区总资规收里长能占强")
_CUT = re.compile(
    r"累计|实现|完成(?!率)|达到|建成(?!区)|发放(?!率)|投入(?![产品使])|安排|争取到?|筹措|筹集|下达|拨付|兑付|落实(?!率)|培育|引进|设立"
    r"|选派|惠及|吸纳|带动|覆盖(?![率面])|整合|统筹|提供|拥有|形成|共有|开展|举办|召开|帮助|组织(?![部架振建])"
)
_MID_STOP = re.compile(
    r"(?<![植棉])被|将(?!军)|(?<!一)把(?!手)|(?<![出礼])让|(?<![平人户])均(?!衡)|(?<![首成古])都(?!市)"
    r"|(?<![存潜所现内实外自])在(?![校建职编册岗线读外])|(?<![中高平同初])等(?!级)"
)
_NOUNLIKE = (
    "投资", "贷款", "分红", "补助", "补贴", "捐款", "融资", "授信",
    "资助", "销售", "增收", "创收", "节约", "减免", "报销", "投入",
    "收入", "支出", "奖补", "培训", "种植", "养殖", "存栏", "出栏",
    "出口", "进口", "减税", "缴税", "纳税", "补偿",
)  # fmt: skip
_JOINING = ("和", "与", "及", "加上")
_MONEY = re.compile(
    r"(?:收入|工资|利润|投资|产值|订单|红利|分红|补[贴助]|[资奖租基佣薪现押]金|贷款|经费|[费款税]|债券|损失|差价)$"
)
_MEASURED_BEFORE = frozenset(("money", "area", "length", "mass", "volume", "power", "energy", "temperature", "ratio", "angle"))


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure measures: metric, per, change (增长, 下降 or none); `also` are further metrics it holds for."""

    metric: str | None
    per: str | None
    change: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """The clause before a figure, taken apart."""

    noun: str
    per: str | None
    change: str
    respective: bool  # 分别
    both: bool  # 均, 双双
    verbal: bool  # nothing but a verb
    own: bool = True  # whether the noun stands in the figure's own clause


def measure(sentence: str, spans: Sequence[tuple[int, int, str]], carried: str | None = None) -> list[Measured]:
    """Say of each figure in a sentence what it measures.

    Args:
        sentence: the sentence.
        spans: start, end and kind of each figure in it, in order, in code points of the sentence.
        carried: metric of the sentence before, for one that names none.

    Returns:
        One answer a figure.
    """
    found: list[Measured] = []
    parsed: list[_Before] = []
    last, alone = carried, []
    for n, (start, end, kind) in enumerate(spans):
        floor = spans[n - 1][1] if n else 0
        ceiling = spans[n + 1][0] if n + 1 < len(spans) else len(sentence)
        before = _before(sentence, min(floor, start), start)
        after, verbal = _after(sentence[end : max(end, ceiling)])
        metric = _choose(kind, before, after, verbal, last, sentence[end : end + 1] == "的")
        if n and "岁" in sentence[spans[n - 1][0] : floor] and metric and not _CLAUSE_END.search(sentence, floor, start):
            metric = sentence[spans[n - 1][0] : floor] + metric  # 15—59岁人口占58%
        alone.append(not after and not before.noun)
        found.append(Measured(metric or None, before.per, before.change))
        parsed.append(before)
        if metric and before.noun not in _words("became"):
            last = metric
    _share_forward(sentence, spans, found, alone)
    _distribute(sentence, spans, found, parsed)
    return found


def _choose(kind: str, before: _Before, after: str, verbal: bool, last: str | None, of: bool) -> str | None:
    noun = before.noun
    if before.change != "none":
        return noun or last or after
    if noun and noun in _words("became") and last and not (after and not verbal):
        return f"{last}{noun}"
    if noun.startswith("占") and last:
        return f"{last}{noun}"
    if kind == "duration":
        return (noun if before.own else "") or after or noun or last
    heads = not noun.endswith(_NOUNLIKE) or (noun in _NOUNLIKE and not of)
    if kind == "money" and heads and after and not verbal and (of or _MONEY.search(after)):
        return after
    if kind in _MEASURED_BEFORE:
        if noun and before.own and not (before.verbal and after and not verbal and not noun.endswith(_NOUNLIKE)):
            return noun
        return (after if of or not verbal else "") or noun or last or after
    if after and (not verbal or (before.own and before.verbal)):
        return after
    return noun or after or last


def _before(sentence: str, floor: int, start: int) -> _Before:
    """Take the clause before a figure apart; where it says nothing, the one before it, down to the last figure."""
    left = _BRACKETS.sub("", sentence[floor:start])
    clauses = _CLAUSE_END.split(left)
    result = _parse(clauses[-1])
    for clause in reversed(clauses[:-1]):
        if result.noun or result.change != "none" or len(clauses) > 8:
            break
        earlier = _parse(clause)
        if earlier.noun and not earlier.verbal and earlier.change == "none":
            result = replace(result, noun=earlier.noun, per=result.per or earlier.per, own=False)
    return result


def _parse(clause: str) -> _Before:
    pers = _PER.findall(clause)
    respective = "分别" in clause
    phrase = clause.strip(_EDGE)
    if phrase.endswith(_JOINING):
        return _Before("", pers[-1] if pers else None, "none", respective, False, False)
    change = "none"
    relative = _RELATIVE.search(phrase)
    moved = None if relative else _change().search(phrase)
    if relative:
        phrase = phrase[: relative.start()]
    elif moved:
        change = "增长" if moved["up"] else "下降"
        phrase = phrase[: moved.start()]
    both = bool(_BOTH.search(phrase)) or bool(moved and moved[0].startswith(("均", "双双")))
    phrase = _tail().sub("", phrase.rstrip(_EDGE))
    phrase = re.sub(r"(?:同比|环比|增速|增幅|涨幅|降幅)$", "", phrase) if change != "none" else phrase
    growth = re.search(r"(?<!自然)(?:增速|增幅|涨幅|增长率|降幅)$", phrase)
    if growth:
        change = "下降" if growth[0] == "降幅" else "增长"
        phrase = phrase[: growth.start()]
    phrase, verbal = _strip(_tail().sub("", phrase))
    per = pers[-1] if pers else None
    if len(_HAN.findall(phrase)) < 2 and not re.search(r"[A-Za-z]{2}", phrase):
        phrase = ""
    return _Before(phrase, per, change, respective, both, verbal)


def _strip(phrase: str) -> tuple[str, bool]:
    """A phrase without what opens it and is no noun; and whether only a verb is left."""
    if phrase.lstrip("已现") in _words("became"):
        return phrase.lstrip("已现"), True
    cuts = [m.end() for m in _CUT.finditer(phrase, 1) if len(phrase) - m.end() >= 2]
    if cuts and phrase[cuts[-1]] not in _GUARDED:
        phrase = phrase[cuts[-1] :]
    verbs = 0  # one opens a clause; a second one is part of the noun phrase (制定整改措施)
    while phrase:
        match = _opening().match(phrase)
        size = 0
        if match and match["keep"] is None:
            size = match.end()
            rest = phrase[size:].lstrip(_EDGE)
            part_of_noun = rest[:1] in _GUARDED and not _PER.match(rest)  # 种植面积, 投资额
            verbs += bool(match["verb"])
            if verbs > 1 or (match["verb"] and (len(rest) < 2 or part_of_noun or (rest[-1] in "率额量" and len(rest) <= 3))):
                break
            if match["per"] and _STATISTIC.match(rest):
                break
        elif (time := _TIME.match(phrase)) and time.end() > 1:
            size = time.end()
        elif (order := _ORDINAL.match(phrase)) is not None:
            size = order.end()
        if not size:
            break
        phrase = phrase[size:].lstrip(_EDGE)
    phrase = phrase.strip(_EDGE)
    return phrase, bool(_ends_in_verb().search(phrase))


def _after(text: str) -> tuple[str, bool]:
    """The noun phrase behind a figure, and whether a verb opens it."""
    stop = _CLAUSE_END.search(text)
    phrase = (text[: stop.start()] if stop else text).lstrip(_EDGE)
    if not _tail().sub("", phrase.strip("和与及以")):
        return "", False
    for filler in ("时间", "左右", "以上"):
        phrase = phrase.removeprefix(filler)
    phrase = phrase.lstrip(_EDGE)
    if not phrase:
        return "", False
    closing = _closing().match(phrase)
    if closing:
        verbal = closing["keep"] is None
    else:
        opening = _opening().match(phrase) if not phrase.startswith("其他") else None
        part_of_noun = opening and opening["verb"] and phrase[opening.end() : opening.end() + 1] in _GUARDED
        verbal = bool(opening and opening["keep"] is None and not part_of_noun)
    for match in _closing().finditer(phrase, 1):
        if match["keep"] is None and len(match[0]) > 1 and match.start() >= 1:
            phrase = phrase[: match.start()]
            break
    mid = _MID_STOP.search(phrase, 1)
    if mid:
        phrase = phrase[: mid.start()]
    phrase = phrase.strip(_EDGE)
    return (phrase, verbal) if _HAN.search(phrase) or re.search("[A-Za-z]{2}", phrase) else ("", False)


def _share_forward(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured], alone: Sequence[bool]) -> None:
    """4类13项38条便民举措, 3个、5个和8个示范点: all of them measure what the last one does."""
    for n in range(len(found) - 2, -1, -1):
        between = sentence[spans[n][1] : spans[n + 1][0]]
        adjacent = between == "" and spans[n + 1][1] < len(sentence) and sentence[spans[n + 1][1]] not in "，,。；;、"
        joined = adjacent or (alone[n] and between in ("、", "和", "及", "以及"))
        if joined and spans[n][2] == spans[n + 1][2] == "count":
            found[n] = replace(found[n], metric=found[n + 1].metric)


def _distribute(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured], parsed: Sequence[_Before]) -> None:
    """A和B分别为3%和5%: one metric each; A、B均增长4.7%: one figure for all of them."""
    n = 0
    while n < len(spans):
        end = n + 1
        while end < len(spans) and sentence[spans[end - 1][1] : spans[end][0]].strip(" 、，,和与及以") == "":
            end += 1
        if parsed[n].respective and end - n >= 2:
            names = _listed(sentence, spans[n - 1][1] if n else 0, spans[n][0], "分别", end - n)
            if not names and parsed[n].own and parsed[n].noun:
                names = [parsed[n].noun] * (end - n)
            names = names or [m.metric or "" for m in found[:n] if m.change == "none"][-(end - n) :]
            if len(names) == end - n:
                for k, name in enumerate(names, n):
                    found[k] = replace(found[k], metric=name or found[k].metric, change=found[n].change)
        elif parsed[n].both:
            names = _listed(sentence, spans[n - 1][1] if n else 0, spans[n][0], "均|双双|都", 0)
            if len(names) < 2:
                names = _coordinated(sentence, spans, found, n)
            if len(names) >= 2:
                found[n] = replace(found[n], metric=names[-1], also=tuple(names[:-1]))
        elif end - n >= 2 and parsed[n].change != "none":
            for k in range(n + 1, end):
                found[k] = replace(found[k], change=found[n].change)
        n = end


def _coordinated(sentence: str, spans: Sequence[tuple[int, int, str]], found: Sequence[Measured], n: int) -> list[str]:
    """The metrics of the figures before the n-th that an enumeration joins."""
    names: list[str] = []
    k = n - 1
    while k >= 0:
        name = found[k].metric
        if name and name not in names and found[k].change == "none":
            names.insert(0, name)
        if not k or not re.match(r"、|和|与|及|以及", sentence[spans[k - 1][1] : spans[k][0]]):
            break
        k -= 1
    return names


def _listed(sentence: str, floor: int, start: int, marker: str, wanted: int) -> list[str]:
    """The names that a list before 分别 or 均 enumerates, each with the ending that all share."""
    left = _BRACKETS.sub("", sentence[floor:start])
    marks = list(re.finditer(marker, left))
    if not marks:
        return []
    head = _COMMA.split(left[: marks[-1].start()])
    clause = next((part for part in reversed(head) if part.strip()), "")
    items = [item.strip(_EDGE) for item in _AND.split(clause)]
    if len(items) < 2 or (wanted and len(items) != wanted) or not all(items):
        return []
    items[0] = _strip(items[0])[0] or items[0]
    items[-1] = _tail().sub("", items[-1])
    ordinal = re.match(r"第?[一二三四五]", items[-1])
    if ordinal and all(re.fullmatch(r"第?[一二三四五]", item) for item in items[:-1]):  # 第一、二、三产业
        return [f"第{item[-1]}{items[-1][ordinal.end() :]}" for item in (*items[:-1], ordinal[0])]
    return [_completed(item, items[-1]) for item in items[:-1]] + items[-1:]


def _completed(item: str, whole: str) -> str:
    """城镇 beside 农村居民人均可支配收入: what the shorter one leaves out."""
    if len(item) >= 5 or len(whole) - len(item) < 2:
        return item
    at = whole.find(item[-1])
    if at >= 0 and len(whole) - at - 1 >= 2:
        return item + whole[at + 1 :]
    return item + whole[len(item) :]


@cache
def _words(role: str) -> frozenset[str]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file, delimiter="\t") if row["role"] == role)


def _either(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def _change() -> re.Pattern[str]:
    return re.compile(
        rf"{_COMPARED}(?:(?P<up>(?<![新造提])(?:{_either(_words('up'))}))|(?P<down>{_either(_words('down'))})){_UNTIL}"
    )


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        r"(?:达到了?|占|高达|多达|约为|约占|占到|达|为|约|共计|共有|共|合计|总计|累计|已|了|到|至|有|是|计|近|超过|超|的|总共|由|从|稳定在|保持在"
        r"|控制在|维持在|均|分别|双双|各|仅|只有|均为|突破|逾|不|就|将|可|高出|提高到|提升到|提升至|提高至|增加到|增加至|增至|增长到|增长至|降到"
        r"|降至|下降到|下降至|降低到|降低至|上升到|上升至|扩大到|扩大至|缩短到|缩短至|减少到|减少至|压缩到|压缩至|延长到|跃升至|最高|最低|超额"
        r"|[是为]\d{4}年的|实现了?|完成了?|连续|(?:调整|优化|演变|转变)为?|每[年月天周日人户亩次](?:可|能|将|就)?|：|:)+$"
    )


@cache
def _opening() -> re.Pattern[str]:
    keep, lead, verb = (_either(_words(role)) for role in ("keep_after", "lead", "verb"))
    return re.compile(rf"(?P<keep>{keep})|(?P<per>{_PER.pattern})|(?P<verb>(?:{verb})了?)|(?P<lead>{lead})")


@cache
def _ends_in_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(_words('verb'))})了?$")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"(?P<keep>{_either(_words('keep_after'))})|(?P<after>{_either(_words('after'))})")
