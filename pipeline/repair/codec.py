"""Whole pages and lines in the wrong charset: UTF-8 read as GBK, Latin-1 or Windows-1252, GBK and Big5 read as Latin-1 and so on.

A line is turned back into the bytes it was read from and read again, as often as it takes; the language model says which
reading is Chinese. Bytes that a replacement character swallowed are chosen by the model and marked as inferred. What has no
bytes left (锟斤拷) is named and left alone. Text that is out of step by one byte belongs in `misaligned`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.repair.language_model import BOUNDARY, UNKNOWN, language_model, rare_characters
from pipeline.repair.ledger import Edit

# Results with nothing left: UTF-8 of U+FFFD read as GBK, and uninitialised memory.
_UNRECOVERABLE = re.compile("(?:锟斤拷|锟斤|斤拷){2,}锟?|锟斤拷|烫(?:烫){3,}|屯(?:屯){5,}")
_WINDOWS = {bytes((byte,)).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_HIGH = "\x80-\xff" + "".join(map(re.escape, _WINDOWS))
_LATIN_RUN = re.compile(rf"[{_HIGH}](?:[\x20-\x7e\ufffd{_HIGH}]*[{_HIGH}\ufffd?])?")
_LATIN_SIGN = re.compile(rf"[\x80-\xff][{_HIGH}]")
_ROUNDS = 3  # a page may have been misread more than once
_SOUND = -8.5  # nats a character: text likelier than this is sound
_CHINESE = -9.2  # a reading must be at least this likely, and likelier than what stands by
_GAIN = 12.0  # nats in all
_WIDTH, _DEPTH = 12, 16
_CERTAINLY = -6.5  # nats a character: no other reading will do better
_LONGEST = 4000  # characters of a line; a longer one with lost bytes is left alone
_HEAD = 60  # characters on which the charset is found out where bytes are lost
_LOST_SHARE = 0.35  # with more lost bytes than this among its characters nothing is left of a line
Unit = tuple[int | None, ...]  # the bytes a character was read from; None for a lost one


def suspicious(text: str) -> bool:
    """Whether a text is worth a closer look."""
    return _triage().search(text) is not None


def find(text: str) -> list[Edit]:
    """Propose to read misread lines again.

    Args:
        text: any text.

    Returns:
        Edits for each misread line: restored where no byte is lost, inferred where one was chosen; unresolved where nothing is
        left to restore. None in sound text.
    """
    edits: list[Edit] = []
    done = 0
    for match in _triage().finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        done = end
        edits += _line(text[start:end], start)
    return edits


@cache
def _triage() -> re.Pattern[str]:
    rare = rare_characters()
    return re.compile(
        rf"[\x80-\xff{rare}锟烫屯](?:(?<=[\x80-\xff])[{_HIGH}\ufffd]|(?<=[{rare}]).?[{rare}\ufffd]|(?<=[锟烫屯])[斤烫屯])"
    )


def _line(line: str, shift: int) -> list[Edit]:
    """The edits of one line, whole or by its Latin stretches."""
    edits: list[Edit] = []
    if re.search("[\u4e00-\u9fff]", line) is None or not _LATIN_SIGN.search(line):
        edits = _span(line, shift)
    if not edits:
        for match in _LATIN_RUN.finditer(line):
            if _LATIN_SIGN.search(match[0]):
                edits += _span(match[0], shift + match.start())
    if not edits:
        edits = [
            Edit(shift + match.start(), shift + match.end(), match[0], "codec", "unresolved")
            for match in _UNRECOVERABLE.finditer(line)
        ]
    return edits


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a reading: the characters that stood there and what they are read as."""

    start: int
    end: int
    text: str
    guesses: int
    log_likelihood: float  # of the guesses among what fits


def _span(span: str, shift: int) -> list[Edit]:
    body = span.strip(" \t\r")  # other white space may be a misread byte
    if not body:
        return []
    shift += span.index(body)
    before = _likelihood(body)
    if before.mean > _SOUND or _UNRECOVERABLE.search(body):
        return []
    parts = _best(body)
    if parts is None:
        return []
    text = "".join(part.text for part in parts)
    after = _likelihood(text)
    if after.mean < _CHINESE or after.total - before.total < _GAIN or not re.search("[\u3400-\u9fff]", text):
        return []
    edits = []
    for part in parts:
        stands = body[part.start : part.end]
        start, end = part.start + shift, part.end + shift
        if part.guesses:
            sure = math.exp(part.log_likelihood)
            edits.append(Edit(start, end, part.text, "codec", "inferred", round(min(sure, 0.99), 3)))
        elif part.text != stands:
            edits.append(Edit(start, end, part.text, "codec", "restored"))
    return edits


class _Likelihood(NamedTuple):
    """Log probability of the characters of a text that are not ASCII, which reads the same everywhere."""

    mean: float
    total: float


