"""Short names of places: 甘南藏族自治州 is called 甘南. Nothing else about places belongs to repair."""

from __future__ import annotations

import re

_PEOPLES = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "独龙",
    "鄂伦春",
    "门巴",
    "珞巴",
    "基诺",
    "各",
]
_AUTONOMOUS = re.compile(rf"(?:(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族?)*自治[州县区]$")
_SUFFIX = re.compile(r"(?:特别行政区|地区|[省市县区州盟旗])$")


def short_name(full: str) -> str:
    """The name without what kind of place it is; one-character names keep their suffix."""
    for pattern in (_AUTONOMOUS, _SUFFIX):
        short = pattern.sub("", full)
        if short != full and len(short) >= 2:
            return short
    return full
