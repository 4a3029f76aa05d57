"""One look at a text that says which kinds of characters and words are in it, so that sound text is spared all closer looks.

Here belong the kinds and the look. What a kind may be a sign of is said by the pass that asks: a pass may run only where
its own sign is present. The look is kept for the text last looked at, since all passes ask about the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon import Words, words
from pipeline.repair import control
from pipeline.repair.language_model import rare_flags
from pipeline.repair.script import TRADITIONAL as _TRADITIONAL_CHARACTERS
from pipeline.repair.signatures import PINYIN_LETTERS

RARE, MARK, HAN, LETTER, EURO, LOST, PAUSE, QUESTION = (1 << n for n in range(8))
LATIN1, CONTROL, TRADITIONAL, BRACKET, SMALL, RESIDUE, SPACE = (1 << n for n in range(8, 15))
NONSENSE, PROMISE, SYSTEM, DOUBLED, SPUN, OBSCENE, STREWN = (1 << n for n in range(16, 23))  # kinds of words
NONE = 0  # for passes that no kind announces
_KINDS: tuple[tuple[str, int], ...] = (
    ("?!？！\ufffd", MARK),
    ("€", EURO),
    ("\ufffd", LOST),
    ("，,。", PAUSE),
    ("?", QUESTION),
    ("".join(map(chr, range(0x80, 0x100))), LATIN1),
    ("".join(_TRADITIONAL_CHARACTERS), TRADITIONAL),
    ("(（", BRACKET),
    (PINYIN_LETTERS + "abcdefghijklmnopqrstuvwxyz", SMALL),
    ("&<#\u00a0", RESIDUE),
    (" ", SPACE),
)
# Of the words of a kind each is known only by its own; where two overlap the first counts.
_WORDS: tuple[tuple[str, int], ...] = (
    ("锟斤 斤拷 烫烫烫 屯屯屯", NONSENSE),  # each result with nothing left to restore holds one of these
    ("备用 官网 官方 下载 登录 登陆 入口 网址 投注 娱乐平台 娱乐城 版本 app APP 手机版", PROMISE),  # each spam string one
    ("织梦 織夢", SYSTEM),
    (" ".join(words("injected", "spun.tsv")), SPUN),
    ("久久 少妇 少婦 熟女 人妻 无码 無碼 中文字 一区 一區 毛片 成人 爱爱 愛愛 自拍 在线 在線 国产 國產 欧美 歐美 av AV", OBSCENE),
    ("\u00a0 ,, ，， ,， ，, 、、", DOUBLED),
    (" ".join(comma + mark for comma in ",，" for mark in "。、；：！？"), STREWN),
)
_NOWHERE = np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen at a look.

    Args:
        kinds: the kinds of each character, as bits; a character beyond the basic plane has those of U+FFFF.
        present: the kinds that any of them has, and those of the words that are there.
    """

    kinds: NDArray[np.uint16]
    present: int

    def where(self, kind: int) -> NDArray[np.intp]:
        """The places of the characters that are of one of these kinds, in order."""
        return ((self.kinds & kind) != 0).nonzero()[0] if self.present & kind else _NOWHERE


@lru_cache(maxsize=1)
def look(text: str) -> Look:
    """Look at a text; the cost is linear, some nanoseconds a character."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _table().take(points, mode="clip")
    present = int(np.bitwise_or.reduce(kinds))
    words, kind_of = _words()
    for word in words.present(text):
        present |= kind_of[word]
    return Look(kinds, present)


@cache
def _words() -> tuple[Words, dict[str, int]]:
    kind_of = {word: kind for words, kind in _WORDS for word in words.split(" ")}
    return Words(kind_of, quick=True), kind_of


@cache
def _table() -> NDArray[np.uint16]:
    """The kinds of every character of the basic plane."""
    table = np.zeros(65536, np.uint16)
    table[0x3400:0xA000] |= HAN
    table[rare_flags()] |= RARE
    table[0x40:0x7F] |= LETTER
    for chars, kind in _KINDS:
        table[[ord(char) for char in chars if char != "-"]] |= kind
    table[[point for point in range(65536) if control.suspicious(chr(point))]] |= CONTROL
    return table
