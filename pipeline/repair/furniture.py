"""Page furniture: navigation, breadcrumbs, buttons, share and reaction lists, copyright lines.

A line is judged by itself here. Where on the page it stands, and so how much evidence it takes, is said in `article`.
"""

from __future__ import annotations

import re

from pipeline.lexicon import words

_BUTTONS = frozenset(words("furniture", "buttons.txt"))
_STRONG = re.compile("|".join(f"(?:{pattern})" for pattern in words("furniture", "strong.txt")), re.I)
_CRUMBS = re.compile(
    r"(?:首页|主页|Home)\s*(?:>|›|»|→|＞|/|--|—)"
    r"|(?:现在的|当前的?|所在的?|您的|你的|^)位置\s*[:：]",
    re.I,
)
_SEPARATOR = re.compile(r"[\s\u3000|｜·•\[\]【】()（）>＞»/\-—_:：]+")
_SIGNS = re.compile(r"[\W_]{1,6}|\d{1,6}")
_KEPT_SIGNS = re.compile(r"[…\.。·]{2,}|[*＊※—-]{3,}")
_PROSE_END = re.compile(r"[。；;…！!？?”」』]$")


def is_crumbs(line: str) -> bool:
    """Whether a line is the path to the page: `首页 > 区域 > 正文`."""
    return len(line) < 120 and bool(_CRUMBS.search(line)) and "。" not in line


def is_strong(line: str) -> bool:
    """Whether a line can be nothing but furniture, wherever it stands."""
    return len(line) <= 300 and bool(_STRONG.search(line)) and (len(line) <= 60 or line.count("。") <= 2)


def is_buttons(line: str) -> bool:
    """Whether a line is made of buttons and menu words, mostly."""
    tokens = [token for token in _SEPARATOR.split(line) if token]
    if not tokens:
        return False
    known = sum(token in _BUTTONS or token.isdecimal() for token in tokens)
    if known == len(tokens):
        return True
    return len(tokens) >= 3 and known * 2 >= len(tokens) and max(map(len, tokens)) <= 12


def is_menu(line: str) -> bool:
    """Whether a line is a row of short links, whatever they say: `政务 | 民生 | 视频`."""
    parts = [part.strip() for part in re.split(r"[|｜┊│]", line) if part.strip()]
    return len(parts) >= 2 and max(map(len, parts)) <= 10 and not _PROSE_END.search(line)


def is_sign(line: str) -> bool:
    """Whether a line is a lone mark or counter, such as `|` or `0`; omission marks and rules are the author's."""
    return bool(_SIGNS.fullmatch(line)) and not _KEPT_SIGNS.fullmatch(line)


def is_site_name(line: str) -> bool:
    """Whether a line only names a site or paper."""
    return bool(
        re.fullmatch(
            r"(?:[\u4e00-\u9fffA-Za-z·]{2,16}(?:网|日报|晚报|晨报|早报|周刊|时报|在线|频道|之窗|论坛|门户|新闻网|政府网|客户端|人民政府|融媒体中心)"
            # Accounts of counties in chat programs: 某某发布, 微某某.
            r"|[\u4e00-\u9fff]{2,5}(?:发布|融媒|微讯|党建网|资讯|头条|电视台|广电)|微[\u4e00-\u9fff]{2,3})"
            r"(?:[ \u3000]+[\u4e00-\u9fffA-Za-z]{2,12}(?:网|报|论坛|频道|在线|网站))*",
            line,
        )
    )


def is_prose(line: str) -> bool:
    """Whether a line is a paragraph of running text and not a heading."""
    if len(line) >= 70 or ("。" in line and len(line) >= 8):
        return True
    if re.search(r"[。;；]$", line) and len(line) >= 6:
        return True
    marks = len(re.findall(r"[,，;；:：!！?？]", line))
    return len(line) >= 28 and marks >= 2 and bool(re.search(r"[:：!！?？…]$", line))
