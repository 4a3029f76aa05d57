"""Reads a window of misaligned GBK back: a beam search over alignment, the byte in waiting and a language model.

The search walks over the characters that stand there. A reading is either aligned, or the last character's second byte waits as
the lead byte of the next true character. Where bytes are known the walk is forced; where one is lost, every character
that fits (`misaligned_candidates`) is tried. What counts as a find, and what is done about it, belongs in `misaligned`.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from pipeline.repair.adapted_model import Context
from pipeline.repair.language_model import BOUNDARY, DIGIT
from pipeline.repair.misaligned_candidates import (
    PRIVATE_PAIR,
    after_private,
    annotated,
    before_private,
    fits,
    inside_private,
    readings_of,
)
from pipeline.repair.misaligned_generator import UNFOLDS, codes, is_private, pairs
from pipeline.repair.paired_marks import QUOTE, quoting, still_quoting
from pipeline.repair.signatures import SPLIT

WIDTH = 32  # readings kept a step
_HOPELESS = 18.0  # nats behind the best reading at the same place
_PROMISING = 4.0  # a private-use pair is only looked for in readings this close to the best
_FITS = 5.5  # nats of a forced character; where it fits no private-use pair was taken out
_PRIVATE_READINGS = 3  # at most so many of the readings at one place
_CALM = 5  # characters in a row that show that a misalignment is over
_DEPTH_PRIVATE = 5  # the characters tried on either side of a private-use pair
_DEPTH = 24  # characters tried for a lost byte
# Costs in nats of the ways into and out of a misalignment, rough logarithms of how often each is met.
START_TRIGGER, START_MARK, START_VANISHED, START_LOST_LEAD, START_LOST_TRAIL = 2.0, 8.0, 5.0, 10.0, 10.0
END_MARK, END_EATEN, END_SILENT = 0.5, 4.0, 4.0

_TRIGGERS = {0xA1A3, 0xA3A1, 0xA3AC, 0xA3BF}
_MARKS = frozenset("?\ufffd")
_STOPS = frozenset("。！？，!?,")


class Piece(NamedTuple):
    """One true character and the characters of the window that it is read from.

    Args:
        char: the true character; "" where an annotation stands between the bytes of the next one.
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
        self.before = before
        self.notes = {at for split in SPLIT.finditer(window) for at in range(split.start() + 1, split.end())}
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
        return _Reading(cost, end, pending, reading.second, third, piece, reading, still_quoting(reading.quoting, char))

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
                out.append(_Reading(total, end, pending, second, symbol, piece, reading, still_quoting(open_, char)))
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
        if char in _MARKS and (split := SPLIT.match(window, at)) is not None:
            out += self._between_bytes(reading, split)
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

    def _between_bytes(self, reading: _Reading, split: re.Match[str]) -> list[_Reading]:
        """當?shù)厝罕 for 當地群: the last byte of 當 and the first of 地 were taken for 數, and its reading put behind it."""
        before = reading.piece.char if reading.piece else self.before[-1:]
        pair = codes().get(UNFOLDS.get(before, before), 0)
        seen = annotated(pair & 255, split[1])
        cost, piece = reading.cost + START_TRIGGER, Piece("", split.start(), split.end(), 1, seen)
        waiting = {codes()[char] & 255 for char in seen}
        return [
            reading._replace(cost=cost, at=split.end(), pending=byte, piece=piece, before=reading)
            for byte in sorted(waiting)
            if byte > 0x80
        ]

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
                rivals = self._rivals(reading, lead)
                pending_next = trail if trail > 0x80 else 0
                known = self._emit(reading, true, at, at + 1, len(rivals) or 1, strange, fitting=rivals, pending=pending_next)
                if trail < 0x80:  # an ASCII letter was taken for a trail byte
                    known = self._emit(known, chr(trail), at + 1, at + 1, 1)
                if trail != 0x80:
                    out.append(known)
        if (char == "€" or "@" <= char <= "~") and at not in self.notes:
            true = table[pending << 8 | (0x80 if char == "€" else ord(char))]
            if true and not is_private(true):
                out.append(self._emit(reading, true, at, at + 1, 1, self.context.foreign(true)))
        if char in _MARKS:
            if (split := SPLIT.match(window, at)) is not None:  # 矩?fù)責 for 司負責
                out += self._guess(reading, annotated(pending, split[1]), at, split.end(), START_TRIGGER)
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
                reading, before_private(pending), at, at, cost, pending, depth=_DEPTH_PRIVATE, limit=limit + 2 * QUOTE
            )
            for half in halves:
                out += self._past_private(half, limit)
                if reading.cost <= self.best_cost + 0.5 and half.cost + cost <= limit + 2 * QUOTE:
                    inside = inside_private(_trail(half))
                    seconds = self._guess(half, inside, at, at, cost, pending, depth=_DEPTH_PRIVATE, limit=limit + QUOTE)
                    for second in seconds:
                        out += self._past_private(second, limit)
        return out

    def _rivals(self, reading: _Reading, trail: int) -> str:
        """The characters that may stand behind an annotation which more than one pair of bytes can have brought about."""
        seen = reading.piece.fitting if reading.piece and not reading.piece.char else ""
        leads = {codes()[char] & 255 for char in seen}
        found = fits(-1, trail) if len(leads) > 1 else ""
        return "".join(char for char in found if codes()[char] >> 8 in leads)

    def _past_private(self, reading: _Reading, limit: float) -> list[_Reading]:
        """The true character behind a private-use pair that was taken out."""
        begun, at = _trail(reading), reading.at
        char = self.window[at]
        out: list[_Reading] = []
        for pair in readings_of(char):
            lead, trail = pair >> 8, pair & 255
            if trail > 0x80:
                fitting = after_private(begun, lead)
                out += self._guess(reading, fitting, at, at + 1, 0.0, trail, depth=_DEPTH_PRIVATE, limit=limit)
        if char == "€" or "@" <= char <= "~":
            fitting = after_private(begun, 0x80 if char == "€" else ord(char))
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


def _trail(reading: _Reading) -> int:
    assert reading.piece is not None
    return codes()[reading.piece.char] & 255
