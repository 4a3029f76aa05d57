"""Whom a figure can be about, as far as its text alone tells: from where on names count, and of which level the whole is.

A name counts within its paragraph, until the text speaks of the whole place again (全县, 我市) or has only cited
its source (据市统计局). Which entities are named there is known to `pipeline.link`.
"""

from __future__ import annotations

import re
from operator import itemgetter

from pipeline.extract.scan import finditer

# 全镇 and 该村 speak of what was named last, so that they end nothing
_WHOLE = re.compile(
    r"(?:全|我|本|该|我们|(?<![\u4e00-\u9fff])(?=.[上里]))(?P<level>自治[区州县旗]|[省市县区州旗盟])(?![直级委政道域外内人纪监场])"
    r"|(?:据|经|根据|按照?|按)[^，,。；;\n]{2,30}?(?:核算|统计|数据|介绍|发布|通报|反馈|消息|部署|要求|测算|核定)[^，,。；;\n]{0,8}(?=[，,])"
    r"|(?:发往|运往|销往|送往|输往|远销|外销)[^，,。；;\n\d]{2,20}?(?=[，,。；;的]|等地)"  # where goods go
)
_LEADS = re.compile("[全我本该据经根按发运销送输远外省市县区州旗盟自]")
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
        self._marks = [(match.end(), match["level"]) for match in finditer(_WHOLE, _LEADS, text)]
        parts = (_PARTS.match(text, end) for end, level in self._marks if level)
        self._marks = sorted({*self._marks, *((part.end(), None) for part in parts if part)}, key=itemgetter(0))
        self._next = 0
        first = next((level for _, level in self._marks if level), None)
        self._whole = _LEVELS.get(first, "county") if first else None

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
