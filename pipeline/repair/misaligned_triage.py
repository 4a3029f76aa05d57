"""Where a text may hold misaligned GBK: looks that cost next to nothing on sound text, each closer than the one before.

A look at the classes of neighbouring characters finds places; the language model keeps those that are unlikely, and a
reading of the same bytes one off keeps those that it makes likelier, or where marks and letters tell of a lost byte. The
search itself is `misaligned_search`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.language_model import language_model, rare_characters, rare_flags
from pipeline.repair.misaligned_generator import codes, pairs

_RARE, _MARK, _HAN, _LETTER, _EURO, _LOST, _PAUSE, _QUESTION = (1 << n for n in range(8))
_CLOSE = 12  # strange places no farther apart than this belong together
_LONGEST = 200  # characters of a stretch
# The mean of the three oddest of a place in nats, above which it is not looked at: without and with a mark.
_DOUBTFUL, _DOUBTFUL_MARKED = -9.5, -8.0
_LIKELIER = 14.0  # nats that a silent stretch must gain when it is read one off; the search itself asks for more
_LIKELIER_MARKED = 5.0  # the same for one with a question mark or a replacement character
_LIKELIER_PUNCTUATED = 9.0  # the same for one with other marks
_FIRST_HAN = 0xB000  # the pairs of level one begin here; below lie marks, letters and rare characters
_FLOOR = -6.0  # nats that one character may lose: a private-use pair that was taken out leaves one wrong character
_BEFORE, _BEHIND = 3, 14  # characters around a stretch that are read one off as well
_TWO_MARKS = re.compile("[?\ufffd][?!。，,？！\ufffd]")
_LONE_LETTER = re.compile("[\u3400-\u9fff][@-Z\\[-~][\u3400-\u9fff]|[?\ufffd][!！,，]?[\u3400-\u9fff]?[@-Z\\[-~][\u3400-\u9fff:]")


_PAUSED_LETTER = re.compile("[!！,，][@-Z\\[-~][\u3400-\u9fff]")
_SMALL_LETTER = re.compile("[\u3400-\u9fff][?\ufffd][\\[-z|}~`][\u3400-\u9fff]")
_LOST_MARK = re.compile("[?€\ufffd]")
_ANY_MARK = re.compile("[?!,？！，€\ufffd]")
_HAN_CHARACTER = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A strange stretch of a text.

    Args:
        start, end: its place.
        marked: whether marks or letters tell of a lost byte, so that a search may begin at a mark.
        silent: whether it reads better one off, so that a search may begin at a byte lost without a trace.
        sure: whether a small letter stands between a mark and Chinese, as hardly ever in sound text.
        weak: whether nothing but marks tells of it, so that it needs a document in which others were found.
    """

    start: int
    end: int
    marked: bool
    silent: bool
    weak: bool = False
    sure: bool = False