def _likelihood(text: str) -> _Likelihood:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    scores = language_model().per_character(text)[points >= 0x80]
    return _Likelihood(float(scores.mean()), float(scores.sum())) if scores.size else _Likelihood(-99.0, -math.inf)


def _best(body: str) -> list[_Part] | None:
    """The likeliest way to read a stretch again, or none."""
    frontier = [body]
    seen = {body}
    best, score = "", -math.inf
    for _ in range(_ROUNDS):
        readings = {again for text in frontier for again in _lossless(text)} - seen
        seen |= readings
        frontier = sorted(readings)
        for text in frontier:
            likelihood = _likelihood(text).mean
            if likelihood > score:
                best, score = text, likelihood
        if score > _CERTAINLY:
            break
    if score > _CHINESE:
        return [_Part(0, len(body), best, 0, 0.0)]
    if body.count("\ufffd") > _LOST_SHARE * len(body) or len(body) > _LONGEST:
        return None
    # What the beginning turns out to be, the rest is.
    head = [(units, target, _search(units[:_HEAD], target)) for units in _units(body) for target in _TARGETS]
    tried = [(_mean(parts), n) for n, (_, _, parts) in enumerate(head) if parts]
    if not tried or max(tried)[0] < _CHINESE - 1.0:
        return None
    units, target, parts = head[max(tried)[1]]
    return parts if len(units) <= _HEAD else _search(units, target)


def _mean(parts: list[_Part]) -> float:
    return _likelihood("".join(part.text for part in parts)).mean


def _bytes_of(text: str) -> Iterator[bytes]:
    """The byte strings that a text may have been read from, charsets tried in turn."""
    for charset in ("latin-1", "gb18030", "cp950", "big5hkscs"):
        try:
            yield text.encode(charset)
        except UnicodeEncodeError:
            continue
    with suppress(ValueError):
        yield bytes(_WINDOWS.get(char, ord(char)) for char in text)


def _lossless(text: str) -> Iterator[str]:
    """Every other reading of a text that loses nothing."""
    for data in _bytes_of(text):
        if data.isascii():
            continue
        for charset in ("utf-8", "gb18030", "cp950", "big5hkscs", "latin-1", "cp1252"):
            try:
                again = data.decode(charset)
            except UnicodeDecodeError:
                continue
            # Latin-1 reads anything; it is only a step on the way to UTF-8.
            if again != text and (charset not in ("latin-1", "cp1252") or max(again) > "\xbf"):
                yield again


def _units(text: str) -> Iterator[list[Unit]]:
    """The bytes of each character, where some are lost: as GBK, and as Latin-1 or Windows-1252."""
    for encode in (_gbk_unit, _latin_unit):
        units = [encode(char) for char in text]
        if all(units):
            yield [unit for unit in units if unit]


def _gbk_unit(char: str) -> Unit | None:
    if char == "\ufffd":
        return (None,)
    if char == "€":
        return (0x80,)
    try:
        return tuple(char.encode("gb18030"))
    except UnicodeEncodeError:
        return None


def _latin_unit(char: str) -> Unit | None:
    if char == "\ufffd":
        return (None,)
    byte = _WINDOWS.get(char, ord(char))
    return (byte,) if byte < 256 else None


@dataclass(frozen=True, slots=True)
class _Target:
    """A charset that lines are read in again: how long a character is, and what fits a pattern of its bytes."""

    charset: str
    leads: tuple[int, ...]  # for a lost first byte

    def length(self, lead: int | None) -> int:
        if lead is not None and lead < 0x80:
            return 1
        if self.charset != "utf-8":
            return 2
        if lead is None:
            return 3
        return 2 if 0xC2 <= lead < 0xE0 else 3 if 0xE0 <= lead < 0xF0 else 4 if 0xF0 <= lead < 0xF5 else 0


_TARGETS = (
    _Target("utf-8", tuple(range(0xE2, 0xF0))),
    _Target("gbk", tuple(range(0x81, 0xFF))),
    _Target("big5", tuple(range(0xA1, 0xFA))),
)


@lru_cache(maxsize=8192)
def _fitting(charset: str, pattern: Unit) -> str:
    """The characters that the language model knows and that a pattern of bytes may be."""
    model = language_model()
    return "".join(
        char
        for data, char in _alphabet(charset)
        if len(data) == len(pattern)
        and all(p is None or p == d for p, d in zip(pattern, data, strict=True))
        and model.symbol(char) not in (UNKNOWN, BOUNDARY)
    )


@cache
def _alphabet(charset: str) -> tuple[tuple[bytes, str], ...]:
    chars = [
        *map(chr, range(0x2010, 0x2030)),
        *map(chr, range(0x3001, 0x3012)),
        *map(chr, range(0x4E00, 0x9FA6)),
        *map(chr, range(0xFF01, 0xFF5F)),
    ]
    encoded = ((char.encode(charset, "ignore"), char) for char in chars)
    return tuple((data, char) for data, char in encoded if data)


