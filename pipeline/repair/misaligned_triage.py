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

from pipeline.repair.language_model import language_model, rare_characters
from pipeline.repair.misaligned_generator import codes, pairs
from pipeline.repair.signatures import SPLIT
from pipeline.repair.signs import EURO, HAN, LETTER, LOST, MARK, PAUSE, QUESTION, RARE, SMALL, look

_NEAR = 6  # characters, three rare ones among which are strange
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
_NOWHERE = np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A strange stretch of a text.

    Args:
        start, end: its place.
        marked: whether marks or letters tell of a lost byte, so that a search may begin at a mark.
        silent: whether it reads better one off, so that a search may begin at a byte lost without a trace.
        sure: whether a small letter, or half an annotation, stands between a mark and Chinese, as hardly ever in sound text.
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
        split = SPLIT.search(text, start, end) is not None
        if not (letter or paused or two_marks or lost or split or _telling().search(around)):
            continue
        gain = likelier_one_off(text, start, end)
        marked = (
            two_marks
            or paused
            or split
            or (lost and gain >= _LIKELIER_MARKED)
            or (mark and (letter or gain >= _LIKELIER_PUNCTUATED))
        )
        silent = letter or gain >= (_LIKELIER_PUNCTUATED if marked else _LIKELIER)
        weak = not letter and not split and gain < _LIKELIER_MARKED and not _telling().search(around)
        if marked or silent:
            yield Stretch(start, end, marked, silent, weak, split or _SMALL_LETTER.search(around) is not None)


def likelier_one_off(text: str, start: int, end: int) -> float:
    """By how many nats the best part of a stretch is likelier when its bytes are read one off.

    Args:
        text: the whole text.
        start, end: the stretch; a few characters around it are read as well.
    """
    model, table, known = language_model(), pairs(), codes()
    symbol, score = model.symbol, model.score
    low, high = max(0, start - _BEFORE), min(len(text), end + _BEHIND)
    best = gained = 0.0
    one, two, *symbols = model.symbols((" " * 2 + text[max(0, low - 2) : low])[-2:] + text[low:high]).tolist()
    off_one = off_two = 0
    private = symbol("\ue000")
    before = 0  # the bytes of the last character, or 0
    for char, three in zip(text[low:high], symbols, strict=True):
        pair = known.get(char, 0)
        if before and pair:
            off = table[(before & 255) << 8 | pair >> 8]
            off_three = symbol(off) if off else private
            change = score(off_one, off_two, off_three) - score(one, two, three)
            if change > 0.0 and before < _FIRST_HAN and pair < _FIRST_HAN:
                change = 0.0  # a row of marks reads as a row of others
            gained += change if change > _FLOOR else _FLOOR
            if gained < 0.0:
                gained = 0.0
            elif gained > best:
                best = gained
            off_one, off_two = off_two, off_three
        elif not pair:
            gained, off_one, off_two = 0.0, 0, 0
        before = pair
        one, two = two, three
    return best


@cache
def _telling() -> re.Pattern[str]:
    """What marks alone are not: a character that hardly any prose holds, or a euro sign or a lost byte beside Chinese."""
    return re.compile(rf"[{rare_characters()}]|(?<=[\u4e00-\u9fff])€|\ufffd[\u4e00-\u9fff]")


def _places(text: str) -> NDArray[np.intp]:
    """Where neighbouring characters are of kinds that sound text seldom brings together."""
    seen = look(text)
    rare = seen.where(RARE)
    found = [rare[:-2][rare[2:] - rare[:-2] < _NEAR]]
    if seen.present & (MARK | EURO | LOST | LETTER):
        kinds = np.zeros(len(seen.kinds) + 3, np.uint16)  # nothing stands before the first character, nor behind the last
        kinds[1:-2] = seen.kinds

        def at(places: NDArray[np.intp], kind: int) -> NDArray[np.bool_]:
            fits: NDArray[np.bool_] = kinds.take(places + 1) & kind != 0
            return fits

        marks, letters, euros = map(seen.where, (MARK, LETTER, EURO))
        lost = EURO | LOST | QUESTION
        near = at(marks + 1, RARE | MARK | PAUSE) | at(marks + 2, RARE | LOST)
        lone = at(letters + 1, HAN) & at(letters - 1, HAN | MARK | PAUSE)
        found += [
            marks[near],
            rare[at(rare + 1, lost) | at(rare + 2, lost)] if seen.present & lost else _NOWHERE,
            seen.where(LOST),
            letters[lone] - 1,
            euros[at(euros - 1, HAN)] - 1,
        ]
    if seen.present & (QUESTION | LOST) and seen.present & SMALL:
        found.append(np.array([match.start() for match in SPLIT.finditer(text)], np.intp))
    found = [places for places in found if len(places)]
    if len(found) < 2:
        return found[0] if found else _NOWHERE
    return np.unique(np.concatenate(found))


def _joined(text: str, places: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """The places that the language model finds strange too, as spans, those close together joined."""
    model = language_model()
    score = model.score
    span: tuple[int, int] | None = None
    for start in places.tolist():
        if span and start + 2 <= span[1]:
            continue
        end = min(start + 3, len(text))
        split = SPLIT.match(text, start)
        end = max(end, split.end()) if split else end
        if not split and not _TWO_MARKS.match(text, start, end):
            one, two, *rest = model.symbols(text[max(0, start - 4) : end + 3]).tolist()
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
