"""Whole pages and lines in the wrong charset: UTF-8 read as GBK, Latin-1 or Windows-1252, GBK and Big5 read as Latin-1 and so on.

A line is turned back into the bytes it was read from and read again, as often as it takes; the language model says which
reading is Chinese. What mended one line of a text is tried first on the others. Bytes that a replacement character swallowed
are chosen in `codec_search` and marked as inferred. What has no bytes left (锟斤拷) is named and left alone. Text that is out
of step by one byte belongs in `misaligned`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline.repair.adapted_model import Language
from pipeline.repair.codec_charsets import MISREADINGS, TARGETS, WINDOWS, Misreading, Target
from pipeline.repair.codec_search import Part, search
from pipeline.repair.language_model import language_model, rare_characters, rare_share
from pipeline.repair.ledger import Edit
from pipeline.repair.script import SIMPLIFIED, TRADITIONAL
from pipeline.repair.signs import LATIN1, LOST, NONSENSE, RARE, Look, look

# Results with nothing left: UTF-8 of U+FFFD read as GBK, and uninitialised memory.
_UNRECOVERABLE = re.compile("(?:锟斤拷|锟斤|斤拷){2,}锟?|锟斤拷|烫(?:烫){3,}|屯(?:屯){5,}")
_HIGH = "\x80-\xff" + "".join(map(re.escape, WINDOWS))
_LATIN_RUN = re.compile(rf"[{_HIGH}](?:[\x20-\x7e\ufffd{_HIGH}]*[{_HIGH}\ufffd?])?")
_LATIN_SIGN = re.compile(rf"[\x80-\xff][{_HIGH}]")
_BLANK = " \t\r"  # other white space may be a misread byte
_INDENT = _BLANK + "\u3000\u00a0"  # but no character begins with a byte that is misread as one of these
_ROUNDS = 3  # a page may have been misread more than once
_RARE_SHARE = 0.1  # of the characters of a line that may be misread; sound lines seldom reach it
_SOUND = -8.5  # nats a character: text likelier than this is sound
_FREQUENT = -8.0  # the same for its characters by themselves; misread text stays below -8.5
_INFREQUENT = -10.5  # the same for a reading, below which none is Chinese
_CHINESE = -9.2  # a reading must be at least this likely, and likelier than what stands by
_GAIN = 12.0  # nats in all
_GAIN_AGAIN = 3.0  # nats in all, where the same way has mended another line of the text
_CERTAINLY = -6.5  # nats a character: no other reading will do better
_LONGEST = 20_000  # characters of a line; a longer one with lost bytes is left alone
_HEAD = 60  # characters on which the charset is found out where bytes are lost
_LOST_SHARE = 0.35  # with more lost bytes than this among its characters nothing is left of a line
_LOST_SHORT = 0.4  # the same for a line that was a wreck until the way of others was known
_WRECK = -11.0, 0.08  # nats a character and share of lost bytes from which on an unread line is named a wreck


@dataclass(frozen=True, slots=True)
class _Way:
    """How to read a line again: charsets to write and read it in, in turn, or a search where bytes are lost."""

    steps: tuple[tuple[str, str], ...] = ()
    lost: tuple[Misreading, Target] | None = None

    def read(self, text: str, language: Language | None = None) -> list[Part] | None:
        """The line in parts, or None where it cannot be read this way; a search goes by the language given."""
        if self.lost:
            units = self.lost[0].units(text) if len(text) <= _LONGEST else None
            return search(units, self.lost[1], language=language) if units else None
        whole = text
        for written, read in self.steps:
            data = _written(whole, written)
            again = _again(whole, data, read) if data else None
            if again is None:
                return None
            whole = again
        return [Part(0, len(text), whole)]

    def of_script(self, script: str) -> _Way:
        """The same way, once the script of the text is known; as it is where that is not."""
        return replace(self, lost=(self.lost[0], replace(self.lost[1], script=script))) if self.lost and script else self


def suspicious(text: str) -> bool:
    """Whether any line of a text is worth a closer look: a Latin sign, a lost character, nonsense, many rare characters."""
    seen = look(text)
    if seen.present & LOST:
        return _triage().search(text) is not None
    if seen.present & LATIN1 and _LATIN_SIGN.search(text):
        return True
    if seen.present & NONSENSE:
        return True
    return bool(seen.present & RARE) and any(map(_may_be_misread, _rare_lines(text, seen)))


def _may_be_misread(body: str) -> bool:
    """Whether a line is unlikely, first by its characters alone, which costs a tenth."""
    return language_model().mean_frequency(body) <= _FREQUENT and _likelihood(body).mean <= _SOUND


def _strange(body: str) -> bool:
    """Whether a line is full of rare characters, as misread Chinese is; cheap."""
    return rare_share(body) >= _RARE_SHARE and language_model().mean_frequency(body) <= _FREQUENT


def _rare_lines(text: str, seen: Look) -> Iterator[str]:
    """The lines full of rare characters, among those in which one stands beside another, or next but one."""
    places = seen.where(RARE)
    rare, near = places.tolist(), places[:-1][places[1:] - places[:-1] <= 2]
    done = 0
    for place in near.tolist():
        if place >= done:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            done = len(text) if end < 0 else end
            body = text[start:done].lstrip(_INDENT).rstrip(_BLANK)
            if bisect_left(rare, done) - bisect_left(rare, start) >= _RARE_SHARE * len(body):
                yield body


def find(text: str) -> list[Edit]:
    """Propose to read misread lines again.

    Args:
        text: any text.

    Returns:
        Edits for each misread line: restored where no byte is lost, inferred where one was chosen; unresolved where nothing is
        left to restore. None in sound text.
    """
    found: dict[int, list[Edit]] = {}
    session = _Session()
    done = 0
    for match in _triage().finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        done = end
        found[start] = _line(text[start:end], start, session)
    if session.ways:  # short lines do not show by themselves what they are
        start = 0
        for line in text.split("\n"):
            edits = found.get(start, [])
            if not edits or (edits[0].status == "unresolved" and line.count("\ufffd") <= _LOST_SHORT * len(line)):
                found[start] = (not line.isascii() and _span(line, start, session, only_known=True)) or edits
            start += len(line) + 1
    edits = [edit for start in sorted(found) for edit in found[start]]
    return _reconsidered(edits, session) if session.lossy else edits


@dataclass(slots=True)
class _Session:
    """What was found out about a text: the ways that mended a line, and the spans with lost bytes by where they begin."""

    ways: list[_Way] = field(default_factory=list)
    lossy: dict[int, tuple[str, _Way, list[Part]]] = field(default_factory=dict)

    def edits(self, body: str, way: _Way, parts: list[Part], shift: int) -> list[Edit]:
        """The edits of a span that was read this way."""
        if way not in self.ways:
            self.ways.insert(0, way)
        if way.lost:
            self.lossy[shift] = body, way, parts
        return list(_edits(body, parts, shift))


def _reconsidered(edits: list[Edit], session: _Session) -> list[Edit]:
    """The edits with lost bytes chosen once more, now that the text's own pairs of characters are known."""
    certain = [part.text for _, _, parts in session.lossy.values() for part in parts if not part.guesses]
    certain += [edit.after for edit in edits if edit.status == "restored" and len(edit.after) > 1]
    language, script = Language(certain), _script("".join(certain))
    spans = {shift: shift + len(body) for shift, (body, _, _) in session.lossy.items()}
    starts = sorted(spans)

    def outside(edit: Edit) -> bool:
        n = bisect_right(starts, edit.start) - 1
        return n < 0 or spans[starts[n]] <= edit.start

    kept = [edit for edit in edits if outside(edit)]
    for shift, (body, way, parts) in session.lossy.items():
        kept += _edits(body, way.of_script(script).read(body, language) or parts, shift)
    return sorted(kept, key=lambda edit: edit.start)


