"""Machine conversion to Traditional, folded punctuation and pinyin annotations."""

from __future__ import annotations

import re
import zlib
from functools import cache

import opencc
import pypinyin

# Where mirrors differ from OpenCC: some variants stay simplified, 着 becomes 著 everywhere, 陕 becomes 陜.
_MIRROR = str.maketrans("爲着陝裏裡羣衆幹綫啓範鬆餘繫徵闢峯於後乾", "為著陜里里群眾干線啟范松余系征辟峰于后干")
_FOLDED = str.maketrans("，！？：；（）", ",!?:;()")
_HANZI = re.compile("[\u4e00-\u9fff]")
_HANZI_RUN = re.compile("[\u4e00-\u9fff]+")


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def traditional(text: str) -> str:
    """Convert the way of the mirror sites."""
    return str(_converter("s2t").convert(text)).translate(_MIRROR)


def traditional_taiwan(text: str) -> str:
    """Convert to Taiwan's standard, which Big5 can hold."""
    return str(_converter("s2tw").convert(text))


def fold_width(text: str) -> str:
    """Full-width punctuation to ASCII, as far as the mirrors fold it."""
    return text.translate(_FOLDED)


def pinyin_toned(text: str) -> str:
    """Annotate characters outside GB 2312; within a page a character is annotated always or never."""
    rare = {char for char in _HANZI.findall(text) if not _gb2312(char) and _share(char, 3)}
    return _annotate(text, rare, pypinyin.Style.TONE)


def pinyin_toneless(text: str) -> str:
    """Annotate some simplified characters without tones."""
    return _annotate(text, {char for char in _HANZI.findall(text) if not _share(char, 12)}, pypinyin.Style.NORMAL)


def _annotate(text: str, chars: set[str], style: pypinyin.Style) -> str:
    def run(match: re.Match[str]) -> str:
        # Read a whole run at once: a character's reading depends on its word.
        readings = pypinyin.pinyin(match[0], style=style)
        pairs = zip(match[0], readings, strict=True)
        return "".join(f"{char}({reading[0]})" if char in chars else char for char, reading in pairs)

    return _HANZI_RUN.sub(run, text)


def _gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _share(char: str, of: int) -> bool:
    """Whether a character is not the one in so many that is left out; the same on every machine."""
    return zlib.crc32(char.encode()) % of != 0
