"""Reads bytes again of which some are lost: which characters once stood there, found with the language model.

Here belong what a lost byte may have been and the search over it. A decoder only gives a replacement character where it
cannot read, and that says much about what it did not read: Python's GBK decoder loses a byte before E5 only where both
make no character, which leaves some ten of the 128. Whether a line was misread at all is decided in `codec`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon import rows
from pipeline.repair.language_model import BOUNDARY, FIRST, PUNCTUATION, UNKNOWN, language_model
from pipeline.repair.script import SIMPLIFIED, TRADITIONAL

WINDOWS = {bytes((byte,)).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_WIDTH = 24
_MOST = 20_000  # combinations of lost bytes that are looked at for one character
_MOST_CHOICES = 1000  # characters that one may be guessed among
_BROKEN = 16.0  # nats that a byte costs which no character takes in
_CUT_OFF = 1.0  # nats that a character costs of which the end is missing
_HOPELESS = 14.0, 80.0  # nats a byte, and to begin with

_OWN = 0.15  # weight of a document's own pairs of characters
_MARK_GAIN = 1.0  # nats
_MARKS = FIRST + len(set(PUNCTUATION.values()))  # symbols below this are punctuation
_PAIRED = dict(zip("“‘（《「『【", "”’）》」』】", strict=True))

Values = bytes  # those that a byte may have: one if it is known
# Signs of prose that are no letters. The full-width forms of other ASCII characters are too rare in it to be guessed.
_SIGNS = "\u3000！％（），：；？～∶℃㎡①②③④⑤⑥⑦⑧⑨⑩■●◆★▲"
_HIGH = bytes(range(0x80, 0x100))
_UNASSIGNED = b"\x81\x8d\x8f\x90\x9d"  # in Windows-1252


@dataclass(frozen=True, slots=True)
class Misreading:
    """How the bytes of a text were read: what each character was read from.

    Args:
        charset: what the bytes were taken for.
        eats_pairs: whether a replacement character stands for a pair that means nothing, and not for one byte.
        questions: whether question marks stand for lost bytes too.
    """

    charset: str
    eats_pairs: bool = False
    questions: bool = False

    def units(self, text: str) -> list[tuple[Values, ...]] | None:
        """The bytes of each character; None where a character has none in this charset."""
        known = [self._bytes(char) for char in text]
        units: list[tuple[Values, ...]] = []
        for n, (char, data) in enumerate(zip(text, known, strict=True)):
            if data is None:
                return None
            if char != "\ufffd" and not (char == "?" and self.questions):
                units.append(tuple(bytes((byte,)) for byte in data))
                continue
            following = known[n + 1] if n + 1 < len(text) and text[n + 1] not in "\ufffd" else None
            lost = _lost(self.charset, following[0] if following else None)
            pair = self.eats_pairs and following is not None and following[0] >= 0x80
            units.append((b"?" + lost,) if char == "?" else (lost, _HIGH) if pair else (lost,))
        return units

    def _bytes(self, char: str) -> bytes | None:
        if char == "\ufffd":
            return b""
        if self.charset == "cp1252":
            byte = WINDOWS.get(char, ord(char))
            return bytes((byte,)) if byte < 256 else None
        if char == "€" and self.charset == "gbk":
            return b"\x80"
        try:
            return char.encode("gb18030" if self.charset == "gbk" else self.charset)
        except UnicodeEncodeError:
            return None


MISREADINGS = (
    Misreading("cp1252"),
    Misreading("gbk"),
    Misreading("gbk", eats_pairs=True),
    Misreading("big5hkscs"),
)


@lru_cache(maxsize=1024)
def _lost(charset: str, following: int | None) -> Values:
    """The bytes that a decoder cannot read before this one."""
    if charset == "cp1252":
        return _UNASSIGNED
    if following is None:
        return _HIGH
    return bytes(byte for byte in _HIGH if not _is_pair(charset, bytes((byte, following))))


def _is_pair(charset: str, pair: bytes) -> bool:
    try:
        return len(pair.decode(charset)) == 1
    except UnicodeDecodeError:
        return False


@dataclass(frozen=True, slots=True)
class Target:
    """A charset in which the bytes are read again.

    Args:
        charset: its name.
        script: Hans or Hant where the text is known to be; characters that only the other has are not guessed.
    """

    charset: str
    script: str = ""

    def lengths(self, lead: Values) -> Iterator[tuple[int, Values]]:
        """How long a character may be that begins with one of these bytes, and with which of them."""
        if not lead or lead[0] < 0x80:
            yield 1, bytes(byte for byte in lead if byte < 0x80)
        spans = ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4)) if self.charset == "utf-8" else ((2, 0x81, 0xFE),)
        for length, first, last in spans:
            if some := bytes(byte for byte in lead if first <= byte <= last):
                yield length, some

    @property
    def trail(self) -> Values:
        """The bytes that may follow a first one."""
        return bytes(range(0x80, 0xC0)) if self.charset == "utf-8" else bytes((*range(0x40, 0x7F), *range(0x80, 0xFF)))


TARGETS = (Target("utf-8"), Target("gbk"), Target("big5hkscs"))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a reading: the characters that stood there and what they are read as.

    Args:
        start, end: the characters, counted in the text that was read again.
        text: what they are read as; U+FFFD stands for a byte that fits nothing.
        guesses: how many characters of it were chosen among several.
        log_likelihood: of these choices, given what stands beside them.
    """

    start: int
    end: int
    text: str
    guesses: int = 0
    log_likelihood: float = 0.0