class _State(NamedTuple):
    cost: float
    first: int
    second: int
    pattern: Unit  # the bytes of a character not yet complete
    begun: int  # the unit in which the stretch since the last common boundary began
    text: str  # read since then
    guesses: int
    log_likelihood: float
    before: _State | None
    part: _Part | None


def _search(units: Sequence[Unit], target: _Target) -> list[_Part] | None:
    """Read bytes of which some are lost: a beam search with the language model."""
    beam = [_State(0.0, BOUNDARY, BOUNDARY, (), 0, "", 0, 0.0, None, None)]
    for n, unit in enumerate(units):
        # A replacement character stands for one byte or for the pair it could not read.
        choices: tuple[Unit, ...] = (unit,) if unit != (None,) else ((None,), (None, None))
        following: dict[tuple[int, int, Unit], _State] = {}
        for state in beam:
            for choice in choices:
                for reached in _read(state, choice, target, 1.5 * (len(choice) - 1) if choice is not unit else 0.0):
                    if not reached.pattern:
                        reached = _cut(reached, n + 1)
                    key = reached.first, reached.second, reached.pattern
                    if key not in following or following[key].cost > reached.cost:
                        following[key] = reached
        beam = sorted(following.values(), key=lambda state: state.cost)[:_WIDTH]
        if not beam or beam[0].cost > 14.0 * (n + 1) + 60.0:
            return None
    ends = [_cut(e, len(units)) for state in beam for e in _finish(state, target)]
    if not ends:
        return None
    last: _State | None = min(ends, key=lambda state: state.cost)
    parts: list[_Part] = []
    while last is not None:
        if last.part is not None:
            parts.append(last.part)
        last = last.before
    return _joined(parts[::-1])


def _cut(state: _State, unit: int) -> _State:
    """Close the stretch: here a character ends in both readings."""
    part = _Part(state.begun, unit, state.text, state.guesses, state.log_likelihood)
    return _State(state.cost, state.first, state.second, (), unit, "", 0, 0.0, state, part)


def _read(state: _State, unit: Unit, target: _Target, cost: float) -> list[_State]:
    states = [state]
    for byte in unit:
        states = [reached for each in states for reached in _byte(each, byte, target)]
    return [each._replace(cost=each.cost + cost) for each in states] if cost else states


def _byte(state: _State, byte: int | None, target: _Target) -> list[_State]:
    pattern = (*state.pattern, byte)
    length = target.length(pattern[0])
    if length == 0 or (len(pattern) > 1 and target.charset == "utf-8" and byte is not None and not 0x80 <= byte < 0xC0):
        return []
    return [state._replace(pattern=pattern)] if len(pattern) < length else _complete(state, pattern, target)


def _complete(state: _State, pattern: Unit, target: _Target) -> list[_State]:
    model = language_model()
    known = [byte for byte in pattern if byte is not None]
    if len(known) == len(pattern):
        try:
            char = bytes(known).decode(target.charset)
        except UnicodeDecodeError:
            return []
        symbol = model.symbol(char)
        cost = state.cost - model.score(state.first, state.second, symbol)
        return [state._replace(cost=cost, first=state.second, second=symbol, pattern=(), text=state.text + char)]
    fitting = _fitting(target.charset, pattern)
    if not fitting:
        return []
    symbols = model.symbols(fitting)
    scores = model.row(state.first, state.second)[symbols]
    order = np.argsort(-scores, kind="stable")[:_DEPTH]
    total = scores.max() + math.log(float(np.exp(scores - scores.max()).sum()))
    return [
        state._replace(
            cost=state.cost - float(scores[n]),
            first=state.second,
            second=int(symbols[n]),
            pattern=(),
            text=state.text + fitting[n],
            guesses=state.guesses + 1,
            log_likelihood=state.log_likelihood + float(scores[n] - total),
        )
        for n in order.tolist()
    ]


def _finish(state: _State, target: _Target) -> list[_State]:
    """A character of which the end is lost, completed."""
    if not state.pattern:
        return [state]
    missing = target.length(state.pattern[0]) - len(state.pattern)
    return _complete(state, (*state.pattern, *([None] * missing)), target)


def _joined(parts: list[_Part]) -> list[_Part]:
    """Neighbours without guesses as one part; a part that used up no character goes to the one before it."""
    out: list[_Part] = []
    for part in parts:
        if out and (part.start == part.end or not (out[-1].guesses or part.guesses)):
            last = out.pop()
            part = _Part(
                last.start,
                part.end,
                last.text + part.text,
                last.guesses + part.guesses,
                last.log_likelihood + part.log_likelihood,
            )
        out.append(part)
    return out


__all__ = ["find", "suspicious"]
