"""Reads a window of misaligned GBK back: a beam search over alignment, the byte in waiting and a language model.

The search walks over the characters that stand there. A reading is either aligned, or the last character's second byte waits as
the lead byte of the next true character. Where bytes are known the walk is forced; where one is lost, every character
that fits is tried. What counts as a find, and what is done about it, belongs in `misaligned`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import opencc
from numpy.typing import NDArray

from pipeline.repair.language_model import BOUNDARY, DIGIT, UNKNOWN, LanguageModel, language_model
from pipeline.repair.misaligned_generator import UNFOLDS, codes, is_private, pairs

WIDTH = 32  # readings kept a step
_HOPELESS = 18.0  # nats behind the best reading at the same place
_PROMISING = 4.0  # a private-use pair is only looked for in readings this close to the best
_FITS = 5.5  # nats of a forced character; where it fits no private-use pair was taken out
_PRIVATE_READINGS = 3  # at most so many of the readings at one place
_FITS_WELL = -2.0  # nats a character: nothing else need be tried
_DEPTH_RIVALS = 8
_CALM = 5  # characters in a row that show that a misalignment is over
_DEPTH_PRIVATE = 5  # the same, for either side of a private-use pair
_DEPTH = 24  # characters tried for a lost byte
# Costs in nats of the ways into and out of a misalignment, rough logarithms of how often each is met.
START_TRIGGER, START_MARK, START_VANISHED, START_LOST_LEAD, START_LOST_TRAIL = 2.0, 8.0, 5.0, 10.0, 10.0
END_MARK, END_EATEN, END_SILENT = 0.5, 4.0, 4.0
PRIVATE_PAIR = (2.0, 3.0)  # in Simplified text, whose trail bytes are all high, and in Traditional text
QUOTE = 3.5  # nats that a quotation mark gains or loses by the one before it
FOREIGN_SCRIPT = 7.0  # a Simplified character guessed in a Traditional document, or the other way round

# First bytes of pairs that code page 936 leaves to users or does not define.
_PRIVATE_LEADS = (*range(0xA1, 0xB0), *range(0xF8, 0xFF))
_TRIGGERS = {0xA1A3, 0xA3A1, 0xA3AC, 0xA3BF}
_MARKS = frozenset("?\ufffd")
_STOPS = frozenset("。！？，!?,")


class Piece(NamedTuple):
    """One true character and the characters of the window that it is read from.

    Args:
        char: the true character; "" where a lost ASCII character cannot be told.
        start, end: the window's characters used up, relative to the window; empty where its place vanished.
        candidates: how many characters fit the bytes; 1 is certain, 0 is a character that stood there all along.
        fitting: what fits, to weigh the choice with.
    """

    char: str
    start: int
    end: int
    candidates: int
    fitting: str = ""


class _Reading(NamedTuple):
    cost: float
    at: int
    pending: int  # the waiting lead byte, or 0
    first: int
    second: int
    piece: Piece | None
    before: _Reading | None
    quoting: bool  # whether a quotation mark is open


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


@lru_cache(maxsize=4096)
def fits(lead: int, trail: int) -> str:
    """The characters that a pair with one byte unknown (-1) may be, private-use and unassigned ones left out."""
    table = pairs()
    if lead < 0:
        found = [table[byte << 8 | trail] for byte in range(0x81, 0xFF)]
    else:
        found = [table[lead << 8 | byte] for byte in range(0x80, 0xFF)]
    return _known(found)


@lru_cache(maxsize=256)
def _before_private(lead: int) -> str:
    """The characters with this lead byte whose trail byte may begin a private-use pair."""
    table = pairs()
    trails = _PRIVATE_LEADS
    return _known([table[lead << 8 | trail] for trail in trails])


@lru_cache(maxsize=256)
def _inside_private(begun: int) -> str:
    """The characters that lie in two private-use pairs, the first of which has begun."""
    table = pairs()
    leads = [lead for lead in range(0x81, 0xFF) if is_private(table[begun << 8 | lead])]
    return _known([table[lead << 8 | trail] for lead in leads for trail in _PRIVATE_LEADS])


@lru_cache(maxsize=4096)
def _after_private(begun: int, trail: int) -> str:
    """The characters with this trail byte whose lead byte ends the private-use pair that has begun."""
    table = pairs()
    return _known([table[lead << 8 | trail] for lead in range(0x81, 0xFF) if is_private(table[begun << 8 | lead])])


def _known(chars: list[str]) -> str:
    """The characters that can be guessed at all: those the language model knows, spaces left out."""
    model = language_model()
    return "".join(char for char in chars if char and model.symbol(char) not in (UNKNOWN, BOUNDARY))


def readings_of(char: str) -> list[int]:
    """The pairs of bytes that a character that stands there may have been read from."""
    return [codes()[c] for c in (char, UNFOLDS.get(char, "")) if c and c in codes()]


def fusion(char: str, before: str, after: str, context: Context) -> float:
    """By how many nats a character is likelier than two of which a private-use pair took the inner bytes.

    Args:
        char: the character whose two bytes stand there.
        before, after: at least two characters on either side, as far as there are any.
    """
    model = context.model
    pair = codes().get(char)
    if pair is None:
        return math.inf
    one, two = [BOUNDARY, BOUNDARY, *map(model.symbol, before[-2:])][-2:]
    behind = [model.symbol(each) for each in after[:2]]
    plain = _follow(context, one, two, model.symbol(char), behind)
    if plain > _FITS_WELL * (1 + len(behind)):
        return math.inf
    firsts = _before_private(pair >> 8)
    if not firsts:
        return math.inf
    symbols, foreign = context.choices(firsts)
    scores = context.scores(one, two, symbols) - foreign
    best = -math.inf
    for n in np.argsort(-scores, kind="stable")[:_DEPTH_RIVALS].tolist():
        seconds = _after_private(codes()[firsts[n]] & 255, pair & 255)
        if not seconds:
            continue
        first = int(symbols[n])
        inner, strange = context.choices(seconds)
        following = context.scores(two, first, inner) - strange
        for m in np.argsort(-following, kind="stable")[:_DEPTH_RIVALS].tolist():
            rest = _follow(context, two, first, int(inner[m]), behind) - float(strange[m])
            best = max(best, float(scores[n]) + rest)
    return plain - context.foreign(char) - best + PRIVATE_PAIR[context.traditional]


def _follow(context: Context, one: int, two: int, three: int, behind: list[int]) -> float:
    total = context.score(one, two, three)
    for four in behind:
        total += context.score(two, three, four)
        two, three = three, four
    return total


_OPENING, _CLOSING = "“‘「『", "”’」』"


def quoting(text: str) -> bool:
    """Whether a quotation mark is open at the end of a text."""
    line = text[text.rfind("\n") + 1 :]
    return max(map(line.rfind, _OPENING)) > max(map(line.rfind, _CLOSING))


def _quotes(open_: bool, char: str) -> bool:
    return char in _OPENING or (open_ and char not in _CLOSING + "\n")


@lru_cache(maxsize=4096)
def balance(fitting: str, open_: bool, last: bool) -> NDArray[np.float64]:
    """What quotation marks gain by closing what is open, and lose by not fitting what is, or at the end of a line."""
    gain = dict.fromkeys(_OPENING, -QUOTE if open_ else 0.0) | dict.fromkeys(_CLOSING, QUOTE if open_ else -QUOTE / 4)
    if last:
        gain |= dict.fromkeys(_OPENING + "《（(【", -2 * QUOTE)
    return np.array([gain.get(char, 0.0) for char in fitting])


def _trail(reading: _Reading) -> int:
    assert reading.piece is not None
    return codes()[reading.piece.char] & 255


class Search:
    """One window's search.

    Args:
        window: the characters from the first possible start on, to a bound.
        before: the text before the window, for context.
        context: the language model of the document.
        starts: the offsets at which a misalignment may begin.
        silent: whether it may begin without a mark, at a byte that was lost.
    """

    def __init__(self, window: str, before: str, context: Context, starts: range, silent: bool, settle: int) -> None:
        self.window = window
        self.context = context
        self.starts = starts
        self.silent = silent
        self.settle = settle
        self.best_cost = 0.0
        self.private_left = 0
        self.cheapest = math.inf  # of the readings found so far for the next place; what is hopeless beside it is not made
        symbol = context.model.symbol
        lead = [BOUNDARY, BOUNDARY, *(symbol(char) for char in before[-2:])]
        self.root = _Reading(0.0, 0, 0, lead[-2], lead[-1], None, None, quoting(before))

    def best(self) -> tuple[list[Piece], float, float, int]:
        """The best reading.

        Returns:
            Its pieces, its cost, the cost of leaving the window alone over the same characters, and how far it reads.
        """
        waiting: dict[int, list[_Reading]] = {0: [self.root]}
        sound = self.root  # the reading that changes nothing
        sound_costs = [0.0]
        end = len(self.window)
        final: _Reading | None = None
        at = 0
        while at <= end:
            beam = self._prune(waiting.pop(at, []))
            if at == end:
                beam = self._prune(beam + [r for b in beam if b.pending for r in self._silent_end(b)])
                done = [r for r in beam if not r.pending]
                final = min(done, key=lambda r: r.cost, default=None)
                break
            if beam and at >= self.settle + _CALM:
                best = beam[0]
                if not best.pending and self._settled(best):
                    final = best
                    break
            self.best_cost = min((r.cost for r in beam if r.pending), default=0.0)
            self.private_left = _PRIVATE_READINGS
            self.cheapest = min((r.cost for r in waiting.get(at + 1, ())), default=math.inf)
            self.context.effort += len(beam)
            for reading in beam:
                for following in self._next(reading):
                    waiting.setdefault(following.at, []).append(following)
                    if following.at == at + 1 and following.cost < self.cheapest:
                        self.cheapest = following.cost
            sound = self._emit(sound, self.window[at], at, at + 1, 0)
            sound_costs.append(sound.cost)
            at += 1
        if final is None:
            return [], math.inf, 0.0, at
        pieces: list[Piece] = []
        step: _Reading | None = final
        while step is not None:
            if step.piece is not None:
                pieces.append(step.piece)
            step = step.before
        return pieces[::-1], final.cost, sound_costs[final.at], final.at

    def _prune(self, readings: list[_Reading]) -> list[_Reading]:
        # A silent end uses up nothing, so it is found here, among those that stay at the same place.
        kept: dict[tuple[int, int, int], _Reading] = {}
        if not readings:
            return []
        bound = min(reading.cost for reading in readings) + _HOPELESS
        for reading in sorted((r for r in readings if r.cost <= bound), key=lambda r: r.cost):
            kept.setdefault((reading.pending, reading.first, reading.second), reading)
            if len(kept) >= WIDTH:
                break
        return list(kept.values())

    def _settled(self, reading: _Reading) -> bool:
        """Whether the last characters were read as they stand, and make sense."""
        step: _Reading | None = reading
        for _ in range(_CALM):
            if step is None or step.before is None or step.piece is None or step.piece.candidates:
                return False
            step = step.before
        return step is not None and reading.cost - step.cost < _CALM * 8.0

    def _emit(
        self,
        reading: _Reading,
        char: str,
        start: int,
        end: int,
        candidates: int,
        cost: float = 0.0,
        pending: int = 0,
        fitting: str = "",
    ) -> _Reading:
        third = self.context.model.symbol(char)
        cost += reading.cost - self.context.score(reading.first, reading.second, third)
        piece = Piece(char, start, end, candidates, fitting)
        return _Reading(cost, end, pending, reading.second, third, piece, reading, _quotes(reading.quoting, char))

    def _guess(
        self,
        reading: _Reading,
        fitting: str,
        start: int,
        end: int,
        cost: float,
        pending: int = 0,
        depth: int = _DEPTH,
        ahead: int = -1,
        limit: float = math.inf,
    ) -> list[_Reading]:
        """Readings with each of the characters that fit, the likeliest only, and none that costs more than the limit."""
        if not fitting:
            return []
        quotes = reading.quoting, self.window[end : end + 1] in ("", "\n")
        order, scores, symbols = self.context.likeliest(reading.first, reading.second, fitting, quotes, ahead, depth)
        out = []
        candidates, second, paid, open_ = len(fitting), reading.second, reading.cost + cost, reading.quoting
        for n, score, symbol in zip(order, scores, symbols, strict=True):
            total = paid - score
            if total <= limit:
                char = fitting[n]
                piece = Piece(char, start, end, candidates, fitting)
                out.append(_Reading(total, end, pending, second, symbol, piece, reading, _quotes(open_, char)))
        return out

    def _next(self, reading: _Reading) -> list[_Reading]:
        return self._misaligned(reading) if reading.pending else self._aligned(reading)

    def _aligned(self, reading: _Reading) -> list[_Reading]:
        at, window = reading.at, self.window
        char = window[at]
        out = [self._emit(reading, char, at, at + 1, 0)]
        if at not in self.starts:
            return out
        following = window[at + 1] if at + 1 < len(window) else ""
        if char in _MARKS and following in _MARKS and window[at + 2 : at + 3] in tuple("，！？,!?"):
            # A trail byte A1 and the mark's own A3 were taken for a full stop, so the character fell in two.
            out += self._guess(reading, fits(-1, 0xA1), at, at + 2, START_TRIGGER)
        if char in _MARKS and following:
            for pair in readings_of(following):
                cost = START_TRIGGER if pair in _TRIGGERS else START_MARK
                out += self._begin(reading, -1, pair >> 8, pair & 255, at + 2, cost)
        for pair in readings_of(char):
            lead, trail = pair >> 8, pair & 255
            if pair in _TRIGGERS:
                out += self._begin(reading, -1, lead, trail, at + 1, START_TRIGGER if self.context.vanishes else START_VANISHED)
            elif self.silent and trail > 0x80:
                out += self._begin(reading, -1, lead, trail, at + 1, START_LOST_LEAD)
            if self.silent and trail > 0x80:
                out += self._begin(reading, lead, -1, trail, at + 1, START_LOST_TRAIL)
        return out

    def _begin(self, reading: _Reading, lead: int, trail: int, pending: int, end: int, cost: float) -> list[_Reading]:
        """A first character of which one byte is lost, the next one's lead byte waiting."""
        if pending < 0x81:
            return []
        ahead = -1
        if end < len(self.window):
            for pair in readings_of(self.window[end])[:1]:
                following = pairs()[pending << 8 | pair >> 8]
                ahead = self.context.model.symbol(following) if following else -1
        return self._guess(reading, fits(lead, trail), reading.at, end, cost, pending, ahead=ahead)

    def _misaligned(self, reading: _Reading) -> list[_Reading]:
        at, window, pending = reading.at, self.window, reading.pending
        char = window[at]
        out: list[_Reading] = []
        table = pairs()
        for pair in readings_of(char):
            lead, trail = pair >> 8, pair & 255
            true = table[pending << 8 | lead]
            if true and not is_private(true):
                strange = self.context.foreign(true)
                known = self._emit(reading, true, at, at + 1, 1, strange, pending=trail if trail > 0x80 else 0)
                if trail < 0x80:  # an ASCII letter was taken for a trail byte
                    known = self._emit(known, chr(trail), at + 1, at + 1, 1)
                if trail != 0x80:
                    out.append(known)
        if char == "€" or "@" <= char <= "~":
            true = table[pending << 8 | (0x80 if char == "€" else ord(char))]
            if true and not is_private(true):
                out.append(self._emit(reading, true, at, at + 1, 1, self.context.foreign(true)))
        if char in _MARKS:
            following = window[at + 1] if at + 1 < len(window) else "\n"
            if following in _STOPS or following in _MARKS or following == "\n" or char == "\ufffd":
                out += self._guess(reading, fits(pending, -1), at, at + 1, END_MARK)
            else:
                out += [self._eaten(r, following) for r in self._guess(reading, fits(pending, -1), at, at + 1, END_EATEN)]
        elif char < "\x80" or char in _STOPS:
            for ended in self._silent_end(reading):
                out += self._aligned_only(ended)
        forced = min((r.cost for r in out), default=math.inf) - reading.cost
        promising = reading.cost <= self.best_cost + _PROMISING and self.private_left > 0
        if forced > _FITS and promising and not is_private(char):
            self.private_left -= 1
            cost = PRIVATE_PAIR[self.context.traditional]
            # Another character costs something, but may gain as much as a quotation mark that closes.
            limit = min(self.cheapest, reading.cost + forced) + _HOPELESS
            halves = self._guess(
                reading, _before_private(pending), at, at, cost, pending, depth=_DEPTH_PRIVATE, limit=limit + 2 * QUOTE
            )
            for half in halves:
                out += self._past_private(half, limit)
                if reading.cost <= self.best_cost + 0.5 and half.cost + cost <= limit + 2 * QUOTE:
                    inside = _inside_private(_trail(half))
                    seconds = self._guess(half, inside, at, at, cost, pending, depth=_DEPTH_PRIVATE, limit=limit + QUOTE)
                    for second in seconds:
                        out += self._past_private(second, limit)
        return out

    def _past_private(self, reading: _Reading, limit: float) -> list[_Reading]:
        """The true character behind a private-use pair that was taken out."""
        begun, at = _trail(reading), reading.at
        char = self.window[at]
        out: list[_Reading] = []
        for pair in readings_of(char):
            lead, trail = pair >> 8, pair & 255
            if trail > 0x80:
                fitting = _after_private(begun, lead)
                out += self._guess(reading, fitting, at, at + 1, 0.0, trail, depth=_DEPTH_PRIVATE, limit=limit)
        if char == "€" or "@" <= char <= "~":
            fitting = _after_private(begun, 0x80 if char == "€" else ord(char))
            out += self._guess(reading, fitting, at, at + 1, 0.0, depth=_DEPTH_PRIVATE, limit=limit)
        return out

    def _eaten(self, reading: _Reading, following: str) -> _Reading:
        """The ASCII character that went with a lost byte; `?` stands for it, since it cannot be told."""
        third = DIGIT if following in "0123456789.%" else BOUNDARY
        piece = Piece("?", reading.at, reading.at, 1)
        return _Reading(reading.cost, reading.at, 0, reading.second, third, piece, reading, reading.quoting)

    def _silent_end(self, reading: _Reading) -> list[_Reading]:
        cost = END_MARK if self.context.vanishes else END_SILENT
        return self._guess(reading, fits(reading.pending, -1), reading.at, reading.at, cost, depth=12)

    def _aligned_only(self, reading: _Reading) -> list[_Reading]:
        return [self._emit(reading, self.window[reading.at], reading.at, reading.at + 1, 0)]


__all__ = ["Context", "Piece", "Search", "balance", "fits", "fusion", "is_traditional", "quoting", "readings_of"]
