"""Where a name stands beside the matter: who led, who praised, who was told, where goods went.

No figure that follows is about such a body or place, whatever it is called. Which names stand there is known to the
finders of entities; whom a figure is about in the end is decided in `pipeline.link`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection

_REST = r"[^，,。；;：:！!？?\n]"
_LED = r"领导|指导|支持|监督|帮助|关心|关怀|关注|重视|配合|协助|推动|统筹|部署|见证|帮扶|援助|号召|感召"
_JUDGED = (
    r"授予|评为|评定|评选|认定|表彰|表扬|批准|批复|批转|列为|列入|确定|命名|通报|采纳|推介|推荐|推广|审定|审批|审核|确认|纳入"
    r"|定为|核准|授牌|誉为|选为|选定|选树|任命|约谈|立项|备案|点名|转发|刊发|颁发"
)
_ASIDE = re.compile(
    # 在县委的坚强领导下; a second of them needs no 在
    rf"(?:在|(?<=[，,、下]))[^，,。；;\n在]{{2,60}}?(?:{_LED})[^，,。；;\n]{{0,6}}下(?=[，,、和与及以])"
    # 被市政府授予, 经省水利厅批准, 获农业部认定
    rf"|(?:被|受到?|获得?|荣获|得到|经|由)[^，,。；;\n]{{2,40}}?(?:{_JUDGED})"
    rf"|(?:荣获|获评|获得|摘得|捧得|斩获|入选|跻身){_REST}{{2,30}}?(?:称号|荣誉|奖项?|奖牌|表彰|“[^”\n]{{1,20}}”)"
    # 据市统计局统计, 按照省委部署
    rf"|(?:据|经|根据|按照?|按){_REST}{{2,30}}?(?:核算|统计|数据|介绍|发布|通报|反馈|消息|部署|要求|测算|核定|规定|精神|安排|文件)"
    # where goods go and people come from
    r"|(?:发往|运往|销往|送往|输往|远销|外销|畅销|热销|行销|销售到|出口到?|来自于?|引自|赶赴|奔赴|(?<![分开])赴)[^，,。；;\n\d]{2,40}?(?=[，,。；;的\d]|多?个?省|等地?)"
    # 与省农科院合作, 向县委汇报, 上报市财政局
    r"|[与同跟][^，,。；;\n\d]{2,40}?(?:合作|签订|签约|签署|联合|对接|结对|建立|联姻|携手|联手|抱团|合力|共同|合资|联营|共建|达成|协作|联系|相邻|接壤|毗邻|相连|交界)"
    rf"|(?:向(?!阳)|报请|提请){_REST}{{2,30}}?(?:汇报|报告|申请|争取|反映|提出|移送|移交|交办|发出|下达|通报|学习|反馈|提交|上缴|述职|致敬|审议|审批|批准|捐赠|捐款|赠送|支付|缴纳)"
    # 进入省水利厅项目库, 引进江苏一家企业
    rf"|(?:进入|列入|纳入|入围|录入){_REST}{{2,24}}?(?:库|网|名单|名录|计划|规划|盘子|试点|项目|行列|目录)"
    rf"|引进{_REST}{{2,10}}?(?:企业|客商|公司|集团|老板|资本|专家|品种)"
    rf"|(?:上报|上缴|呈报|报送){_REST}{{2,16}}"
)  # fmt: skip
# 县政协第十届二次会议提出的提案, 实施一中综合楼等项目: the body is but named in what it opens
_MEETING = re.compile(
    r"(?:人大|政协|[党妇团残]代会|工会|人民代表大会|代表大会|委员会)?(?:换届)?第[一二三四五六七八九十\d]+[届次]"
    r"|[一二三四五六七八九十]+届"
)
_OF_PROJECTS = re.compile(r"[^，,。；;、\n\d的]{0,8}等(?:\d+个|[一二三四五六七八九十两]个)?(?:重[点大])?(?:项目|工程)")


# 县教育局、水务局四个单位, 甲镇、乙镇等5个乡镇: a list that is summed up is of all of them
# 飞龙村位于留车镇，有58户; 飞龙村是寻乌县的一个山村，有58户: of the village
_LOCATED = re.compile(
    r"(?:位于|地处|坐落[于在]|隶属于?)[^，,。；;：:\n\d]{2,24}(?=[，,。；;])|是[^，,。；;：:\n\d]{4,30}(?=[，,。；;])"
)
_SUM = r"等?(?:\d+|[一二两三四五六七八九十]{1,3})(?:余|多)?[个家所]"
_SUMMED = re.compile(rf"(?:[、和与及][^，,。；;：:\n、和与及]{{2,14}}){{0,14}}{_SUM}")
_COUNTED = re.compile(r"\d[\u4e00-\u9fff]{1,4}[、，,]\Z")
_FIRST_OF = re.compile(rf"{_SUM}")


class Asides:
    """The stretches of one text where names stand beside the matter.

    Args:
        text: the whole text.
        ends: where the names in it end.
    """

    def __init__(self, text: str, ends: Collection[int] = ()) -> None:
        self._text = text
        located = (match.span() for match in _LOCATED.finditer(text) if match.start() in ends)
        self._spans = sorted([*(match.span() for match in _ASIDE.finditer(text)), *located])
        self._starts = [start for start, _ in self._spans]

    def holds(self, start: int, end: int) -> bool:
        """Whether a name at these code points stands beside the matter."""
        if start < 0:
            return False
        last = bisect_right(self._starts, start) - 1
        if last >= 0 and end <= self._spans[last][1]:
            return True
        listed = _SUMMED.match(self._text, end)
        counted = _COUNTED.search(self._text, max(0, start - 10), start)  # 甲县56个、乙县24个
        if (
            listed
            and not counted
            and (self._text[start - 1 : start] in ("、", "和", "与", "及") or not _FIRST_OF.match(self._text, end))
        ):
            return True
        return bool(_MEETING.match(self._text, end) or _OF_PROJECTS.match(self._text, end))