def suspicious(text: str) -> bool:
    """Whether a text is worth a closer look: rare characters together, or behind a mark."""
    return len(_places(text)) > 0


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches that are worth a search, in order, apart from each other.

    Args:
        text: any text. The work grows linearly with it.
    """
    for start, end in _joined(text, _places(text)):
        around = text[max(0, start - 2) : end + 2]
        if not _HAN_CHARACTER.search(text, max(0, start - 6), end + 6):
            continue  # GBK was Chinese
        letter = _LONE_LETTER.search(around) is not None
        two_marks = _TWO_MARKS.search(around) is not None
        lost = _LOST_MARK.search(text, max(0, start - 4), end + 2) is not None
        mark = _ANY_MARK.search(text, max(0, start - 4), end) is not None
        paused = _PAUSED_LETTER.search(around) is not None
        if not (letter or paused or two_marks or lost or _telling().search(around)):
            continue
        gain = likelier_one_off(text, start, end)
        marked = two_marks or paused or (lost and gain >= _LIKELIER_MARKED) or (mark and (letter or gain >= _LIKELIER_PUNCTUATED))
        silent = letter or gain >= (_LIKELIER_PUNCTUATED if marked else _LIKELIER)
        weak = not letter and gain < _LIKELIER_MARKED and not _telling().search(around)
        if marked or silent:
            yield Stretch(start, end, marked, silent, weak, _SMALL_LETTER.search(around) is not None)


def likelier_one_off(text: str, start: int, end: int) -> float:
    """By how many nats the best part of a stretch is likelier when its bytes are read one off.

    Args:
        text: the whole text.
        start, end: the stretch; a few characters around it are read as well.
    """
    model, table, known = language_model(), pairs(), codes()
    low, high = max(0, start - _BEFORE), min(len(text), end + _BEHIND)
    best = gained = 0.0
    one, two = (model.symbol(char) for char in (" " * 2 + text[max(0, low - 2) : low])[-2:])
    off_one = off_two = 0
    before = 0  # the bytes of the last character, or 0
    for char in text[low:high]:
        three = model.symbol(char)
        pair = known.get(char, 0)
        if before and pair:
            off = table[(before & 255) << 8 | pair >> 8]
            off_three = model.symbol(off) if off else model.symbol("\ue000")
            change = model.score(off_one, off_two, off_three) - model.score(one, two, three)
            if before < _FIRST_HAN and pair < _FIRST_HAN:
                change = min(change, 0.0)  # a row of marks reads as a row of others
            gained = max(0.0, gained + max(change, _FLOOR))
            best = max(best, gained)
            off_one, off_two = off_two, off_three
        elif not pair:
            gained, off_one, off_two = 0.0, 0, 0
        before = pair
        one, two = two, three
    return best


@cache
def _classes() -> NDArray[np.uint8]:
    """The classes of every character of the basic plane, as bits."""
    classes = np.zeros(65536, np.uint8)
    classes[0x3400:0xA000] |= _HAN
    classes[rare_flags()] |= _RARE
    for chars, bit in (("?!？！\ufffd", _MARK), ("€", _EURO), ("\ufffd", _LOST), ("，,。", _PAUSE), ("?", _QUESTION)):
        for char in chars:
            classes[ord(char)] |= bit
    classes[0x40:0x5B] |= _LETTER
    classes[0x5B:0x7F] |= _LETTER
    return classes


@cache
def _telling() -> re.Pattern[str]:
    """What marks alone are not: a character that hardly any prose holds, or a euro sign or a lost byte beside Chinese."""
    return re.compile(rf"[{rare_characters()}]|(?<=[\u4e00-\u9fff])€|\ufffd[\u4e00-\u9fff]")


def _places(text: str) -> NDArray[np.intp]:
    """Where neighbouring characters are of classes that sound text seldom brings together."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    here = np.zeros(len(points) + 5, np.uint8)
    np.take(_classes(), points, out=here[: len(points)], mode="clip")
    one, two, three = here[1:-4], here[2:-3], here[3:-2]
    here_, four, five = here[:-5], here[4:-1], here[5:]
    # Bits of the next characters shifted onto the place of this one.
    rare_near = (one | two) & _RARE
    rare_count = sum((each & _RARE for each in (one, two, three, four, five)), here_ & _RARE)
    mark = here_ & _MARK
    odd = (rare_count >= 3) & ((here_ & _RARE) != 0)
    odd |= (mark != 0) & ((rare_near != 0) | ((one & (_MARK | _PAUSE)) != 0) | ((two & _LOST) != 0))
    odd |= ((here_ & _RARE) != 0) & (((one | two) & (_EURO | _LOST | _QUESTION)) != 0)
    odd |= (here_ & _LOST) != 0
    letter = (one & _LETTER) != 0
    han_two = (two & _HAN) != 0
    odd |= ((here_ & (_HAN | _MARK | _PAUSE)) != 0) & letter & han_two
    odd |= ((here_ & _HAN) != 0) & ((one & _EURO) != 0)
    return np.flatnonzero(odd)


def _joined(text: str, places: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """The places that the language model finds strange too, as spans, those close together joined."""
    score, symbol = language_model().score, language_model().symbol
    span: tuple[int, int] | None = None
    for start in places.tolist():
        if span and start + 2 <= span[1]:
            continue
        end = min(start + 3, len(text))
        if not _TWO_MARKS.match(text, start, end):
            one, two, *rest = (symbol(char) for char in text[max(0, start - 4) : end + 3])
            scores = []
            for three in rest:
                scores.append(score(one, two, three))
                one, two = two, three
            oddest = sorted(scores[-(end + 3 - start) :])[:3]
            if sum(oddest) > 3 * (_DOUBTFUL_MARKED if text[start] in "?!？！\ufffd" else _DOUBTFUL):
                continue
        if span and start - span[1] <= _CLOSE and "\n" not in text[span[1] : start] and end - span[0] < _LONGEST:
            span = span[0], end
        else:
            if span:
                yield span
            span = start, end
    if span:
        yield span
