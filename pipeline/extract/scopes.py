"""Whom a figure can be about, as far as its text alone tells: from where on names count, and of which level the whole is.

A name counts within its paragraph, until the text speaks of the whole place again (全县, 我市) or cites statistics
(据市统计局). 该村 and 公司 go back to the last of that sort, in whatever paragraph. Which entities are named there is
known to `pipeline.link`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter

from pipeline.extract.scan import finditer

_WHOLE = re.compile(
    r"(?:全|我|本|该|我们|(?<![\u4e00-\u9fff])(?=.[上里]))(?P<level>自治[区州县旗]|[省市县区州旗盟])(?![直级委政道域外内人纪监场])"
    r"|(?:据|经|根据|按照?|按)[^，,。；;\n]{2,30}?(?:核算|统计|数据|通报|反馈|测算)[^，,。；;\n]{0,8}(?=[，,])"
)
_LEADS = re.compile("[全我本该据经根按省市县区州旗盟自]")
# 居全市第一, 高于全省平均, 入选全省十强: another whole is only what this one is held against
_HELD_BEFORE = re.compile(
    r"(?:[居列占入]|排名?|走在|领跑|领先|高于|低于|快于|慢于|好于|优于|超过|高出|低出|入选|荣获|获评?|评为|列为|成为|作为|定为|是|争创|创建|对标|被)(?:于|了|为|到|入|在)?$"
)
_HELD_AFTER = re.compile(
    r"(?:县域|同类|同期|同行业|各?县[市区]|经济|综合)*(?:第[一二三四五六七八九十\d]|前[一二三四五六七八九十\d列茅]|首[位批个家例创]|平均|唯一|排名|末位|倒数|之[首最冠]|最|领先|[十百]强|[十百]佳|先进|优秀|示范|中上游|上游|中游)"
)
# 该村, 村里; 公司 where it opens a clause
_SORTS = {
    "镇": "township", "乡": "township", "街道": "township", "村": "village", "社区": "village", "公司": "company",
    "企业": "company", "集团": "company", "合作社": "cooperative", "院": "institution", "校": "school",
}  # fmt: skip
_SAID = re.compile(
    r"(?:(?:全|该|本|我|我们)(?P<named>镇|乡|街道|村|社区|公司|企业|集团|合作社|院|校)"
    r"|(?<![\u4e00-\u9fff、和与及+＋])(?:(?P<inside>[镇乡村])[上里]|(?P<bare>公司|合作社)))(?!局[性面]|[+＋、和与及数各级]|化的?|[道路])"
)
_NOW = re.compile(r"(?<=。)(?:目前|截[至止]目前|今年以来|近年来)[，,]")
_PARTS = re.compile(r"[^。\n]*其中[^。\n]*。")  # 全市增长9%，其中某区增长10%。: what follows is of the whole again
_LEVELS = {
    "省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture", "自治州": "prefecture",
}  # fmt: skip


class Scopes:
    """The scopes of one text, asked for in its order.

    Args:
        text: the whole text.
    """

    def __init__(self, text: str) -> None:
        found = [match for match in finditer(_WHOLE, _LEADS, text) if not (match["level"] and _held_against(text, match))]
        self._marks = [(match.end(), match["level"]) for match in found]
        parts = (_PARTS.match(text, end) for end, level in self._marks if level)
        self._marks += [(match.end(), None) for match in _NOW.finditer(text) if self._spoke_of_whole(text, match.start())]
        self._marks = sorted({*self._marks, *((part.end(), None) for part in parts if part)}, key=itemgetter(0))
        self._next = 0
        first = next((level for _, level in self._marks if level), None)
        self._whole = _LEVELS.get(first, "county") if first else None
        self._said = [(match.end(), _SORTS[match[match.lastgroup or 0]]) for match in _SAID.finditer(text)]

    def _spoke_of_whole(self, text: str, at: int) -> bool:
        """Whether the paragraph has spoken of the whole before: 全县……。甲镇……。目前， is of the whole again."""
        paragraph = text.rfind("\n", 0, at)
        return any(paragraph < end <= at and level for end, level in self._marks)

    def at(self, start: int, paragraph: int) -> tuple[int, str | None]:
        """The first code point from which a name counts for a figure, and the level of the whole spoken of last.

        Args:
            start: where the figure starts.
            paragraph: where its paragraph does.

        Returns:
            The code point, and province, prefecture or county; None where the text speaks of no whole.
        """
        while self._next < len(self._marks) and self._marks[self._next][0] <= start:
            level = self._marks[self._next][1]
            if level:
                self._whole = _LEVELS.get(level, "county")
            self._next += 1
        return max(paragraph, self._marks[self._next - 1][0] if self._next else 0), self._whole

    def said(self, start: int, paragraph: int) -> tuple[int | None, str | None]:
        """Where a figure's paragraph last goes back to something named before (该村, 公司), and to what sort.

        Args:
            start: where the figure starts.
            paragraph: where its paragraph does.
        """
        last = bisect_left(self._said, start, key=itemgetter(0)) - 1
        if last < 0 or self._said[last][0] <= paragraph:
            return None, None
        return self._said[last]


def _held_against(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(_HELD_BEFORE.search(before) or _HELD_AFTER.match(text, match.end()))
