"""Lines piled up of the titles of obscene films, as mirror sites put them above the pages that they steal.

Such a line goes as a whole. Betting spam, which lies inside sentences too, belongs in `injected`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import opencc

from pipeline.lexicon import any_of, rows
from pipeline.repair.ledger import Edit

_LISTED = rows("injected", "obscene.tsv")


def _either_script(listed: Iterable[str]) -> re.Pattern[str]:
    simplified = tuple(listed)
    return re.compile(any_of({*simplified, *map(opencc.OpenCC("s2t").convert, simplified)}), re.I)


_WORD = _either_script(row[0] for row in _LISTED)
_SURE = _either_script(row[0] for row in _LISTED if row[1:])
_LINE = re.compile(r"^[^\n。！？]{12,2000}$", re.M)
_BETWEEN = re.compile(r"[\s_,，|｜/·;；\-–—]+")
# What the other titles of such a line are made of, and prose as well.
_BESIDE = re.compile("国产|國產|亚洲|亞洲|欧美|歐美|日韩|日韓|精品|视频|視頻|观看|觀看|免费|免費|影院|在线|在線")
_NEWS = re.compile("警方|公安|打击|打擊|整治|查处|查處|举报|舉報|涉嫌|传播|傳播|网信")
# Of so many titles so large a share says such things, and so many kinds of words are of the list: no prose has that.
_TITLES, _SHARE, _KINDS = 3, 0.6, 2


def suspicious(text: str) -> bool:
    """Whether `find` may find something."""
    return _WORD.search(text) is not None


def find(text: str) -> list[Edit]:
    """Propose to remove each line that is nothing but such titles.

    Args:
        text: any text.

    Returns:
        Edits in order.
    """
    return [Edit(*line.span(), "", "injected", "removed", 0.99) for line in _LINE.finditer(text) if _is_pile(line[0])]


def _is_pile(line: str) -> bool:
    titles = [title for title in _BETWEEN.split(line) if title]
    kinds = {word.lower() for word in _WORD.findall(line)}
    if len(titles) < _TITLES or len(kinds) < _KINDS or not _SURE.search(line) or _NEWS.search(line):
        return False
    return sum(bool(_WORD.search(title) or _BESIDE.search(title)) for title in titles) >= _SHARE * len(titles)
