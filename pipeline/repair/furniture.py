"""Page furniture: navigation, breadcrumbs, buttons, share and reaction lists, copyright lines.

A line is judged by itself here. Where on the page it stands, and so how much evidence it takes, is said in `article`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.lexicon import words

_BUTTONS = frozenset(words("furniture", "buttons.txt"))
_NOTICES, _STRONG = (
    re.compile("|".join(f"(?:{pattern})" for pattern in words("furniture", file)), re.I) for file in ("notices.txt", "strong.txt")
)
_SHORT, _NOTICE = 60, 300  # characters; what is longer than a short line is a paragraph, unless it is a notice
_CRUMBS = re.compile(
    r"(?:首页|主页|Home)\s*(?:-{0,2}>|›|»|→|＞|/|--|—|-(?=\s*[\u4e00-\u9fff]))"
    r"|(?:现在的|当前的?|所在的?|您的|你的|^)位置\s*是?[:：]",
    re.I,
)
# A path without a home page: short names between angles, the last of which may be 正文.
_STEP = r"[\u4e00-\u9fffA-Za-z·]{2,12}"
_ANGLE = r"[ \u3000]{0,3}(?:>{1,3}|›|»|＞{1,2})[ \u3000]{0,3}"
_PATH = re.compile(
    rf"{_STEP}(?:{_ANGLE}{_STEP}){{2,6}}|{_STEP}(?:{_ANGLE}{_STEP}){{0,5}}{_ANGLE}(?:正文|详情|详细内容|文章内容|内容)"
)
# 首页 新闻频道 县市新闻: each step a word
_SPACED_PATH = re.compile(r"(?:网站)?(?:首页|主页)(?:[ \u3000]{1,3}[\u4e00-\u9fff]{2,8}){1,6}")
_SHORT_PATH = re.compile(rf"{_STEP}{_ANGLE}{_STEP}")
_SEPARATOR = re.compile(r"[\s\u3000|｜┊│·•\[\]【】()（）<>＜＞《》«»‹›/\\\-—_:：+＋⊕⊖○●◎□■△▲▽▼☆★↑↓←→×✕]+")
_CAPTION_HEAD = re.compile(
    r"[(（]?(?:上|下|左|右|题|本|配)?图(?:片)?[ \u3000]?(?P<number>[一二三四五六七八九十\d]{1,2})?[①-⑳]?[ \u3000]?(?:为|[:：])"
)
_CAPTION_TAIL = re.compile(
    r"[ \u3000。(（/][\u4e00-\u9fff]{1,5}(?:[ \u3000·、][\u4e00-\u9fff]{1,8}){0,4}(?<![拍航抓翻偷])[ \u3000/]{0,2}"
    r"(?:摄影|摄|供图)[ \u3000。]?[)）]?[ \u3000。]?$"
)
_REPORTER_TAIL = re.compile(r"(?:本报|全媒体|融媒体|见习)?(?:记者|通讯员)$")
_STOCK = re.compile(r"[(（](?:资料图|资料图片|资料照片|网络图|网络图片|效果图|示意图|视频截图|本报资料图?片?)[)）]。?$")
_ALL_PICTURES = re.compile(
    r"[(（【]?(?:本文|本版|本组|文中|以上|除.{1,6}外)?(?:图片|照片|配图|题图)(?:均|皆)?(?:由|为|来源|来自).{2,30}$"
)
_NO_PICTURE = "图片默认标题"  # what a widespread editor writes where a picture has no name
_OTHERS = re.compile(
    r"[【\[]?(?:新闻|频道|头条|精彩|热门|热点|相关|编辑|今日|最新|猜你|为您|更多|延伸|推荐)"
    r"(?:推荐|新闻|阅读|文章|热图|喜欢|链接|报道|资讯|内容)[】\]]?[ \u3000]*[:：>»]{0,2}"
)
_PICTURE = re.compile(rf"[\[【(（]?(?:图片|{_NO_PICTURE}|点击查看大图|图片加载中[.…]*)[\]】)）]?")
MENU_WORD = 8  # characters at most
_MENU_WORD = re.compile(rf"[\u4e00-\u9fffA-Za-z·/]{{1,{MENU_WORD}}}")
_NUMBERED = re.compile(r"目[ \u3000]?[录次]|第?[一二三四五六七八九十]{1,3}[、章节条部篇是]|[一二三四五六七八九十]$")
_SIGNS = re.compile(r"[\W_]{1,6}|\d{1,6}")
_KEPT_SIGNS = re.compile(r"[…\.。·]{2,}|[*＊※—-]{3,}")
_PROSE_END = re.compile(r"[。；;…！!？?”」』]$")


@lru_cache(maxsize=2048)  # asked of a line several times
def is_crumbs(line: str) -> bool:
    """Whether a line is the path to the page: `首页 > 区域 > 正文`."""
    return len(line) < 120 and "。" not in line and (bool(_CRUMBS.search(line)) or _is_path(line.strip(" \u3000[]【】")))


def _is_path(line: str) -> bool:
    return (
        bool(_PATH.fullmatch(line))
        or is_spaced_path(line)
        or (bool(_SHORT_PATH.fullmatch(line)) and is_site_name(re.split(r"[ \u3000>›»＞]", line, maxsplit=1)[0]))
    )


def is_spaced_path(line: str) -> bool:
    """Whether a line is a path whose steps only spaces part: `首页 新闻频道 县市新闻`."""
    return bool(_SPACED_PATH.fullmatch(line))


@lru_cache(maxsize=2048)
def is_strong(line: str) -> bool:
    """Whether a line can be nothing but furniture, wherever it stands."""
    if len(line) <= _SHORT:
        return is_picture(line) or heads_others(line) or bool(_STRONG.search(line) or _NOTICES.search(line))
    return len(line) <= _NOTICE and line.count("。") <= 2 and bool(_NOTICES.search(line))


def is_buttons(line: str) -> bool:
    """Whether a line is made of buttons and menu words, mostly."""
    tokens = [token for token in _SEPARATOR.split(line) if token]
    if not tokens:
        return False
    known = sum(token in _BUTTONS or token.isdecimal() for token in tokens)
    if known == len(tokens):
        return True
    if len(tokens) >= 5 and known and all(_MENU_WORD.fullmatch(token) for token in tokens):
        return True  # 农业新闻 致富信息 农业技术 农药 网站地图
    return len(tokens) >= 3 and known * 2 >= len(tokens) and max(map(len, tokens)) <= 12


def is_menu(line: str) -> bool:
    """Whether a line is a row of short links, whatever they say: `政务 | 民生 | 视频`."""
    parts = [part.strip() for part in re.split(r"[|｜┊│]", line) if part.strip()]
    return len(parts) >= 2 and max(map(len, parts)) <= 10 and not _PROSE_END.search(line)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a photo, with or without its photographer: `图为采摘现场。某某 摄`."""
    if not 4 <= len(line) <= 160:
        return False
    if _STOCK.search(line) or _ALL_PICTURES.match(line):
        return len(line) <= 60
    credit = _CAPTION_TAIL.search(line)
    if says_picture(line):
        return credit is not None or len(line) <= 60
    return credit is not None and len(line) <= 80 and _REPORTER_TAIL.sub("", line[: credit.start()]).rstrip("。").count("。") == 0


