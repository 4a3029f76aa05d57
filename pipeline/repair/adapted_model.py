"""The language model bent towards one document: what the document itself says often is likelier in it than elsewhere.

Here belong such models for whoever guesses characters (a cache beside the trigrams, and the document's script), and nothing
of how bytes were lost. The model itself is `language_model`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import opencc
from numpy.typing import NDArray

from pipeline.repair.language_model import FIRST, PUNCTUATION, LanguageModel, language_model
from pipeline.repair.paired_marks import balance

FOREIGN_SCRIPT = 7.0  # nats that a Simplified character guessed in a Traditional document costs, or the other way round
_OWN = 0.15  # weight of a document's own pairs of characters
_MARK_GAIN = 1.0  # nats
_MARKS = FIRST + len(set(PUNCTUATION.values()))  # symbols below this are punctuation


class Context:
    """The language model bent towards one document: its own undamaged text and its script."""

    def __init__(self, model: LanguageModel, text: str, traditional: bool, folds: bool) -> None:
        self.model = model
        self.traditional = traditional
        self.folds = folds
        self.effort = 0  # readings followed so far, over all searches
        self.vanishes = False  # whether the document's mirror is known to leave nothing where a byte was alone
        symbols = model.symbols(text).tolist()
        size = model.size
        self._one = np.bincount(symbols, minlength=size) / (len(symbols) + 100.0)
        self._after: dict[int, Counter[int]] = defaultdict(Counter)
        self._after_two: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
        for second, third in pairwise(symbols):
            self._after[second][third] += 1
        for first, second, third in zip(symbols, symbols[1:], symbols[2:], strict=False):
            self._after_two[first, second][third] += 1
        self._known: dict[tuple[int, int, int], float] = {}
        self._scratch = np.zeros(size)
        self._likeliest: dict[tuple[object, ...], tuple[list[int], list[float], list[int]]] = {}

    def score(self, first: int, second: int, third: int) -> float:
        """The log probability of a symbol after two others."""
        key = (first, second, third)
        known = self._known.get(key)
        if known is None:
            own = 0.03 * float(self._one[third])
            two = self._after.get(second)
            if two and third in two:
                own += 0.12 * two[third] / (two.total() + 1.5)
                three = self._after_two.get((first, second))
                if three:
                    own += 0.35 * three[third] / (three.total() + 1.0)
            known = math.log(0.5 * math.exp(self.model.score(first, second, third)) + own)
            self._known[key] = known
        return known

    def scores(self, first: int, second: int, thirds: NDArray[np.uint16]) -> NDArray[np.float64]:
        """As `score`, for many symbols."""
        own = 0.03 * self._one[thirds]
        for weight, more, counts in (
            (0.12, 1.5, self._after.get(second)),
            (0.35, 1.0, self._after_two.get((first, second))),
        ):
            if counts:
                self._scratch[list(counts)] = list(counts.values())
                own += self._scratch[thirds] * (weight / (counts.total() + more))
                self._scratch[list(counts)] = 0.0
        mixed: NDArray[np.float64] = np.log(0.5 * np.exp(self.model.among(first, second, thirds)) + own)
        return mixed

    def choices(self, fitting: str) -> tuple[NDArray[np.uint16], NDArray[np.float64]]:
        """The symbols of characters that may be guessed, and what each costs beforehand."""
        symbols, hans, hant = _choices(fitting)
        return symbols, FOREIGN_SCRIPT * (hans if self.traditional else hant)

    def likeliest(
        self, first: int, second: int, fitting: str, quotes: tuple[bool, bool], ahead: int, depth: int
    ) -> tuple[list[int], list[float], list[int]]:
        """The likeliest of the characters that fit, as places among them, log probabilities and symbols.

        Args:
            first, second: the symbols before.
            fitting: the characters that fit.
            quotes: whether a quotation mark is open, and whether the line ends behind.
            ahead: the symbol behind, or -1; it only says which to keep.
            depth: how many.
        """
        key = (first, second, fitting, quotes, ahead, depth)
        known = self._likeliest.get(key)  # a window is searched in several ways, and again once others were found
        if known is None:
            symbols, foreign = self.choices(fitting)
            scores = self.scores(first, second, symbols) - foreign
            scores += balance(fitting, *quotes)
            rank = scores + self.model.scores(second, symbols, ahead) if ahead >= 0 else scores
            order = np.argsort(-rank, kind="stable")[:depth]
            known = order.tolist(), scores[order].tolist(), symbols[order].tolist()
            if len(self._likeliest) > 50_000:
                self._likeliest.clear()
            self._likeliest[key] = known
        return known

    def foreign(self, char: str) -> float:
        """What a guessed character costs that is not of the document's script."""
        return FOREIGN_SCRIPT if _script(char) == ("Hans" if self.traditional else "Hant") else 0.0


@lru_cache(maxsize=4096)
def _choices(fitting: str) -> tuple[NDArray[np.uint16], NDArray[np.float64], NDArray[np.float64]]:
    scripts = [_script(char) for char in fitting]
    hans, hant = (np.array([script == which for script in scripts], float) for which in ("Hans", "Hant"))
    return language_model().symbols(fitting), hans, hant


@cache
def _script(char: str) -> str:
    to_simplified, to_traditional = _converters()
    if to_simplified.convert(char) != char:
        return "Hant"
    return "Hans" if to_traditional.convert(char) != char else ""


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    return opencc.OpenCC("t2s"), opencc.OpenCC("s2t")


def is_traditional(text: str) -> bool:
    """Whether a text is mostly Traditional, by the characters that only one script has."""
    scripts = Counter(_script(char) for char in text[:4000] if "\u4e00" <= char <= "\u9fff")
    return scripts["Hant"] > scripts["Hans"]


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
            for first, second in pairwise(symbols):
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