class Language:
    """How likely characters are after others: the language model, and the pairs that a document itself has.

    Args:
        own: what of the document is certain, in stretches.
    """

    def __init__(self, own: Sequence[str] = ()) -> None:
        self._model = language_model()
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for text in own:
            symbols = self._model.symbols(text).tolist()
            for first, second in itertools.pairwise(symbols):
                if first >= FIRST and second >= FIRST:
                    counts[first][second] += 1
        self._own = {a: {b: n / seen.total() for b, n in seen.items()} for a, seen in counts.items()}

    def score(self, first: int, second: int, third: int) -> float:
        """The natural logarithm of the probability of a symbol after two others."""
        score = self._model.score(first, second, third)
        own = self._own.get(second)
        share = own.get(third) if own else None
        return math.log((1 - _OWN) * math.exp(score) + _OWN * share) if share else score

    def scores(self, first: Any, second: Any, third: int) -> NDArray[np.float64]:
        """As `score`, for an array of symbols in one of the first two places."""
        scores = self._model.scores(first, second, third)
        seconds = np.atleast_1d(second).tolist()
        shares = np.array([own.get(third, 0.0) if (own := self._own.get(symbol)) else 0.0 for symbol in seconds])
        return np.where(shares > 0, np.log((1 - _OWN) * np.exp(scores) + _OWN * shares), scores)

    def choices(self, first: int, second: int, symbols: NDArray[np.uint16]) -> NDArray[np.float64]:
        """As `score`, for several symbols after the same two; of marks, which word lists lack, the model knows too few."""
        scores = self._model.scores(first, second, symbols) + np.where((symbols >= FIRST) & (symbols < _MARKS), _MARK_GAIN, 0.0)
        own = self._own.get(second)
        if own:
            shares = np.array([own.get(symbol, 0.0) for symbol in symbols.tolist()])
            scores = np.log((1 - _OWN) * np.exp(scores) + _OWN * shares)
        return scores


class _State(NamedTuple):
    cost: float
    first: int
    second: int
    char: str
    edge: _Edge | None
    before: _State | None


class _Edge(NamedTuple):
    start: int
    end: int
    chars: str
    symbols: NDArray[np.uint16]
    cost: float