def says_picture(line: str) -> bool:
    """Whether a line begins as captions do: `图为`, `上图：`; `图1：` is the title of a chart."""
    head = _CAPTION_HEAD.match(line)
    return head is not None and not head["number"]


def heads_others(line: str) -> bool:
    """Whether a line announces other articles: `新闻推荐`, `【相关阅读】`."""
    return bool(_OTHERS.fullmatch(line))


def is_picture(line: str) -> bool:
    """Whether a line stands for a picture that was there: `[图片]`."""
    return bool(_PICTURE.fullmatch(line))


def is_under_picture(line: str, before: str) -> bool:
    """Whether a line is a caption because a picture stood in the one before it: `图片`, `▲ 采摘现场`."""
    picture = before.strip("[]【】()（） ")
    if picture == _NO_PICTURE:
        return len(line) <= 40
    return picture in ("图片", "图", "image") and line[:1] in "△▲▼↑◎" and len(line) <= 60


def is_angle(line: str) -> bool:
    """Whether a line is the mark between two steps of a path."""
    return line in (">", ">>", "»", "›", "→", "＞", "/", "&gt;", "->", "-->", "=>", "—>")


def is_menu_word(line: str) -> bool:
    """Whether a line may be one word of a menu or the name of the site: short, of letters alone, no heading with a number."""
    return is_site_name(line) or (bool(_MENU_WORD.fullmatch(line)) and not _NUMBERED.match(line))


def is_of_the_site(line: str) -> bool:
    """Whether a line above the article speaks of the site and not of the article: its name, a path, a menu, a greeting."""
    return bool(
        is_site_name(line)
        or is_strong(line)
        or is_crumbs(line)
        or is_buttons(line)
        or is_menu(line)
        or re.search("网站|门户|欢迎|官方|官网|平台|主管|主办|搜索|关键字|关键词|微信|微博|客户端", line)
    )


def is_sign(line: str) -> bool:
    """Whether a line is a lone mark or counter, such as `|` or `0`; omission marks and rules are the author's."""
    return bool(_SIGNS.fullmatch(line)) and not _KEPT_SIGNS.fullmatch(line)


def is_site_name(line: str) -> bool:
    """Whether a line only names a site or paper."""
    name, *rest = re.split(r"[ \u3000]*[-–—|｜_][ \u3000]*", line, maxsplit=1)
    if rest and rest[0] in _BUTTONS:
        line = name
    return bool(
        re.fullmatch(
            r"(?:[\u4e00-\u9fffA-Za-z·]{2,16}(?:网|日报|晚报|晨报|早报|周刊|时报|在线|频道|之窗|论坛|门户|新闻网|政府网|客户端|人民政府|融媒体中心)(?:首页)?"
            # Accounts of counties in chat programs: 某某发布, 微某某.
            r"|[\u4e00-\u9fff]{2,8}(?<![通汇举申预回上公海情播捷喜警专内年月季快简战电填谎])报"
            r"|[\u4e00-\u9fff]{2,5}(?:发布|融媒|微讯|党建网|资讯|头条|电视台|广电)|微[\u4e00-\u9fff]{2,3})"
            r"(?:[ \u3000]+[\u4e00-\u9fffA-Za-z]{2,12}(?:网|报|论坛|频道|在线|网站))*"
            r"|[\u4e00-\u9fff]{2,10}(?:APP|[Aa]pp|公众号|小程序|抖音号|视频号)"
            r"|[\u4e00-\u9fff]{2,8}(?:日报|晚报|网|在线)(?:[ \u3000]+[\u4e00-\u9fff]{2,4}){2}",  # with its motto
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
