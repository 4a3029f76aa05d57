"""How a number is meant: the words before and after it that say about, more than, at least.

What stands between them is read in `pipeline.extract.quantities`.
"""

from __future__ import annotations

import re

QUALIFIERS = {
    "不少于": "at_least", "不低于": "at_least", "至少": "at_least", "最少": "at_least", "最低": "at_least",
    "及以上": "at_least", "以上": "at_least", "≥": "at_least", "不超过": "at_most", "不高于": "at_most",
    "不多于": "at_most", "不大于": "at_most", "最多": "at_most", "至多": "at_most", "及以下": "at_most",
    "以下": "at_most", "以内": "at_most", "之内": "at_most", "≤": "at_most", "超过": "more_than", "突破": "more_than",
    "超过了": "more_than", "突破了": "more_than", "超": "more_than", "逾": "more_than", "多于": "more_than",
    "大于": "more_than", ">": "more_than", "余": "more_than", "有余": "more_than",
    "强": "more_than", "多": "more_than", "几": "more_than",
    "上": "more_than", "成": "more_than", "不足": "less_than", "不到": "less_than", "少于": "less_than",
    "小于": "less_than", "未达": "less_than", "<": "less_than", "将近": "nearly", "接近": "nearly", "近": "nearly",
    "大约": "about", "约": "about", "约为": "about", "左右": "about", "上下": "about", "来": "about", "大概": "about",
    "约占": "about", "约有": "about", "约达": "about",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?:不少于|不低于|至少|最少|≥|不超过|不高于|不多于|不大于|最多|至多|≤|超过了?|突破了?|(?<!反)超|逾|(?<!不)多于|(?<!不)大于|>"
    r"|不足|不到|(?<!不)少于|(?<!不)小于|未达|<|将近|接近|(?<![附最邻靠])近|大约|大概|(?<![节预签公违制契])约)\Z"
)
# 每月至少下沉3天, 不低于每人每月630元, 不超过上年均价的30%
_AT_A_DISTANCE = re.compile(
    r"(至少|最少|最多|至多)[\u4e00-\u9fff]{1,3}\Z|(不少于|不低于|不超过|不高于)(?:每[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{2,9}的)\Z"
)
_AROUND = re.compile(r"约[占有达为]\Z")
# What the words end with, and what those at a distance begin with: most numbers have neither beside them.
_LAST = frozenset("于少≥过多≤了破超逾>足到达<近约概占有为")
_FIRST_FAR = frozenset("至最不")


def word_before(text: str, start: int) -> tuple[str, int]:
    """The qualifying word that ends right before a number, and where the surface then begins."""
    gap = 0
    while text[start - gap - 1 : start - gap] == " ":
        gap += 1
    head = text[max(0, start - gap - 4) : start - gap]
    ends_so = head[-1:] in _LAST
    if ends_so and (match := _BEFORE.search(head)):
        return match[0], start - gap - len(match[0])
    far = text[max(0, start - 13) : start]
    if not _FIRST_FAR.isdisjoint(far) and (match := _AT_A_DISTANCE.search(far)):
        return match[1] or match[2], start
    if ends_so and (match := _AROUND.search(head)):
        return match[0], start
    return "", start


def qualifier(after: str | None, word: str) -> str:
    """How the number is meant; what stands after the number outweighs what stands before."""
    return QUALIFIERS[after] if after else QUALIFIERS.get(word, "exact")
