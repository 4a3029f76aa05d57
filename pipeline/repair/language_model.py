"""How likely a run of Chinese characters is: a small character trigram model, in Simplified or Traditional.

Only probabilities belong here; what is done with them is the business of the passes. The model is made by
`scripts/build_language_model.py` and described in `pipeline/reference/language_model/README.md`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).resolve().parents[1] / "reference" / "language_model" / "trigrams.npz"
_MOST_KNOWN = 250_000  # probabilities remembered; some 60 MB
QUANTUM = 0.08  # nats a step of a quantised logarithm

RARE = -10.3  # natural logarithm of the probability below which a character is rare

# Symbols that stand for many characters; the others are characters and punctuation marks.
BOUNDARY, DIGIT, LETTER, UNKNOWN, FIRST = 0, 1, 2, 3, 4
# Full-width and ASCII marks mean the same and share a symbol.
_MARKS = (
    "，,",
    "。",
    "、",
    "；;",
    "：:",
    "？?",
    "！!",
    "（(",
    "）)",
    '“"「『',
    "”」』",
    "‘'",
    "’",
    "《<",
    "》>",
    "—",
    "…",
    "·",
    "％%",
    "．.",
    "-－",
    "／/",
    "【[",
    "】]",
    "～~",
    "①②③④⑤⑥⑦⑧⑨⑩",
)
PUNCTUATION = {char: n for n, marks in enumerate(_MARKS) for char in marks}


class LanguageModel:
    """Interpolated trigram probabilities of characters.

    Symbols are small integers; `symbol` and `symbols` give those of characters. Traditional forms share the symbol of their
    Simplified form, so both scripts are judged alike.
    """

    def __init__(self, path: Path = MODEL) -> None:
        with np.load(path) as data:
            identity = data["identity"]
            firsts = data["pair_firsts"]
            starts = data["triple_starts"]
            self._thirds = data["triple_thirds"]
            seconds = data["pair_seconds"]
            rows = np.repeat(np.arange(len(firsts) - 1, dtype=np.uint64), firsts[1:])
            self._pairs = rows << np.uint64(16) | seconds
            numbers = np.repeat(np.arange(len(starts) - 1, dtype=np.uint64), starts[1:])
            self._triples = numbers << np.uint64(16) | self._thirds
            self._unigram = data["unigram"] * -QUANTUM
            self._unigram_back = data["unigram_back"] * -QUANTUM
            self._pair = data["pair"] * -QUANTUM
            self._pair_back = data["pair_back"] * -QUANTUM
            self._triple = data["triple"] * -QUANTUM
        self._identity = identity
        self._symbols: list[int] = identity.tolist()
        self._rows: list[int] = [0, *np.cumsum(firsts[1:], dtype=np.int64).tolist()]
        self._columns = seconds
        self._triple_rows = np.concatenate(([0], np.cumsum(starts[1:], dtype=np.int64)))
        self.size = len(self._unigram)
        # Plain arrays are several times faster than numpy's for one look-up at a time.
        self._lists = (
            *(_plain("Q", keys) for keys in (self._pairs, self._triples)),
            *(_plain("d", values) for values in (self._unigram, self._unigram_back, self._pair, self._pair_back, self._triple)),
        )
        self._known: dict[tuple[int, int, int], float] = {}

    def symbol(self, char: str) -> int:
        """The symbol of one character."""
        point = ord(char)
        return self._symbols[point] if point < 65536 else UNKNOWN

    def symbols(self, text: str) -> NDArray[np.uint16]:
        """The symbols of a text, one a character."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        return np.asarray(self._identity[np.minimum(points, 65535)])

    def frequency(self, symbol: int) -> float:
        """The natural logarithm of a symbol's probability by itself."""
        return float(self._unigram[symbol])

    def mean_frequency(self, text: str) -> float:
        """The mean of the logarithms of its characters' probabilities by themselves, ASCII apart; 0 for a text of ASCII alone."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        symbols = self._identity.take(points[points >= 0x80], mode="clip")
        return float(self._unigram.take(symbols).mean()) if len(symbols) else 0.0

    def score(self, first: int, second: int, third: int) -> float:
        """The natural logarithm of the probability of a symbol after two others."""
        key = (first, second, third)
        known = self._known.get(key)
        if known is None:
            known = self._look_up(*key)
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[key] = known
        return known

    def _look_up(self, first: int, second: int, third: int) -> float:
        pairs, triples, unigram, unigram_back, pair, pair_back, triple = self._lists
        key = second << 16 | third
        at = bisect_left(pairs, key)
        lower = pair[at] if at < len(pairs) and pairs[at] == key else unigram_back[second] + unigram[third]
        key = first << 16 | second
        at = bisect_left(pairs, key)
        if at == len(pairs) or pairs[at] != key:
            return float(lower)
        row = int(at) << 16 | third
        place = bisect_left(triples, row)
        if place < len(triples) and triples[place] == row:
            return float(triple[place])
        return float(pair_back[at] + lower)

    def scores(self, first: Any, second: Any, third: Any) -> NDArray[np.float64]:
        """As `score`, for arrays of symbols at once (they are broadcast against each other)."""
        one, two, three = (np.asarray(x, np.uint64) for x in (first, second, third))
        lower, found = self._find(self._pairs, self._pair, two << np.uint64(16) | three)
        lower = np.where(found, lower, self._unigram_back[two] + self._unigram[three])
        key = one << np.uint64(16) | two
        at = np.minimum(np.searchsorted(self._pairs, key), len(self._pairs) - 1)
        is_context = self._pairs[at] == key
        upper, found = self._find(self._triples, self._triple, at.astype(np.uint64) << np.uint64(16) | three)
        return np.where(is_context, np.where(found, upper, self._pair_back[at] + lower), lower)

    def among(self, first: int, second: int, thirds: NDArray[np.uint16]) -> NDArray[np.float64]:
        """As `score`, for some symbols behind the same two; a fraction of the cost of `scores`."""
        low, high = self._rows[second], self._rows[second + 1]
        scores: NDArray[np.float64] = self._unigram[thirds] + float(self._unigram_back[second])
        _put(scores, thirds, self._columns[low:high], self._pair[low:high])
        low, high = self._rows[first], self._rows[first + 1]
        at = bisect_left(self._columns, second, low, high)
        if at < high and self._columns[at] == second:
            scores += float(self._pair_back[at])
            low, high = self._triple_rows[at], self._triple_rows[at + 1]
            _put(scores, thirds, self._thirds[low:high], self._triple[low:high])
        return scores

    @staticmethod
    def _find(
        keys: NDArray[np.uint64], values: NDArray[np.float64], wanted: NDArray[np.uint64]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return values[at], keys[at] == wanted

    def per_character(self, text: str) -> NDArray[np.float64]:
        """The log probability of each character of a text after the two before it."""
        symbols = np.zeros(len(text) + 2, np.uint64)
        symbols[2:] = self.symbols(text)
        # As in `scores`, but each pair is looked up once: it is the end of one triple and the beginning of the next.
        keys = symbols[:-1] << np.uint64(16) | symbols[1:]
        at = self._pairs.searchsorted(keys)
        np.minimum(at, len(self._pairs) - 1, out=at)
        found = self._pairs[at] == keys
        seconds, thirds = symbols[1:-1], symbols[2:]
        lower = np.where(found[1:], self._pair[at[1:]], self._unigram_back[seconds] + self._unigram[thirds])
        contexts, is_context = at[:-1], found[:-1]
        rows = contexts.astype(np.uint64) << np.uint64(16) | thirds
        place = self._triples.searchsorted(rows)
        np.minimum(place, len(self._triples) - 1, out=place)
        upper = np.where(self._triples[place] == rows, self._triple[place], self._pair_back[contexts] + lower)
        scores: NDArray[np.float64] = np.where(is_context, upper, lower)
        return scores


def _put(scores: NDArray[Any], symbols: NDArray[Any], known: NDArray[Any], values: NDArray[Any]) -> None:
    """Put the values of those symbols that are known, which are in order, in place of their scores."""
    if len(known):
        at = known.searchsorted(symbols)
        np.minimum(at, len(known) - 1, out=at)
        found = known[at] == symbols
        scores[found] = values[at[found]]


def _plain(kind: str, values: NDArray[Any]) -> array[Any]:
    out = array(kind)
    out.frombytes(values.tobytes())
    return out


@cache
def language_model() -> LanguageModel:
    """The model that ships, loaded once a process."""
    return LanguageModel()


@cache
def rare_characters() -> str:
    """The inside of a regular expression's class: characters that hardly occur in sound Chinese text."""
    model = language_model()
    blocks = (
        range(0x391, 0x452),
        range(0x2550, 0x2574),
        range(0x3041, 0x3130),
        range(0x4E00, 0x9FA6),
        range(0xE000, 0xE866),
    )
    spans: list[list[int]] = []
    for point in (point for block in blocks for point in block):
        symbol = model.symbol(chr(point))
        if symbol != UNKNOWN and model.frequency(symbol) >= RARE:
            continue
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


@cache
def rare_flags() -> NDArray[np.bool_]:
    """Whether each character of the basic plane is one of `rare_characters`, by its code point."""
    rare = re.compile(f"[{rare_characters()}]")
    return np.array([rare.match(chr(point)) is not None for point in range(65536)])


def rare_share(text: str) -> float:
    """The share of a text's characters that are rare, 0 to 1; those beyond the basic plane are not counted."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return float(rare_flags()[points[points < 65536]].sum()) / max(1, len(points))