@cache
def _triage() -> re.Pattern[str]:
    rare = rare_characters()
    return re.compile(
        rf"[\x80-\xff{rare}锟烫屯](?:(?<=[\x80-\xff])[{_HIGH}\ufffd]|(?<=[{rare}]).?[{rare}\ufffd]|(?<=[锟烫屯])[斤烫屯])"
    )


def _line(line: str, shift: int, session: _Session) -> list[Edit]:
    """The edits of one line, whole or by its Latin stretches."""
    edits: list[Edit] = []
    shift += len(line) - len(line.lstrip(_INDENT))
    line = line.lstrip(_INDENT)
    if re.search("[\u4e00-\u9fff]", line) is None or not _LATIN_SIGN.search(line):
        edits = _span(line, shift, session)
    if not edits:
        for match in _LATIN_RUN.finditer(line):
            if _LATIN_SIGN.search(match[0]):
                edits += _span(match[0], shift + match.start(), session)
    if not edits:
        edits = [
            Edit(shift + match.start(), shift + match.end(), match[0], "codec", "unresolved")
            for match in _UNRECOVERABLE.finditer(line)
        ]
    return edits or _wreck(line, shift)


def _wreck(line: str, shift: int) -> list[Edit]:
    """A line named as unreadable, if too much of it is lost."""
    if line.count("\ufffd") < max(2, _WRECK[1] * len(line)) or _likelihood(line).mean > _WRECK[0]:
        return []
    return [Edit(shift, shift + len(line), line, "codec", "unresolved", 0.0)]


def _span(span: str, shift: int, session: _Session, only_known: bool = False) -> list[Edit]:
    body = span.lstrip(_INDENT).rstrip(_BLANK)
    if not body or _UNRECOVERABLE.search(body):
        return []
    shift += span.index(body)
    if not session.ways and not _LATIN_SIGN.search(body) and not _strange(body):
        return []  # the cheap look
    before = _likelihood(body)
    for known in session.ways:
        parts = known.read(body)
        if parts and _better(body, before, parts, _GAIN_AGAIN):
            return session.edits(body, known, parts, shift)
    if only_known or before.mean > _SOUND:
        return []
    way, parts = _best(body)
    if way is None or not parts or not _better(body, before, parts, _GAIN) or _likelihood(_text(parts)).mean < _CHINESE:
        return []
    return session.edits(body, way, parts, shift)


