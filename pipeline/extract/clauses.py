"""A clause around a figure, taken apart: its noun phrase, what opens and closes it, and the words of change.

The words that bound a phrase are data. Which of the phrases around a figure it measures is decided in
`pipeline.extract.metrics`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

_WORDS = Path(__file__).resolve().parents[1] / "reference" / "units" / "metric_words.tsv"
CLAUSE_END = re.compile(r"[，,。；;：:！？!?、\n（）()…]")
BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
EDGE = " “”‘’\"'—-的《》〈〉·"
_PER = re.compile(
    r"人均|户均|年均|月均|日均|亩均|村均|校均|(?<![国省市县州区])平均(?!水平|值|数)(?:每[人户亩村年月天日])?"
    r"|每(?:(?:人|户|亩|村|头|只|株|家|辆|个?学?生|名学生)每(?:学年|学期|季度|个?月|[年天日周次])|个?学?生|名学生|学年|学期|百户|千人|十?万人|百人|[百千万]?公顷|[百千万]?平方公里|人|户|年|个?月|周|天|日|亩|村|个?季度|车|家|个|次|名|头|只|株|公斤|斤|吨|立方米|平方米)"
)
_STATISTIC = re.compile(r"(?:可支配|生产总值|地区生产|纯收入|消费|GDP|预期|工资|收入|支配|国内)")
_TIME = re.compile(
    r"(?:截至|截止|到|至|从|自|在)?(?:(?:19|20)\d\d年?(?:至|到|—|-)?)?(?:(?:19|20)\d\d年)?(?:\d{1,2}(?:[—\-至]\d{1,2})?月(?:份|\d{1,2}日)?)?"
    r"(?:[上下]半年|前?[一二三四]季度|年?[末底初]|前\d{1,2}个月|以来)?(?:末|底|时)?"
)
_BOTH = re.compile(r"(?:(?<![日月年周人户亩村校平])均|双双|都)(?:实现|同比|比上年)?$")
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]是|(?:最?近|过去)(?:[一两二三四五六七八九十]|\d{1,2})年(?:来|间|内)?"
    r"|(?:[一二三四五六七八九十两]|\d{1,2})年(?:来|间)?(?:累计|总共|共计?|先后)"
)
_COMPARED = (
    r"(?:[两三四五六七八九十]年平均|平均|(?<![亩户人村年月日])均|分别|依次|按?(?:现行?价格?|不变价格?|可比价格?)(?:计算)?|双双|又|再|净|实际|名义|可比|同口径|累计|增速|增幅|涨幅|降幅|同比|环比|总体|略|小幅|大幅|有所|预计|年均|"
    r"按[^，,、]{2,8}计算|[与同和](?:上年|去年|前年|上月|上季度|同期|往年|年初)[^，,、]{0,6}?相?比|(?:(?<!占)比(?![例重率值])|较|同)(?:[^，,、]{0,14}?(?:上年|去年|前年|年初|常年|上月|上季度|同期|平均|水平|期|年|末|底|前|时|值|月份?|季度|执行数|完成数|决算数|预算数|快报数|全国|全省|全市|目标)"
    r"(?:同期|末|底|年底|平均)?))*"
)
_UNTIL = r"(?:了|分别|依次|近|约|超|超过|达|达到|幅度|为|将|目标|速度)*$"
_RELATIVE = re.compile(r"(?:高于|快于|好于|优于|(?<!提)高出|领先|超过|低于|慢于|落后于)[^，,、]{1,12}$")
_ABOVE_SIZE = ("规模以上", "规上", "规模工业")
_GUARDED = frozenset("率额量费价者值数面户员厂站点班会业期房区总资规收里长能占强")
_CUT = re.compile(
    r"(?:共|累计|总共)(?:收到|接到|收集到?|征集到?|梳理出|排查出)"
    r"|累计|实现|完成(?!率)|达到|建成(?!区)|发放(?!率)|投入(?![产品使])|安排|争取到?|筹措|筹集|下达|拨付|兑付|落实(?!率)|培育|引进|设立"
    r"|选派|惠及|吸纳|带动|覆盖(?![率面])|整合|统筹|提供|拥有|形成|共有|开展|举办|召开|(?<!教育)帮助|组织(?![部架振建])"
    r"|(?<=[委局府院办门位关司队站心村镇乡县市区州处组会])共(?!同|享|建|治|青|产|有|计|用|创|富|性)(?=[\u4e00-\u9fff]{4})"
    r"|(?<=[\u4e00-\u9fff]{2})(?<![上去本今当前比])(?:全年|年末|上半年|前三季度)(?=[\u4e00-\u9fff]{4})"
    r"|用于(?:开发|建设|发展|购买|改善|支持|修建|维修|补助|奖励)?|(?:模式|方式|形式|办法)(?:发展|推进|建设|开展|实施)"
    r"|(?:[建盖办养]起|[种栽]上|栽下)(?:了|来的?)?|(?<=[户民村社镇乡县组队所站会])(?:[还也又共上]|先后|自主)*(?:发展|申请|建起|新建|修建)(?!改革|和改革)"
    r"|(?<=[\u4e00-\u9fff]{2})(?:还|又|另|先后)(?:申请|争取|投资|新建|购置)"
)
_RAISED = re.compile(r"(?:筹措|筹集|争取|申请|整合|募集)$")
_MID_STOP = re.compile(
    r"(?<![植棉])被|将(?!军)|(?<!一)把(?!手)|(?<![出礼])让|(?<![平人户])均(?!衡)|(?<![首成古])都(?!市)"
    r"|年(?=人均|户均)|中(?=排名|位居|位列|名列|排在)"
    r"|(?<=[乡镇村县区户社校])实施(?!方案|意见|情况|单位|主体)"
    r"|(?<![存潜所现内实外自])在(?![校建职编册岗线读外])|(?<![中高平同初])等(?!级)|(?:去|今|前|明)年"
    r"|又(?!名)|[\u4e00-\u9fff]着(?![力重眼装陆床色落])|至今"
)
_ADVERB = re.compile(r"(?:也|则|已|均|全部|正在|仍|陆续|相继|先后|同时)(?![衡匀值外款])")
# What may close a noun phrase behind a figure and is no part of it: 项目|中, 小屋|里, 酒|和, 元首|共同.
# 37个行政村|的农村地区: of a place only its kind
_PLACE_OF = re.compile(
    r"^(乡镇|[县市区镇乡村组])的(?=农村|城镇|乡村|地区|部分|大部|学校|群众|[\u4e00-\u9fff]{2,6}(?:户|对象|人口|群众)$)"
)
_PARTICLE = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:同时|共同|(?<![高初集])中|(?<!公)里|(?<![小平临])时|(?<!总)是|[都也呢啊呀哩]|(?<![可予得加给])以|(?<=[\u4e00-\u9fff]{4})后|(?<=[\u4e00-\u9fff]{4})全)$|(?<![普惠涉遍])[和与及]$"
)
_CIRCUMSTANCE = re.compile(r"的(?:基础|同时|前提|情况|过程|背景|带动|引领|帮助)[上下中]?$")  # 选任86名联络员的基础上
_TO_LIMIT = re.compile(r"(?:高于|低于|超过|不超)([\u4e00-\u9fff]{0,8}(?:限额|上限|下限|红线|控制数))$")
_PULLED = re.compile(r"(?:拉动|带动|支撑)[\u4e00-\u9fff]{2,12}增长$")
_MANNER_ONLY = re.compile(r"(?:实现了?)?(?:稳定|顺利|成功|如期|全部|稳步|高质量|率先|整体)")
# 是五年前的6.2倍, 为“十二五”时期的1.9倍: what a multiple is held against is no metric
_MULTIPLE_OF = re.compile(
    r"(?:约?[是为]|相当于|达到?)[^，,]{0,10}?(?:年前?|以前|之前|时期|期间|年?[末底初]|同期|水平|平均值?|时候?)的$"
)
# 工作能力强、作风硬的|干部, 符合条件的|村: what a thing behind a figure is said to be
_SAID_OF_IT = re.compile(r"(?:[\u4e00-\u9fff]{2,6}[强硬高好大优实广足快精]、)+[\u4e00-\u9fff]{2,8}的(?=[\u4e00-\u9fff]{2})")
_OF_DEED = re.compile(r"(?!实现|达到|完成|取得|是|有|占|超|为)[\u4e00-\u9fff]{2,12}的([\u4e00-\u9fff]{2,})$")
_AND_DEED = re.compile(
    r"[和与及、][\u4e00-\u9fff]{2}(?:企业|基地|项目|园区?|[场厂户站]|合作社|公司|中心|技术|设施|设备|车间|主体|人员|能力|服务)"
)
_WORK = ("任务", "事项", "指标", "清单")
_STATE_OF = re.compile(
    r"([\u4e00-\u9fff]{2,12})的(?:贯彻|[改扩新]建|建设|改造|实施|执行|落实|[改通]水|[改通]厕|搬迁|安置|验收|评估|检查|考核|审计|整治|提升|维修|加固)"
    r"(?:贯彻|落实|实施|执行|建设|改造)?(?:情况|工作|工程|任务)?"
)
_LEVELS = re.compile(r"(?<=[省市县区州乡镇])、(?=[省市县区州乡镇村](?![\d、]))(?![^，,。；;]{0,3}[和与及])")  # 9个市、县项目
_SMALL = re.compile(r"(?<=[小大])[（(]([一二ⅠⅡ12])[)）](?=型)")  # 小（二）型水库
_TOWNS = re.compile(r"^乡[（(](?:镇|镇、?街道)[）)]")  # 10个乡（镇）
_DIVISIONS = re.compile(r"^([县市区州旗村])[（(]([县市区州旗、]{1,3}|社区|居|组)[）)]")  # 8个县（区）
# 86名农村（社区）监察联络员: another name for what stands before
_ALSO_CALLED = re.compile(
    r"^([\u4e00-\u9fff]{2,8})[（(](?![含不约占其年内])[\u4e00-\u9fff]{1,4}[）)](?=(?!的)[\u4e00-\u9fff]{3})"
)
_OF_THEM = re.compile(r"^(?:人)?(?:当中|之中)")  # 82人当中还有12户
_NOT_YET = frozenset(("未", "尚未", "仍未", "还未", "没有", "还没", "还没有"))
_TASKS = re.compile(r"[\u4e00-\u9fff]{0,4}(?:工作|任务)(?=结合|纳入|作为|列入|同步|统筹|一体)")  # 4项工作|结合起来
# 平菇、金耳、松茸等|生产基地
_LISTED = re.compile(r"^[\u4e00-\u9fff]{2,8}(?<![高中初同平均优])等(?![级于同待])(?=[\u4e00-\u9fff]{3})")
_EXTENT_ONLY = re.compile("计算|当中|之中|基本|全部|大部|部分|现|现已|业已|已经|正在|仍|尚")
_PLANNED = re.compile(r"(?:(?:计划|预计|力争|有望|确保|拟|将)(?:于|在|到)?|[于在到])(?=\d{4}年|[今明]年|年[底末])")
# 改造后节约用电: what was done before the figure came about
_ONCE_DONE = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:改造|投产|达产|建成|完工|竣工|实施|推行|运行|搬迁|整治|升级|扩建|技改|改革|优化|扩容|并网|通车|投用|投运|启用|治理)后(?=[\u4e00-\u9fff]{2})"
)
# 利润由上年亏损转为盈利: whether it is a gain or a loss is no part of what is measured
_GAIN = r"(?:净?(?:盈利|亏损|盈余)|盈|亏)"
_TURNED = rf"(?:转变?|变|扭转|扭)[为成]?(?:了)?{_GAIN}"
_TURN = re.compile(
    rf"(?:[由从](?:上年|去年|前年|同期|年初|(?:19|20)\d\d年)?(?:同期)?的?{_GAIN}(?:{_TURNED})?|{_TURNED}|扭亏为?盈)$"
)
_IS = re.compile(r"(?:是|均是|都是|均为|属于|为)(?=[\u4e00-\u9fff]{2})")
_WAS = re.compile(
    r"(?:由|从)(?:原来|过去|最初|之前|以前|原先|此前|当初|上年|去年|前年|年初预算|年初计划|年初|原计划|上半年|[一二三四]季度|\d{1,2}月份?"
    r"|(?:19|20)\d\d年[初末底]?)的?$"
)
_MOVING = re.compile(r"[由从].*$")
_AT = re.compile(r"(?:[住放建种守设处用]在|坐落在|扎根在|着|[住搬]进|[建办盖]起|[交送]给|(?<![品良育树物兵])种)$")
# 发展到, 压减至现在的: how a thing moved from one figure to the next
_MOVES = (
    r"(?:(?:增加|减少|提高|提升|上升|下降|降低|扩大|缩小|收窄|缩短|压缩|压减|精简|发展|增长|拓展|扩展|延长|延伸|调整|缩减|攀升|回升|跃升|扩充|扩建|优化|改变"
    r"|转变|下调|上调|上涨|下跌|跌|涨|升|降|增|减|变|缩|扩|延|演变|加[宽长高深厚密固]|拓宽|扩宽|翻|恢复|回落|走低|走高)(?:到了?|至|为|成))"
)
_MOVED = re.compile(
    rf"{_MOVES}(?:(?:现在|目前|如今|今年|去年|[上下]半年|[一二三四]季度|\d{1, 2}月份?|年[末底]|(?:19|20)\d\d年|最高|最低)的?)*$"
)
_MOVED_ON = re.compile(_MOVES)
# 完成年初预算, 恢复到2019年: what a figure in per cent holds the thing named before against
_HELD_AGAINST = re.compile(
    r"(?:为|完成|达到?|相当于|恢复[到至]?|占到?|是|超过?)(?:了|到)?(?:年初|年度?|调整后?|全年|当年|上年|去年|前年|全省|全国|全市|景区|最大|目标|平均|序时|省定|市定|县定|同期|承载|任务"
    r"|(?:[省市县区州]委?|[省市县区州]?政府)?(?:考核|下达|责任|分解|签订|既定|约束性|奋斗)的?|(?:19|20)\d\d年|十[二三四五]五)*(?:预算|计划|目标|任务|同期|水平|(?:19|20)\d\d年|进度|预期|承载量|预算数|上年|去年)(?:总?数|同期|水平)?的?$"
)
_SORTED_INTO = re.compile(
    r"经?(?:梳理|汇总|分析|研判|整理)*(?:归类|归纳|分解|细化|梳理|划分|整理|汇总|归并|合并|凝练|细分)(?:为|成|出)$"
)
# 先后跨过9000亿、万亿元大关; 连跨两个万亿元台阶
_MILE = r"(?:[一两二三四五六七八九]个)?(?:[十百千万亿]*[元人吨户家]?(?:大关|整数关口|关口|门槛)|[十百千万亿]+[元人吨户家]?台阶)"
_CROSSED = r"(?:(?:先后|连续|接连|成功|又|再)*(?:连跨|连上|跨上|跨过|跨越|迈上|迈过|登上|站上|越过|首破|冲破)了?)"
_MILESTONE = re.compile(rf"{_CROSSED}?{_MILE}$|{_CROSSED}$")
_MILE_AHEAD = re.compile(rf"{_MILE}$")
# 减少化肥用量两成: the verb of change stands before what changed, a quantity by its last word
_CHANGES = re.compile(
    r"(?:(?P<down>减少|降低|压减|精简|压缩|削减|缩短|节约|节省)|(?P<up>提高|增加(?!值)|提升))了?[^，,、的]{0,6}"
    r"(?:[用耗产销总]量|成本|时[限间]|费用?|支出|开支|[能水电物]耗|损[失耗]|排放量?|效率|工效|产值|收入|面积|负担|用[水电地药肥工]|材料|环节|流程|次数|证明)(?:近|约|超过?|达|了)?$"
)
_MANNER = re.compile(r"^(?:按|剔除|扣除|不含|考虑|折算|依)[^，,]*(?:折算|计算|换算|核算|口径|统计|因素后?|后)为?$")
_RECKONED = re.compile(r"按[^，,]*?(?:计算|折算|核算|口径)")
_RECORD = re.compile(r"(?:[又再]|首次)?(?:创下?|创出|刷新|再创)(?:了|历史|同期)*(?:新高|最高|[记纪]录|佳绩)$")
_WENT_WELL = re.compile(
    r"(?:较好|良好|顺利|明显|突出|显著|喜人|可观|抢手|不[大小多少]|较[大小多少])$|^(?:据|记者|笔者)(?:了解到?|悉|介绍|统计|不完全统计)$"
)
# 装机容量280千瓦的泵站和|装机容量300千瓦
_AND_SIDE = re.compile(r"^的[\u4e00-\u9fff]{2,20}[和与及](?=[\u4e00-\u9fff]{1,6}$)")
_KINDS_OF = re.compile(r"((?:[^，,。；;：:\s、的\d]{2,14}、){1,4}[\u4e00-\u9fff]{2,8}等(?:案件|罪犯|人员|事件|纠纷|犯罪))$")
_NEXT_SIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与及](?:总?面积|总?长度?|宽度?|装机容量|总?投资|占地|库容)$")
NOUNLIKE = (
    "投资", "贷款", "分红", "补助", "补贴", "捐款", "融资", "授信",
    "资助", "销售", "增收", "创收", "节约", "减免", "报销", "投入",
    "收入", "支出", "奖补", "培训", "种植", "养殖", "存栏", "出栏",
    "出口", "进口", "减税", "缴税", "纳税", "补偿", "就业",
    "造林",
)  # fmt: skip
_REMEMBERED = 16384  # clauses; bulletins and reports of all places repeat the same ones
_JOINING = ("和", "与", "及", "加上")


@dataclass(frozen=True, slots=True)
class Before:
    """The clause before a figure, taken apart."""

    noun: str
    per: str | None
    change: str
    respective: bool  # 分别
    both: bool  # 均, 双双
    verbal: bool  # nothing but a verb
    own: bool = True  # whether the noun stands in the figure's own clause
    earlier: str = ""  # the noun of an earlier clause, where its own has but a verb
    moved: bool = False  # 发展到: what moved may stand in an earlier clause
    against: str = ""  # what a share is a share of: 完成年初预算
    object: bool = False  # 对: its noun is what something is done to
    changes: str = "none"  # what its opening verb says of a share: 减少化肥用量两成


@lru_cache(maxsize=_REMEMBERED)
def before_figure(left: str) -> Before:
    """Take the clause before a figure apart; where it says nothing, the one before it.

    Args:
        left: what stands between the last figure of the sentence, or its start, and this one.
    """
    listed = _KINDS_OF.search(left)
    if listed:  # 起诉侵犯商标权、专利权等|案件: too little by itself
        phrase, verbal = strip_opening(listed[1])
        return Before(phrase, None, "none", False, False, verbal)
    clauses = CLAUSE_END.split(_LEVELS.sub("", BRACKETS.sub("", _AND_SIDE.sub("", left))))
    result = _parse(clauses[-1])
    if result.verbal and result.noun in words("verb"):
        parsed = (_parse(clause) for clause in reversed(clauses[:-1]))
        found = next((each.noun for each in parsed if each.noun and not each.verbal and each.change == "none"), "")
        return replace(result, earlier=found)
    for clause in reversed(clauses[:-1]):
        if result.noun or result.change != "none" or len(clauses) > 8:
            break
        earlier = _parse(_MOVING.sub("", clause) if result.moved else clause)
        if earlier.noun and not earlier.verbal and earlier.change == "none":
            result = replace(result, noun=earlier.noun, per=result.per or earlier.per, own=False)
    return result


@lru_cache(maxsize=_REMEMBERED)
def _parse(clause: str) -> Before:
    pers = _PER.findall(_RECKONED.sub("", clause))
    respective = "分别" in clause or "依次" in clause
    phrase = _MILESTONE.sub("", clause.strip(EDGE))
    if phrase.endswith(_JOINING) and not phrase.endswith(("惠及", "普及", "涉及", "遍及")):
        return Before("", pers[-1] if pers else None, "none", respective, False, False)
    phrase = phrase.removesuffix("高达").removesuffix("多达")
    change = "none"
    against = ""
    held = _HELD_AGAINST.search(phrase)
    if held:
        phrase, against = phrase[: held.start()], held[0].rstrip("的").removeprefix("为").removeprefix("是")
    elif (multiple := _MULTIPLE_OF.search(clause)) is not None:
        phrase = clause[: multiple.start()].strip(EDGE)
    elif _MANNER.search(phrase) and not _change().search(phrase):
        phrase = ""
    phrase = _SORTED_INTO.sub("", phrase)
    still = _MOVED.sub("", phrase)
    reached = still != phrase
    phrase = _TURN.sub("", _WAS.sub("", still))
    relative = _RELATIVE.search(phrase)
    moved = None if relative else _change().search(phrase)
    if relative:
        limit = _TO_LIMIT.search(phrase)  # 低于核定限额41.2亿元 says how much the limit is
        phrase = limit[1] if limit else phrase[: relative.start()]
    elif moved and (pulled := _PULLED.search(phrase)) is not None:  # 拉动经济增长0.3个百分点: its share in growth
        phrase = pulled[0]
        return Before(phrase, pers[-1] if pers else None, "none", respective, False, False)
    elif moved and not phrase.endswith("限高"):
        change = "增长" if moved["up"] else "下降"
        phrase = phrase[: moved.start()]
        if _MANNER.search(phrase):
            phrase = ""
    both = bool(_BOTH.search(phrase)) or bool(moved and moved[0].startswith(("均", "双双")))
    phrase = tail_words().sub("", phrase.rstrip(EDGE))
    phrase = re.sub(r"(?:同比|环比|增速|增幅|涨幅|降幅|减幅)$", "", phrase) if change != "none" else phrase
    growth = re.search(r"(?<!自然)(?:增速|增幅|涨幅|增长率|降幅|减幅)$", phrase)
    if growth:
        change = "下降" if growth[0] in ("降幅", "减幅") else "增长"
        phrase = phrase[: growth.start()]
    phrase, verbal = strip_opening(tail_words().sub("", phrase))
    per = pers[-1] if pers else None
    phrase = phrase.removesuffix(per or "")
    phrase = _RECORD.sub("", phrase)
    phrase = "年产" if phrase.endswith(("和年产", "、年产", "及年产")) else phrase
    if _WENT_WELL.search(phrase):  # 完成情况较好，已完成计划的53%
        phrase = ""
    if len(_HAN.findall(phrase)) < 2 and not re.search(r"[A-Za-z]{2}", phrase):
        phrase = ""
    changes = _CHANGES.search(clause.strip(EDGE)) if change == "none" and not reached else None
    opened = "none" if not changes else "增长" if changes["up"] else "下降"
    if changes and phrase.startswith(changes[1] or changes[2]):
        phrase = phrase[len(changes[1] or changes[2]) :]
    given = clause.startswith(("对", "就", "针对"))
    return Before(phrase, per, change, respective, both, verbal, moved=reached, against=against, object=given, changes=opened)


def strip_opening(phrase: str) -> tuple[str, bool]:
    """A phrase without what opens it and is no noun; and whether only a verb is left."""
    cuts = [m.end() for m in _CUT.finditer(phrase, 1) if len(phrase) - m.end() >= 2]
    if cuts and (raised := _RAISED.search(phrase, 1, cuts[-1])) is not None and phrase[cuts[-1]] in _GUARDED:
        phrase = phrase[raised.start() :]  # 会同当地党委|筹措资金
    elif cuts and (phrase[cuts[-1]] not in _GUARDED or phrase.startswith(_ABOVE_SIZE, cuts[-1])):
        rest = phrase[cuts[-1] :]
        # 中欧班列累计开行: nothing but another verb follows, so the noun stands before
        phrase = phrase[: next(_CUT.finditer(phrase, 1)).start()] if rest in words("verb") and rest not in NOUNLIKE else rest
    verbs = 0  # one opens a clause; a second one is part of the noun phrase (制定整改措施)
    while phrase:
        if phrase.lstrip("已现") in words("became"):
            return phrase.lstrip("已现"), True
        if (once := _ONCE_DONE.match(phrase)) is not None:
            phrase = phrase[once.end() :]
        match = _opening().match(phrase)
        size = 0
        if match and match["keep"] is None:
            size = match.end()
            rest = phrase[size:].lstrip(EDGE)
            part_of_noun = rest[:1] in _GUARDED and not _PER.match(rest)  # 种植面积, 投资额
            verbs += bool(match["verb"])
            if match["verb"] and rest in words("measure"):  # 补助标准, 报销比例
                break
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
        phrase = phrase[size:].lstrip(EDGE)
    phrase = phrase.strip(EDGE)
    phrase = _quoted_whole(_LISTED.sub("", phrase))
    if _EXTENT_ONLY.fullmatch(phrase):
        phrase = ""  # 已完成4个，基本|完成9个
    return phrase, bool(_ends_in_verb().search(phrase) or _AT.search(phrase))


def _quoted_whole(phrase: str) -> str:
    """A phrase with the opening mark that was taken for its edge: “就近办”事项."""
    return f"“{phrase}" if "”" in phrase and "“" not in phrase else phrase


@lru_cache(maxsize=_REMEMBERED)
def after_figure(text: str) -> tuple[str, bool]:
    """The noun phrase behind a figure, and whether a verb opens it."""
    text = _DIVISIONS.sub(r"\1\2", _LEVELS.sub("", _SMALL.sub(r"\1", _TOWNS.sub("乡镇", text))))
    text = _OF_THEM.sub("", _ALSO_CALLED.sub(r"\1", text))
    said = _SAID_OF_IT.match(text)
    text = text[said.end() :] if said else text
    stop = CLAUSE_END.search(text)
    phrase = (text[: stop.start()] if stop else text).lstrip(EDGE)
    if (planned := _PLANNED.match(phrase)) is not None:  # 计划于2025年底|实现脱贫
        time = _TIME.match(phrase, planned.end())
        phrase = phrase[time.end() if time else planned.end() :].lstrip("前底末")
    if not tail_words().sub("", phrase.strip("和与及以")) or _MOVED_ON.match(phrase):
        return "", False
    if (of := _IS.match(phrase)) is not None:  # 80%是脱贫户
        phrase = phrase[of.end() :]
    for filler in ("长的", "宽的", "不等的", "时间", "左右", "以上", "大关", "关口", "整数关口", "门槛"):
        phrase = phrase.removeprefix(filler)
    phrase = phrase.lstrip(EDGE)
    if not phrase or _MILE_AHEAD.match(phrase) or phrase in words("up") or phrase in words("down"):
        return "", False
    if (tasks := _TASKS.match(phrase)) is not None:
        return tasks[0], False
    if _ADVERB.match(phrase):  # 长期推进的13件也明确了时限
        return "", False
    closing = _closing().match(phrase)
    if closing:
        verbal = closing["keep"] is None
    else:
        opening = _opening().match(phrase) if not phrase.startswith("其他") else None
        part_of_noun = opening and opening["verb"] and phrase[opening.end() : opening.end() + 1] in _GUARDED
        verbal = bool(opening and opening["keep"] is None and not part_of_noun)
    for match in _closing().finditer(phrase, 1):
        if phrase[: match.start()] in _NOT_YET:
            continue  # 94个|未开工
        if phrase[match.start() - 1] == "的" or _AND_DEED.match(phrase, match.end()) or phrase.startswith(_WORK, match.end()):
            continue  # 切实可行的|增收项目, 蔬菜|种植和加工企业, 重点|突破任务
        if match["keep"] is None and len(match[0]) > 1 and not _MANNER_ONLY.fullmatch(phrase, 0, match.start()):
            phrase = phrase[: match.start()]
            break
    mid = _MID_STOP.search(phrase, 1)
    if mid:
        phrase = phrase[: mid.start()]
    if (place := _PLACE_OF.match(phrase)) is not None:
        phrase = place[1]
    phrase = _CIRCUMSTANCE.sub("", phrase.strip(EDGE))
    if verbal and (deed := _OF_DEED.match(phrase)) is not None:  # 获得表彰的|党员
        phrase, verbal = deed[1], False
    phrase = _quoted_whole(_PARTICLE.sub("", _NEXT_SIDE.sub("", phrase)))
    if not verbal and (state := _STATE_OF.fullmatch(phrase)) is not None and not _ends_in_verb().search(state[1]):
        phrase = state[1]  # 12部法律的|实施情况
    return (phrase, verbal) if _HAN.search(phrase) or re.search("[A-Za-z]{2}", phrase) else ("", False)


def forget() -> None:
    """Forget the clauses met so far, for measurements."""
    _parse.cache_clear()
    before_figure.cache_clear()
    after_figure.cache_clear()


@cache
def words(role: str) -> frozenset[str]:
    """The words of one role in `metric_words.tsv`."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file, delimiter="\t") if row["role"] == role)