def search(
    units: Sequence[tuple[Values, ...]], target: Target, whole: bool = True, language: Language | None = None
) -> list[Part] | None:
    """Read bytes again, in the likeliest way.

    Args:
        units: the bytes of each character, from `Misreading.units`.
        target: the charset to read them in.
        whole: whether the line ends with them.
        language: what is likely; the language model alone if None.

    Returns:
        The reading in parts, or None where there is none. Takes time linear in the number of bytes.
    """
    elements = [values for unit in units for values in unit]
    model = language or Language()
    beams: list[dict[tuple[int, int], _State]] = [{} for _ in range(len(elements) + 1)]
    beams[0][BOUNDARY, BOUNDARY] = _State(0.0, BOUNDARY, BOUNDARY, "", None, None)
    for place in range(len(elements)):
        if not beams[place]:
            continue
        states = sorted(beams[place].values(), key=lambda state: state.cost)[:_WIDTH]
        beams[place] = {}
        if states[0].cost > _HOPELESS[0] * place + _HOPELESS[1]:
            return None
        for edge in _edges(elements, place, target):
            _follow(states, edge, beams[edge.end], model)
    if not beams[-1]:
        return None
    path: list[_State] = []
    ends = {key: state.cost - (model.score(*key, BOUNDARY) if whole else 0.0) for key, state in beams[-1].items()}
    state: _State | None = beams[-1][min(ends, key=ends.__getitem__)]
    while state is not None and state.edge is not None:
        path.append(state)
        state = state.before
    return _parts(units, path[::-1], model)


