"""What a figure measures: the noun phrase before or after it, in its clause, or that of its neighbour.

`measure` sees one sentence with all its figures, since coordination and ellipsis carry a metric from one
to the next (农业总产值6.25亿元、农业增加值3.64亿元，均增长4.7%). The words that bound a phrase are data. Finding
the figures belongs in `pipeline.extract.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.clauses import (
    BRACKETS,
    CLAUSE_END,
    EDGE,
    NOUNLIKE,
    Before,
    after_figure,
    before_figure,
    strip_opening,
    tail_words,
    words,
)
from pipeline.extract.metric_pairs import Measured, dimensions, earned, limited, noun_behind, share_forward

_COMMA = re.compile(r"[，,。；;：:！？!?\n（）()…]")
_AND = re.compile(r"、|以及|[和与及]")
_MONEY = re.compile(
    r"(?:收入|工资|利润|投资|产值|订单|红利|分红|补[贴助]|[资奖租基佣薪现押]金|贷款|经费|[费款税]|债券|损失|差价)$"
)
_MEASURED_BEFORE = frozenset(("money", "area", "length", "mass", "volume", "power", "energy", "temperature", "ratio", "angle"))
_OF_THRESHOLD = re.compile(r"的([\u4e00-\u9fff]{1,8}?)(?:已?达到?|共?有|为|共|突破|增至)")
_BARE = frozenset(("产量", "总产量", "产值", "总产值", "面积", "总面积", "亩产", "单产", "销量", "销售额", "年产量", "年产值"))
_THING = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:播种总?面积|种植总?面积|采摘面积|养殖面积|投产面积|总?面积|种植|栽培|栽植|养殖|总?产量|总?产值|规模|基地)$"
)
_ATTRIBUTES = frozenset(
    (
        "年产",
        "日产",
        "总投资",
        "投资",
        "占地",
        "占地面积",
        "面积",
        "总面积",
        "长",
        "宽",
        "高",
        "装机容量",
        "装机",
        "价值",
        "容量",
        "日处理",
    )
)
_SURPLUS = {"增收": "增长", "增支": "增长", "减收": "下降", "减支": "下降", "短收": "下降", "超收": "增长"}
_ITSELF = {"翻": "增长", "减半": "下降"}  # figures that are verbs themselves
_OF_WHICH = ("其中", "其中：", "其中，", "其中有")
_RESTS = ("其余", "剩余", "余下的", "合计", "共计")
_STILL = ("还有", "尚有", "仍有")
_TOTALS = frozenset(("总数", "总量", "数量", "总规模", "总人数", "总额", "总户数"))
_SIDES = ("城镇居民", "农村居民", "城镇", "农村", "城市", "乡村", "男性", "女性")
_PLACE_END = re.compile(r"(?:园区|[县市区镇乡村园])$")
_PLACES = re.compile(r"(?:村委会|小组|村组|自然村|社区|街道|[县市区镇乡村组])$")
_DWELLING = re.compile(r"(?:社区|[县市区镇乡村])$")
_ITEMS = frozenset("条件个项处起宗例份")
_BECAME = re.compile("(?:成功|全部|已经?)?实现了?(?=[\u4e00-\u9fff]{2})")
_EXTENTS = ("积", "量", "模", "拔", "度", "程", "幅", "产", "高", "长", "宽", "力")
_SHARES = frozenset(("占比", "比重", "份额", "占", "增速", "增幅"))
_UNIT = re.compile(r"[^\d.,，万亿余多来几]*$")
_FIXED = ("标准", "价格", "额度", "单价", "均价")
_SET_BEFORE = ("预算", "计划", "目标", "任务", "预算数", "计划数", "任务数", "目标数")
_ADDED = ("新增", "净增", "净增加", "增加", "新登记", "新培育")
_HOLDS = re.compile(r"^(?:占到?|完成了?)")
_ANOTHER_TIME = re.compile(r"(?:相当于|达到?)?(?:(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期)?|同期)(?:水平|总[数量])?")
_SORTED_BY_PLACE = re.compile(r"[\u4e00-\u9fff]{1,5}[县市区镇乡]")
_OF_THESE = re.compile(r"(?:^|[，,。；;])([\u4e00-\u9fff]{2,10})中[，,：:]")
_ONE_OF_THEM = re.compile(r"(?:最[\u4e00-\u9fff]的)?[一1]个[\u4e00-\u9fff]{1,3}")
_LONG = re.compile(r"[，,、][全总]?长(?:度|达|约|近|有)?\Z")
_AGED = re.compile(r"(?:今年|现年|年仅|年近|年过|年满|年龄[为在]?)(?:已经?|刚满?|才|刚刚)?\Z")
_BECAME_SO = re.compile(r"(?:稳定|实现|就近|灵活|成功|顺利|就地)*(?:就业|增收|脱贫|务工|创业|致富|上岗|受益)$")
_RAISES = frozenset(("种植", "养殖", "栽植", "栽种", "套种"))


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
    parsed: list[Before] = []
    last, alone = carried, []
    thing = ""  # what was counted last, no deed done to it
    whole: tuple[str, str] | None = None  # metric and unit of what 其中 takes parts of
    for n, (start, end, kind) in enumerate(spans):
        floor = spans[n - 1][1] if n else 0
        ceiling = spans[n + 1][0] if n + 1 < len(spans) else len(sentence)
        before = before_figure(sentence[min(floor, start) : start])
        after, verbal = after_figure(sentence[end : max(end, ceiling)])
        did_only = False
        if after and before.own and before.noun and not before.verbal and kind == "count" and _BECAME_SO.fullmatch(after):
            verbal = True  # 带动脱贫群众300人稳定就业
        metric = _choose(kind, before, after, verbal, last, sentence[end : end + 1] == "的")
        if metric in _SURPLUS and kind == "money" and last and n and before.own and not before.per:  # 收入86亿元，比上年增收5亿元
            change, kept = _SURPLUS[metric], last
            metric = f"{last.removesuffix(metric)}{metric}"
            found.append(Measured(metric, before.per, change))
            parsed.append(before)
            alone.append(False)
            last = kept
            continue
        if n and sentence.endswith(_OF_WHICH, floor, start):
            whole = (found[-1].metric or "", _unit(sentence, *spans[n - 1][:2]))
        elif before.noun:
            whole = None
        if before.change != "none" and not before.noun and n and kind != "ratio":
            metric = _of_unit(sentence, spans[:n], found, _unit(sentence, start, end)) or metric
        of_whole = whole and whole[0] and not before.noun and verbal and before.change == "none"
        if whole and of_whole and _unit(sentence, start, end) == whole[1]:
            metric = whole[0]  # 其中52个当场纠正，5个移交
        elif thing and not before.noun and (verbal or not after) and sentence.endswith(_RESTS, floor, start):
            metric = thing if sentence[start - 1] not in "计" else f"{thing}合计"  # 其余47条; 合计855万元
        elif thing and (verbal or not after) and not before.noun and sentence.endswith(_STILL, floor, start):
            metric = thing  # 问题1296个，办结率91.1%，还有115个正在整改
        elif sentence[end - 1 : end + 1] == "人口":  # 32万人口
            metric = before.noun or "人口"
        elif (
            n
            and before.own
            and before.noun in _ADDED
            and found[-1].metric
            and verbal >= bool(after)
            and _same_unit(sentence, spans, n)
        ):
            metric = f"{before.noun.removesuffix('加')}{found[-1].metric}"  # 年末个体户17509户，当年新增1564户
        elif _threshold(sentence, start, end) and after and not verbal and sentence[end : end + 1] != "的":
            metric = after  # 新签5000万元以上项目
        elif sentence[start - 1 : start] == "的" and after and not verbal and kind not in ("ratio", "money", "duration"):
            metric = after  # 新铺的1.2公里水泥路
        elif kind == "length" and after and not verbal and sentence.startswith(("长的", "宽的"), end):
            metric = after  # 修通一条6公里长的机耕道
        elif _did_only(before) and sentence[end - 1] in _ITEMS and (verbal or not after):
            last = before.earlier or last
            metric = f"{last or ''}{before.noun}"  # 等问题，共梳理67个，办结61个: 问题梳理, 问题办结
            did_only = True
        elif before.noun and last and before.own and before.change == "none":
            metric = _completed_by(last, before.noun) or metric
        if n and (of := _OF_THRESHOLD.match(sentence, floor, start)) and _threshold(sentence, *spans[n - 1][:2]):
            metric = f"{found[-1].metric or ''}{sentence[spans[n - 1][0] : floor]}的{of[1]}"  # 收入10万元以上的村达312个
        if n and "岁" in sentence[spans[n - 1][0] : floor] and metric and not CLAUSE_END.search(sentence, floor, start):
            metric = sentence[spans[n - 1][0] : floor] + metric  # 15—59岁人口占58%
        if n and start == floor and not before.noun and (verbal or not after) and found[-1].metric and kind != "ratio":
            only_did = verbal and found[-1].metric in words("verb")
            metric = f"{found[-1].metric}{after}" if only_did else found[-1].metric  # 脱贫158户895人, 带动99户469人增收
        if kind == "length" and not before.noun and _LONG.search(sentence, floor, start):
            metric = "长度"  # 规模达1500千瓦，长达2.6公里
        if (
            sentence[end - 1] == "岁"
            and not (metric or "").endswith("年龄")
            and (sentence[end : end + 1] == "的" or _AGED.search(sentence, floor, start))
        ):
            metric = "年龄"
        if n and kind == spans[n - 1][2] and _ONE_OF_THEM.fullmatch(metric or ""):
            metric = found[-1].metric  # 其中最多的一个村超过300万元
        if (
            kind == "count"
            and (verbal or not after)
            and _SORTED_BY_PLACE.fullmatch(metric or "")
            and (these := _OF_THESE.search(sentence, 0, start))
        ):
            metric = these[1]  # 在建项目中，白河县56个
        nameless = not before.noun or (n and sentence[floor:start] == before.noun == found[-1].metric)
        if n and nameless and not after and sentence[end - 1] in "户人" and _PLACES.search(metric or ""):
            metric = None  # 受益10个村120户560人, 辖9个村民小组248户: no villages
        if n and not after and spans[n - 1][2] == "money" and before.noun in words("became"):
            metric = before.noun  # 发放工资3995万元，解决就业17730人
        alone.append(not after and (before.verbal or not before.noun))
        change = before.changes if kind == "ratio" and before.change == "none" else before.change
        change = next((said for verb, said in _ITSELF.items() if sentence.startswith(verb, start, end)), change)
        moved_on = n and before.moved and not before.noun and metric == found[-1].metric
        per = before.per or (found[-1].per if moved_on else None)  # 人均收入从21484元增长到30880元
        found.append(Measured(metric or None, per, change))
        parsed.append(before)
        if did_only:
            pass
        elif before.against:
            last = before.noun or last
        elif metric and (before.noun not in words("became") or last is None):
            last = metric
        if metric and not before.verbal and before.change == "none":
            thing = metric if kind != "ratio" else thing
    for n in range(len(spans) - 1):  # 3条年产5万吨的生产线
        end, (start, stop, _) = spans[n][1], spans[n + 1]
        if sentence[stop : stop + 1] == "的" and sentence[end:start] in _ATTRIBUTES:
            found[n] = found[n]._replace(metric=noun_behind(sentence, spans, n + 1, stop) or found[n].metric)
    earned(sentence, spans, found)
    limited(sentence, spans, found)
    dimensions(sentence, spans, found)
    share_forward(sentence, spans, found, alone)
    _distribute(sentence, spans, found, parsed)
    return found


def _same_unit(sentence: str, spans: Sequence[tuple[int, int, str]], n: int) -> bool:
    return _unit(sentence, *spans[n][:2]) == _unit(sentence, *spans[n - 1][:2])


def _threshold(sentence: str, start: int, end: int) -> bool:
    return sentence.endswith(("以上", "以下", "以内"), start, end)


def _unit(sentence: str, start: int, end: int) -> str:
    """The unit of a figure as it is written: 万吨 and 吨 are one."""
    match = _UNIT.search(sentence, start, end)
    return match[0] if match else ""


def _of_unit(sentence: str, spans: Sequence[tuple[int, int, str]], found: Sequence[Measured], unit: str) -> str | None:
    """What was last measured in the unit of a change, where the figure right before it has another.

    总产量104万吨，平均亩产259公斤，比上年增产0.85万吨: not the yield an acre is what grew.
    """
    units = [_unit(sentence, start, end) for start, end, _ in spans]
    if spans[-1][2] == "ratio" or units[-1] == unit:
        return None
    return next((found[n].metric for n in range(len(units) - 2, -1, -1) if units[n] == unit), None)


def _did_only(before: Before) -> bool:
    return before.verbal and before.noun in words("verb") and before.noun not in NOUNLIKE


def _completed_by(last: str, noun: str) -> str | None:
    """What a noun that says too little takes from the metric before it: 辣椒种植545万亩、产量800万吨."""
    if noun in _BARE:
        stem = _THING.match(last)
        return f"{stem[1]}{noun}" if stem and stem[1] not in _BARE else None
    if noun in _TOTALS:
        return f"{last}{noun}" if not last.endswith(noun) else last
    if noun in _SIDES:
        other = next((side for side in _SIDES if side != noun and side in last), None)
        return last.replace(other, noun) if other else None
    return None


def _choose(kind: str, before: Before, after: str, verbal: bool, last: str | None, of: bool) -> str | None:
    noun = before.noun
    if before.against and (noun or last):
        if _ANOTHER_TIME.fullmatch(before.against):
            return noun or last  # 是上年的2.5倍
        return f"{noun or last}{_HOLDS.sub('', before.against) if kind != 'ratio' else before.against}"
    if before.change != "none":
        return noun or last or after
    if noun and noun in words("became") and last and not (after and not verbal):
        return f"{last}{noun}"
    if noun.startswith("占") and not noun.startswith("占地") and last:
        return f"{last}{noun[noun.endswith(_SET_BEFORE) :]}"  # 收入5亿元，占年初预算12亿元的41%
    if kind == "duration":
        return (noun if before.own else "") or after or noun or last
    heads = not noun.endswith(NOUNLIKE) or (noun in NOUNLIKE and not of)
    if kind == "money" and of and noun and after.startswith(_FIXED):
        return noun  # 乡道5000元、村道3000元的标准
    if kind == "money" and heads and after and not verbal and (of or _MONEY.search(after)):
        return after
    if kind == "ratio" and of and after and not verbal and _DWELLING.search(noun):
        return after  # 松山社区60%的农户
    if kind in _MEASURED_BEFORE:
        if (
            after
            and not verbal
            and kind not in ("ratio", "money")
            and (noun in _RAISES or (of and not noun.removesuffix("在").endswith(_EXTENTS)) or _PLACE_END.search(noun))
        ):
            return after
        if noun and before.own and not (before.verbal and after and not verbal and not noun.endswith(NOUNLIKE)):
            return noun
        return (after if of or not verbal else "") or noun or last or after
    if after and (not verbal or (before.own and before.verbal)):
        return after
    if verbal and before.object and after:
        return after  # 对问题线索3人立案审查
    if after and not verbal and noun.endswith("等"):
        return after  # 巡察、调研等4项工作
    if verbal and not before.own and _BECAME.match(after):
        return _BECAME.sub("", after)  # 已有78户实现稳定脱贫
    return noun or after or last


def _distribute(sentence: str, spans: Sequence[tuple[int, int, str]], found: list[Measured], parsed: Sequence[Before]) -> None:
    """A和B分别为3%和5%: one metric each; A、B均增长4.7%: one figure for all of them."""
    n = 0
    while n < len(spans):
        end = n + 1
        while (
            end < len(spans)
            and spans[end][2] == spans[n][2]
            and _goes_on(sentence[spans[end - 1][1] : spans[end][0]], parsed[n], parsed[end])
        ):
            end += 1
        if parsed[n].respective and end - n >= 2:
            names = _listed(sentence, spans[n - 1][1] if n else 0, spans[n][0], "分别|依次", end - n)
            earlier = [m.metric or "" for m in found[:n] if m.change == "none"][-(end - n) :]
            own = parsed[n].noun if parsed[n].own else ""
            if not names and own in _SHARES and len(earlier) == end - n:  # 占比依次为
                names = [f"{name}{own}" for name in earlier]
            names = names or ([own] * (end - n) if own else earlier)
            if len(names) == end - n:
                for k, name in enumerate(names, n):
                    per = found[k].per or found[n].per
                    change = found[n].change if parsed[k].change == "none" else parsed[k].change
                    found[k] = found[k]._replace(metric=name or found[k].metric, change=change, per=per)
        elif parsed[n].both:
            names = _listed(sentence, spans[n - 1][1] if n else 0, spans[n][0], "均|双双|都", 0)
            if len(names) < 2:
                names = _coordinated(sentence, spans, found, n)
            if len(names) >= 2:
                found[n] = found[n]._replace(metric=names[-1], also=tuple(names[:-1]))
        elif end - n >= 2 and parsed[n].change != "none":
            first = 2 * n - end  # 分别为2.2万元、9千元，增长8%、11%: as many as there were before
            same = first >= 0 and parsed[first].respective and not parsed[n].noun and spans[first][2] != "ratio"
            for k in range(n, end):
                metric = found[first + k - n].metric if same else found[k].metric
                found[k] = found[k]._replace(metric=metric, change=found[n].change, per=found[k].per or found[n].per)
        n = end


def _goes_on(between: str, first: Before, then: Before) -> bool:
    """Whether a figure continues an enumeration: 分别增长3%、5%, and 分别增长3%、下降5%."""
    if between.strip(" 、，,和与及以") == "":
        return True
    return first.respective and not then.respective and not then.noun and then.change != "none" and between[0] in "、和与及"


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
    left = BRACKETS.sub("", sentence[floor:start])
    marks = list(re.finditer(marker, left))
    if not marks:
        return []
    head = _COMMA.split(left[: marks[-1].start()])
    clause = next((part for part in reversed(head) if part.strip()), "")
    items = [item.strip(EDGE) for item in _AND.split(clause)]
    if len(items) < 2 or (wanted and len(items) != wanted) or not all(items):
        return []
    items[0] = strip_opening(items[0])[0] or items[0]
    items[-1] = tail_words().sub("", items[-1])
    ordinal = re.match(r"第?[一二三四五]", items[-1])
    if ordinal and all(re.fullmatch(r"第?[一二三四五]", item) for item in items[:-1]):  # 第一、二、三产业
        return [f"第{item[-1]}{items[-1][ordinal.end() :]}" for item in (*items[:-1], ordinal[0])]
    return [_completed(item, items[-1]) for item in items[:-1]] + items[-1:]


def _completed(item: str, whole: str) -> str:
    """城镇 beside 农村居民人均可支配收入: what the shorter one leaves out."""
    if len(item) >= 5 or len(whole) - len(item) < 2:
        return item
    if (stem := _THING.match(whole)) is not None and not _THING.match(item):  # 猕猴桃 beside 刺梨种植面积
        return item + whole[stem.end(1) :]
    at = whole.find(item[-1])
    if at >= 0 and len(whole) - at - 1 >= 2:
        return item + whole[at + 1 :]
    return item + whole[len(item) :]
