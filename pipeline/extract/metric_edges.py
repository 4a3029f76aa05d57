"""What a metric's phrase opens or ends with and is no part of it: how it was reckoned, who did it, at which time.

Which phrase a figure measures is decided in `pipeline.extract.metrics`; here its edges are cut.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = r"[\u4e00-\u9fff]"
_ORGAN = r"(?:人民)?(?:政府|法院|检察院|人大常委会|人大|政协)"
_OPENINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:按|以)?(?:(?:户籍|常住|户籍总|年?平均|年末)人口|{_HAN}{{2,6}}口径|可比价格?|现价)计算的?(?={_HAN}{{2}})",
        # 最终核算2021年全县生产总值
        r"(?:最终|初步|统一|经)(?:核算|计算|核定|测算|核实)(?:的|后|数)?(?=(?:19|20)\d\d年|全)",
        r"(?:据|在)?(?:19|20)\d\d年(?:度|末|底)?(?=[\u4e00-\u9fff]{2})",
        r"(?:[\u4e00-\u9fff]{2,6})?(?<![健安齐成])全(?:自治[州县区]|[县市省区州旗])(?!域|[级直]|[\u4e00-\u9fff]{0,3}第)(?=[\u4e00-\u9fff]{3})",
        r"[\u4e00-\u9fff]{2,4}[县区市][\u4e00-\u9fff]{2,3}(?<!城)(?:镇|乡|街道)(?=[\u4e00-\u9fff]{4})",
        rf"(?:[\u4e00-\u9fff]{{2,5}})?[省市县区州旗]{_ORGAN}(?=(?:承办|办理|投入|投资|安排|审议|督办|受理)|[\u4e00-\u9fff]{{0,4}}第)",
        r"(?:承办|办理)[县市区省]?(?:人大|政协)?[\u4e00-\u9fff]{0,4}第[\u4e00-\u9fff\d]{1,4}届[\u4e00-\u9fff]{0,12}(?:会议|全会)(?:上)?(?:提出|交办)?的?",
        # 该园区年产蔬菜, 县政协九届三次会议提出的提案, 获农业部认定无公害农产品
        r"该(?:园区?|项目|工程|基地|公司|企业|合作社|产业园|示范区|协会|中心|院|校|所|站|局|厂|县|市|区|镇|乡|村)(?=[\u4e00-\u9fff]{3})",
        r"[^的]{3,30}(?:提出|交办|转办|通过|制定)的(?=[\u4e00-\u9fff]{2})",
        r"(?:获|经|被|由)[^的，]{2,16}?(?:认定|评定|认证|批准|授予|命名|核定)(?:为|的)?(?=[\u4e00-\u9fff]{3})",
        r"(?:能力|规模|产能|以上|以下|左右|标准|资质|价值)的(?=[\u4e00-\u9fff]{2})",
        r"[\u4e00-\u9fff]{1,8}[村镇乡县社](?:还|又|另|再|先后)(?=投资|投入|新建)",
        r"[\u4e00-\u9fff]{1,6}以[东南西北](?=新建|修建|建设)",
        r"(?:共|先后)?发生(?=[\u4e00-\u9fff]{2})(?!率|额|量)",
        r"(?:同时|因此|从而|便|今冬明春|共(?=建成|投入))",
        r"(?:每年|每月)?(?:可|能)?(?:增加|带来)(?=[\u4e00-\u9fff]{2,10}(?:收入|收益)$)",
        r"[\u4e00-\u9fff]{2,}(?:公司|集团|基金会|协会|商会|政府|学校|教授|先生|女士|向[\u4e00-\u9fff]{2,20}|为[\u4e00-\u9fff]{2,10})(?=捐赠$|捐款$|捐资$)",
        r"[\u4e00-\u9fff]{2,14}(?:已经?|共|还|又)(?:打造|建成|建立|形成|培育|发展|建设|新建|引进)了?(?=[\u4e00-\u9fff]{2})",
        r"(?:自己|他|她|我|咱)?每个?[月年天]的?(?=[\u4e00-\u9fff]{2})",
        r"[\u4e00-\u9fff]{2,14}(?:卫生院|医院|公司|合作社|小学|中学|学校)(?=新建|新增|现有|派驻|投资|年门诊|年产|年销)",
        r"[\u4e00-\u9fff]{2,}(?:公司|集团)(?:为|向|在|对)[\u4e00-\u9fff]{2,20}(?=投资$|投入$)",
        r"(?:可|能)?使[\u4e00-\u9fff]{2,12}?(?:每年|每月)?(?=(?:人均|户均|年均)?增收$)",
        r"[\u4e00-\u9fff]{0,8}财政(?:还|将|共|再|又|已|累计|先后)*(?:下拨|拨付|划拨|拨出|列支)(?:了)?(?=[\u4e00-\u9fff]{2})",
        r"[\u4e00-\u9fff]{2,10}村(?=(?:投资|投入)$)",
        # 扶持某某镇|种植芒果
        r"[\u4e00-\u9fff]{2,6}(?<!城)(?:镇|乡|街道)(?=(?:种植|养殖|发展|栽植|新建|建成|完成)[\u4e00-\u9fff]{2})",
        r"[\u4e00-\u9fff]{2,8}(?:村全村|镇全镇|乡全乡|县全县|社区全社区)(?:共?有|共计|种植|栽植)?(?=[\u4e00-\u9fff]{2})",
        r"为(?:村民|农户|群众|农民|贫困户|企业|职工|果农|茶农|菜农)(?=(?:增收|创收|节约|减负|节省))",
        r"[长宽高厚]的(?=[\u4e00-\u9fff]{2})",
        r"加上(?=[\u4e00-\u9fff]{2})",
    )
)
_ENDINGS = re.compile(
    r"(?:(?<=[\u4e00-\u9fff]{3})(?:[由按]|之一)$|(?<=家庭)年$|(?<=[农住用租]户)年$|(?<=[\u4e00-\u9fff]{2})[由按为]?每[个名]?[学人]?[\u4e00-\u9fff]$|(?<=[\u4e00-\u9fff]{2})(?:同比|环比|分别?比上年度?|比上年同期|[较比]上年度?|已经?|(?<=[评查价])中))$"
)
_AT_MOST = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:最多|最少|顶多|平均)(?=亩产|单产|年产|收入)")  # 玉米|最多|亩产100斤
_ADDED_UP = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:共|累计|共计)(?=到位|签约|开工|竣工|投产|入库|落地)")  # 招商项目|共|到位资金
_CLIPPED = (("城居民", "城镇居民"), ("乡居民", "农村居民"))  # 城、乡居民


@lru_cache(maxsize=16384)
def trimmed(metric: str) -> str:
    """A metric without what opens or ends its phrase and is no part of it; as it is where nothing would be left.

    Args:
        metric: the phrase that was found to be measured.
    """
    for opening in _OPENINGS:
        match = opening.match(metric)
        if match and len(metric) - match.end() >= 2:
            metric = metric[match.end() :]
    metric = _AT_MOST.sub("", _ADDED_UP.sub("", _ENDINGS.sub("", metric)))
    for clipped, whole in _CLIPPED:
        if metric.startswith(clipped):
            return whole + metric.removeprefix(clipped)
    return metric