def _better(body: str, before: _Likelihood, parts: list[Part], gain: float) -> bool:
    text = _text(parts)
    if all(part.text == body[part.start : part.end] or not body[part.start : part.end].strip("\ufffd") for part in parts):
        return False  # a lost character alone is no misreading
    after = _likelihood(text)
    return after.mean > before.mean and after.total - before.total >= gain and len(re.findall("[\u3400-\u9fff]", text)) > 1


def _edits(body: str, parts: list[Part], shift: int) -> Iterator[Edit]:
    for part in parts:
        stands = body[part.start : part.end]
        start, end = part.start + shift, part.end + shift
        if "\ufffd" in part.text:
            yield Edit(start, end, stands, "codec", "unresolved", 0.0)
        elif part.guesses:
            yield Edit(start, end, part.text, "codec", "inferred", round(min(math.exp(part.log_likelihood), 0.99), 3))
        elif part.text != stands:
            yield Edit(start, end, part.text, "codec", "restored")


def _text(parts: list[Part]) -> str:
    return "".join(part.text for part in parts)


class _Likelihood(NamedTuple):
    """Log probability of the characters of a text that are not ASCII, which reads the same everywhere."""

    mean: float
    total: float


def _likelihood(text: str) -> _Likelihood:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    scores = language_model().per_character(text)[points >= 0x80]
    return _Likelihood(float(scores.mean()), float(scores.sum())) if scores.size else _Likelihood(-99.0, -math.inf)


def _best(body: str) -> tuple[_Way | None, list[Part] | None]:
    """The likeliest way to read a stretch again and what it gives, or none."""
    frontier = {body: _Way()}
    seen = {body}
    best, text, score = _Way(), "", -math.inf
    for _ in range(_ROUNDS):
        readings = {
            again: _Way((*way.steps, step))
            for before, way in frontier.items()
            for step, again in _lossless(before)
            if again not in seen
        }
        seen |= readings.keys()
        frontier = dict(sorted(readings.items()))
        for again, way in frontier.items():
            if language_model().mean_frequency(again) < _INFREQUENT:
                continue
            likelihood = _likelihood(again).mean
            if likelihood > score:
                best, text, score = way, again, likelihood
        if score > _CERTAINLY:
            break
    if score > _CHINESE:
        return best, [Part(0, len(body), text)]
    if body.count("\ufffd") > _LOST_SHARE * len(body):
        return None, None
    # What the beginning turns out to be, the rest is.
    tried: list[tuple[float, int, Misreading, Target, list[Part]]] = []
    for misreading in _misreadings(body):
        units = misreading.units(body)
        for target in TARGETS if units else ():
            parts = search(units[:_HEAD], target, whole=len(units) <= _HEAD) if units else None
            if parts:
                tried.append((_likelihood(_text(parts)).mean, -len(tried), misreading, target, parts))
    if not tried or max(row[0] for row in tried) < _CHINESE - 1.0:
        return None, None
    _, _, misreading, target, parts = max(tried, key=lambda row: row[:2])
    certain = "".join(part.text for part in parts if not part.guesses)
    found = _Way(lost=(misreading, replace(target, script=_script(certain))))
    return found, found.read(body)


def _script(certain: str) -> str:
    """The script of what is certain: Hans, Hant or unknown."""
    hant, hans = (sum(char in script for char in certain) for script in (TRADITIONAL, SIMPLIFIED))
    return "Hant" if hant > 4 * hans + 2 else "Hans" if hans > 4 * hant + 2 else ""


def _misreadings(body: str) -> list[Misreading]:
    """The ways in which a text with lost bytes may have been misread."""
    if "\ufffd" in body:
        return list(MISREADINGS)
    plain = [misreading for misreading in MISREADINGS if not misreading.eats_pairs]
    return plain + [replace(misreading, questions=True) for misreading in plain if "?" in body]


def _written(text: str, charset: str) -> bytes | None:
    """The bytes that a text was read from, if it was read in this charset and is not ASCII alone."""
    try:
        data = bytes(WINDOWS.get(char, ord(char)) for char in text) if charset == "cp1252" else text.encode(charset)
    except (UnicodeEncodeError, ValueError):
        return None
    return None if data.isascii() else data


def _again(text: str, data: bytes, read: str) -> str | None:
    """The bytes of a text read in another charset, if that gives another text."""
    try:
        again = data.decode(read)
    except UnicodeDecodeError:
        return None
    # Latin-1 reads anything; it is only a step on the way to UTF-8.
    return again if again != text and (read not in ("latin-1", "cp1252") or max(again) > "\xbf") else None


def _lossless(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Every other reading of a text that loses nothing."""
    for written in ("latin-1", "cp1252", "gb18030", "cp950", "big5hkscs"):
        data = _written(text, written)
        if data is None:
            continue
        for read in ("utf-8", "gb18030", "cp950", "big5hkscs", "latin-1", "cp1252"):
            again = _again(text, data, read)
            if again is not None:
                yield (written, read), again


__all__ = ["find", "suspicious"]