def _follow(states: Sequence[_State], edge: _Edge, reached: dict[tuple[int, int], _State], model: Language) -> None:
    if len(edge.chars) == 1:
        symbol = int(edge.symbols[0])
        for state in states:
            cost = state.cost + edge.cost - model.score(state.first, state.second, symbol)
            key = state.second, symbol
            if key not in reached or reached[key].cost > cost:
                reached[key] = _State(cost, state.second, symbol, edge.chars, edge, state)
        return
    costs = np.stack([state.cost + edge.cost - model.choices(state.first, state.second, edge.symbols) for state in states])
    order = np.argsort(costs, axis=None, kind="stable")[:_WIDTH]
    for n in order.tolist():
        state, which = states[n // len(edge.chars)], n % len(edge.chars)
        cost, symbol = float(costs.flat[n]), int(edge.symbols[which])
        key = state.second, symbol
        if key not in reached or reached[key].cost > cost:
            reached[key] = _State(cost, state.second, symbol, edge.chars[which], edge, state)


def _edges(elements: Sequence[Values], place: int, target: Target) -> Iterator[_Edge]:
    found = False
    for length, lead in target.lengths(elements[place]):
        pattern = (lead, *elements[place + 1 : place + length])
        missing = length - len(pattern)
        chars, symbols = _fitting(target, (*pattern, *[target.trail] * missing))
        if chars:
            found = True
            yield _Edge(place, min(place + length, len(elements)), chars, symbols, _CUT_OFF if missing else 0.0)
    if not found:
        yield _Edge(place, place + 1, "\ufffd", np.array([UNKNOWN], np.uint16), _BROKEN)


@lru_cache(maxsize=32768)
def _fitting(target: Target, pattern: tuple[Values, ...]) -> tuple[str, NDArray[np.uint16]]:
    """The characters that a pattern of bytes may be, and their symbols; of guesses, only such as the model knows."""
    model = language_model()
    if all(len(values) == 1 for values in pattern):
        try:
            chars = b"".join(pattern).decode(target.charset)
        except UnicodeDecodeError:
            chars = ""
        return (chars, model.symbols(chars)) if len(chars) == 1 else ("", model.symbols(""))
    known = _alphabet(target)
    if math.prod(map(len, pattern)) <= _MOST:
        datas: Iterator[bytes] = map(bytes, itertools.product(*pattern))
        chars = "".join(known[data] for data in datas if data in known)
    else:
        sets = [frozenset(values) for values in pattern]
        fits: Callable[[bytes], bool] = lambda data: len(data) == len(sets) and all(map(frozenset.__contains__, sets, data))  # noqa: E731
        chars = "".join(char for data, char in known.items() if fits(data))
    if len(chars) > _MOST_CHOICES:  # hardly a byte is known; the rare ones are no guess to make
        frequent = sorted(range(len(chars)), key=lambda n: -model.frequency(model.symbol(chars[n])))[:_MOST_CHOICES]
        chars = "".join(chars[n] for n in sorted(frequent))
    return chars, model.symbols(chars)


@cache
def _alphabet(target: Target) -> dict[bytes, str]:
    """What may be guessed: ASCII, signs of prose and the characters that the model knows."""
    foreign = {"Hans": TRADITIONAL, "Hant": SIMPLIFIED}.get(target.script, frozenset())
    model = language_model()
    points = (*range(0x20, 0x7F), 0xB7, 0xD7, *range(0x2010, 0x2030), *range(0x3001, 0x3018), *range(0x4E00, 0x9FA6))
    known = (char for char in map(chr, points) if char not in foreign and model.symbol(char) not in (UNKNOWN, BOUNDARY))
    encoded = ((char.encode(target.charset, "ignore"), char) for char in (*known, *_SIGNS))
    return {data: char for data, char in encoded if data}


def _parts(units: Sequence[tuple[Values, ...]], path: Sequence[_State], model: Language) -> list[Part]:
    """The path cut wherever a character ends in both readings."""
    unit_at = {}
    place = 0
    for n, unit in enumerate(units):
        unit_at[place] = n
        place += len(unit)
    unit_at[place] = len(units)
    symbols = [BOUNDARY, BOUNDARY, *(state.second for state in path), BOUNDARY]
    parts: list[Part] = []
    begun, text, guesses, likelihood = 0, "", 0, 0.0
    open_marks: list[str] = []
    whole = ""
    for n, state in enumerate(path):
        edge = state.edge
        assert edge is not None
        char = state.char
        if len(edge.chars) > 1:
            after = path[n + 1].char if n + 1 < len(path) else ""
            char = _fitting_mark(char, edge.chars, whole + text, after, open_marks[-1] if open_marks else "")
            guesses += 1
            likelihood += _posterior(symbols, n + 2, edge, char, model)
        if char in _PAIRED:
            open_marks.append(_PAIRED[char])
        elif open_marks and char == open_marks[-1]:
            open_marks.pop()
        text += char
        if edge.end in unit_at:
            parts.append(Part(begun, unit_at[edge.end], text, guesses, likelihood))
            whole += text
            begun, text, guesses, likelihood = unit_at[edge.end], "", 0, 0.0
    return _joined(parts)


def _fitting_mark(char: str, chars: str, before: str, after: str, awaited: str) -> str:
    """A guessed mark as what stands beside it asks for it, where the model knows too little.

    Quotation marks and brackets close only what is open, and do so at the end of a line; labels and the parts of a ratio
    are followed by a colon.

    Args:
        char, chars: the guess, and all that fits.
        before, after: the line on either side.
        awaited: the mark that would close the last one that was opened; empty if none is open.
    """
    if char not in PUNCTUATION:
        return char
    for left, right in _PAIRED.items():
        if char in (left, right) and left in chars and right in chars:
            return right if awaited == right else left
    if awaited and awaited in chars and not after:
        return awaited
    ratio = char == "，" and before[-1:].isdigit() and after[:1].isdigit()
    return "：" if "：" in chars and (ratio or before.endswith(_labels())) else char


@cache
def _labels() -> tuple[str, ...]:
    """What bylines begin with."""
    return tuple(label for label, *_ in rows("bylines", "labels.tsv") if len(label) > 1)


def _posterior(symbols: Sequence[int], at: int, edge: _Edge, char: str, model: Language) -> float:
    """The log probability of a choice among what fits, given the characters on both sides."""
    a, b, *after = (*symbols[at - 2 : at], *symbols[at + 1 : at + 3])
    scores = model.choices(a, b, edge.symbols)
    if after:
        scores = scores + model.scores(b, edge.symbols, after[0])
    if len(after) > 1:
        scores = scores + model.scores(edge.symbols, after[0], after[1])
    total = scores.max() + math.log(float(np.exp(scores - scores.max()).sum()))
    return float(scores[edge.chars.index(char)] - total)


def _joined(parts: list[Part]) -> list[Part]:
    """Neighbours without guesses as one part."""
    out: list[Part] = []
    for part in parts:
        if out and not (out[-1].guesses or part.guesses or ("\ufffd" in out[-1].text) != ("\ufffd" in part.text)):
            last = out.pop()
            part = Part(last.start, part.end, last.text + part.text)
        out.append(part)
    return out