def _either(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def _change() -> re.Pattern[str]:
    return re.compile(
        rf"{_COMPARED}(?:(?P<up>(?<![新造提])(?:{_either(words('up'))}))|(?P<down>(?<!最)(?:{_either(words('down'))}))){_UNTIL}"
    )


@cache
def tail_words() -> re.Pattern[str]:
    """A pattern of what ends a clause before its figure and is no part of the noun phrase (达到, 共有, 稳定在)."""
    return re.compile(
        r"(?:达到了?|占|高达|多达|约为|约占|占到|达|为|(?<![节预签公违制契])约|折合|约合|依次|共计|共有|共|(?:需|需要|(?<![主必重需])要)|合计|总计|累计|已|了|到|至|有|是|(?<!预)计|近|超过|超|的|总共|预计|由|从|稳定在|保持在"
        r"|控制在|维持在|(?<![日月年周人户亩村校平])均|分别|双双|各|[已也又还]|(?<![首成古])都|可能|首次|大约|仅|只有|均为|突破|逾|不|就|将|可|高出|提高到|提升到|提升至|提高至|增加到|增加至|增至|增长到|增长至|降到"
        r"|降至|下降到|下降至|降低到|降低至|上升到|上升至|扩大到|扩大至|缩短到|缩短至|减少到|减少至|压缩到|压缩至|延长到|跃升至|最高|最低|超额|却|竟|反而|低至|高至"
        r"|(?<![存所现实内潜外])在|(?:一般|通常|平均)都|[是为]\d{4}年的|实现了?|完成了?|连续|(?:调整|优化|演变|转变)为?|每[年月天周日人户亩次](?:可|能|将|就)?|：|:)+$"
    )


@cache
def _opening() -> re.Pattern[str]:
    keep, lead, verb = (_either(words(role)) for role in ("keep_after", "lead", "verb"))
    return re.compile(rf"(?P<keep>{keep})|(?P<per>{_PER.pattern})|(?P<verb>(?:{verb})了?)|(?P<lead>{lead})")


@cache
def _ends_in_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(words('verb'))})了?$")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"(?P<keep>{_either(words('keep_after'))})|(?P<after>{_either(words('after'))})")
