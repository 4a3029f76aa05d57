"""What others put into a page or took out of it: spam, anti-copy tokens, jammer text, deleted and masked years."""

from __future__ import annotations

import itertools
import re

_KEYWORDS = "乐游棋牌官网下载_乐游棋牌app最新版_(中国)有限公司官网"
_BRAND = "365bet手机版登录_365bet亚洲版官网_365bet体育在线投注"
_TOKENS = ("kQ7", "C3m", "jWd", "x9Tb", "rZ2")
_JAMMER = ("内容来自dedecms", "; d5 p6 l' z! t8 ", "本文来源于织梦", "copyright dedecms")


def spam_head(text: str) -> str:
    """Put a line of betting keywords at the head of the page."""
    return f"{_KEYWORDS}\n{text}"


def brand_for_place(text: str) -> str:
    """Put a betting brand where a county's name stood between prefecture and township, once."""
    place = r"(?<=[省区][\u4e00-\u9fff]{2}市)[\u4e00-\u9fff]{1,3}县(?=[\u4e00-\u9fff]{2,4}[乡镇])"
    return re.sub(place, _BRAND, text, count=1)


def anti_copy(text: str) -> str:
    """End each paragraph with a token that betrays copies."""
    tokens = itertools.cycle(_TOKENS)
    return "\n".join(line + next(tokens) if len(line) > 40 else line for line in text.split("\n"))


def jammer(text: str) -> str:
    """Put the jammer text of content systems and forums after some full stops inside paragraphs."""
    phrases = itertools.cycle(("", _JAMMER[0], "", _JAMMER[1], _JAMMER[2], _JAMMER[3]))
    return re.sub("。(?=[\u4e00-\u9fff])", lambda match: match[0] + next(phrases), text)


def drop_years(text: str) -> str:
    """Delete the digits of years, those that open a paragraph and those in the title excepted."""
    return re.sub(r"(?<=[\u4e00-\u9fff，])(?<!县)(?:19|20)\d\d(?=年)", "", text)


def mask_years(text: str) -> str:
    """Mask the year that opens a paragraph."""
    return re.sub(r"(?m)^20\d\d(?=年)", "20XX", text)


def lose_ratio_marks(text: str) -> str:
    """Lose the colons of ratios, so that their digits run together."""
    return re.sub(r"(?<=\d)∶(?=\d)", "", text)
