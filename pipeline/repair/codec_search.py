"""Reads bytes again of which some are lost: which characters once stood there, found with the language model.

Here belong the characters that fit what is known of the bytes, and the search over them. What is known is said by
`codec_charsets`; whether a line was misread at all is decided in `codec`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.adapted_model import Language
from pipeline.repair.codec_charsets import Target, Values
from pipeline.repair.language_model import BOUNDARY, UNKNOWN, language_model
from pipeline.repair.paired_marks import PAIRED, fitting_mark
from pipeline.repair.script import SIMPLIFIED, TRADITIONAL

_WIDTH = 24
_MOST = 20_000  # combinations of lost bytes that are looked at for one character
_MOST_CHOICES = 1000  # characters that one may be guessed among
_BROKEN = 16.0  # nats that a byte costs which no character takes in
_CUT_OFF = 1.0  # nats that a character costs of which the end is missing
_HOPELESS = 14.0, 80.0  # nats a byte, and to begin with
# Signs of prose that are no letters. The full-width forms of other ASCII characters are too rare in it to be guessed.
_SIGNS = "\u3000！％（），：；？～∶℃㎡①②③④⑤⑥⑦⑧⑨⑩■●◆★▲"


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
            char = fitting_mark(char, edge.chars, whole + text, after, open_marks[-1] if open_marks else "")
            guesses += 1
            likelihood += _posterior(symbols, n + 2, edge, char, model)
        if char in PAIRED:
            open_marks.append(PAIRED[char])
        elif open_marks and char == open_marks[-1]:
            open_marks.pop()
        text += char
        if edge.end in unit_at:
            parts.append(Part(begun, unit_at[edge.end], text, guesses, likelihood))
            whole += text
            begun, text, guesses, likelihood = unit_at[edge.end], "", 0, 0.0
    return _joined(parts)


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
