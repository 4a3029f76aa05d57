"""Misaligned GBK: text that was read from its second byte on, as mirrors that replace punctuation on bytes leave it.

Here are the triage, the decision what counts as a find, its proof by the mirror's own steps, and the edits. The search itself is
`misaligned_search`, the mirror's steps `misaligned_generator`. Whole pages in the wrong charset belong in `codec`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.repair.language_model import UNKNOWN, language_model
from pipeline.repair.ledger import Edit
from pipeline.repair.misaligned_generator import FOLDS, MARK, READERS, encode, misalign, read
from pipeline.repair.misaligned_search import Context, Piece, Search, is_traditional
from pipeline.repair.signatures import BARE_ENTITY

# Characters rarer than this (natural logarithm of the probability) do not stand beside each other in sound text.
_RARE = -10.3
_REACH = 400  # characters that one search may read
_LEFT = 4  # characters before the first strange one where the misalignment may have begun
_CLOSE = 12  # strange places no farther apart than this belong together
_PROOF = 6  # sound characters on either side that the proof runs over as well
_FAILURES = 40  # searches in vain after which a document is taken for what it is: text full of rare characters
# By how many nats the repaired reading must be likelier than the text as it stands.
_GAIN, _GAIN_ONE, _GAIN_SILENT = 10.0, 10.0, 16.0
_SURE_ENOUGH = 0.25  # a guess less likely than this is left standing
_TEMPER = 0.8  # the model is too sure of itself; found on held-out text
_FOLD = str.maketrans(FOLDS)
_ENTITY_TAIL = re.compile(BARE_ENTITY)


def suspicious(text: str) -> bool:
    """Whether a text is worth a closer look: rare characters together, or behind a mark."""
    return _triage().search(text) is not None


def find(text: str) -> list[Edit]:
    """Propose to mend every stretch of misaligned GBK.

    Args:
        text: any text, before Traditional characters are made Simplified.

    Returns:
        Edits that partition each stretch: restored where the bytes are all there, inferred where a lost byte was chosen, unresolved
        where the choice is not sure enough. None in sound text. The work grows linearly with the text.
    """
    spans = list(_strange(text))
    if not spans:
        return []
    context = _context(text, spans)
    edits: list[Edit] = []
    done = failures = 0
    for start, end in spans:
        if end <= done:
            continue
        found = _mend(text, max(start, done), end, done, context)
        if found:
            edits += found
            done = found[-1].end
        else:
            failures += 1
            if failures > _FAILURES and failures > len(edits):
                break
    return edits


@cache
def _triage() -> re.Pattern[str]:
    """Strange neighbours: two rare characters at most one apart, or a mark and a rare character, a letter or a mark."""
    model = language_model()
    rare = "".join(
        chr(point) for point in (*range(0x391, 0x452), *range(0x2550, 0x2574), *range(0x3041, 0x3130), *range(0x4E00, 0x9FA6),
                                 *range(0xE000, 0xE866))
        if (symbol := model.symbol(chr(point))) == UNKNOWN or model.frequency(symbol) < _RARE
    )
    rare = _ranges(rare)
    marks = "?!,？！，\ufffd"
    return re.compile(
        rf"[{marks}{rare}](?:(?<=[{marks}])(?:.?[{rare}\ufffd]|[?\ufffd]|[@-Z\[-~][\u4e00-\u9fff])|(?<=[{rare}])(?:.?[{rare}]|.?[€?\ufffd]))"
        rf"|(?<=[\u4e00-\u9fff])€"
    )


def _ranges(chars: str) -> str:
    out: list[list[str]] = []
    for char in chars:
        if out and ord(char) == ord(out[-1][1]) + 1:
            out[-1][1] = char
        else:
            out.append([char, char])
    return "".join(first if first == last else f"{first}-{last}" for first, last in out)


def _strange(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that the triage and the language model both find strange, those close together joined."""
    model = language_model()
    span: tuple[int, int] | None = None
    for match in _triage().finditer(text):
        start, end = match.span()
        low = max(0, start - 4)
        scores = model.per_character(text[low : end + 4])[start - low : end - low + 3]
        if scores.size < 2 or np.sort(scores)[: 3].mean() > -9.0:
            continue
        if span and start - span[1] <= _CLOSE and "\n" not in text[span[1] : start] and end - span[0] < _REACH // 2:
            span = span[0], end
        else:
            if span:
                yield span
            span = start, end
    if span:
        yield span


def _context(text: str, spans: list[tuple[int, int]]) -> Context:
    """The language model bent towards what is sound around the strange stretches."""
    near = text[max(0, spans[0][0] - 20_000) : spans[0][0] + 20_000]
    shift = max(0, spans[0][0] - 20_000)
    parts, position = [], 0
    for start, end in spans:
        start, end = start - shift - 2, end - shift + 12
        if start >= len(near):
            break
        parts.append(near[position : max(start, position)])
        position = max(position, end)
    parts.append(near[position:])
    return Context(language_model(), "\n".join(parts), is_traditional(near))


@dataclass(frozen=True, slots=True)
class _Run:
    """The pieces of one misaligned stretch, their places counted from the start of the window."""

    pieces: tuple[Piece, ...]
    first: int  # in the list of all pieces
    last: int  # the piece behind its end


def _mend(text: str, start: int, end: int, floor: int, context: Context) -> list[Edit]:
    """The edits of one strange stretch, or none."""
    low = max(floor, start - _LEFT)
    window = text[low : low + _REACH]
    strange = context.model.per_character(text[low : end + 2])[start - low :]
    for silent in (False, True):
        if silent and (end - start < 3 or strange.mean() > -10.0):
            break
        search = Search(window, text[max(0, low - 8) : low], context, range(end - low + _CLOSE), silent, end - low)
        pieces, cost, sound, _ = search.best()
        runs = _runs(pieces)
        if not runs or sound - cost < (_GAIN_SILENT if silent else _GAIN):
            continue
        pieces = _ampersands(pieces, window)
        edits: list[Edit] = []
        for run in _runs(pieces):
            if _proved(run, pieces, window):
                edits += _edits(run, pieces, window, low, text, context)
        if edits:
            return edits
    return []


def _runs(pieces: list[Piece]) -> list[_Run]:
    """The misaligned stretches of a reading."""
    runs: list[_Run] = []
    first = -1
    for n, piece in enumerate([*pieces, Piece("", 0, 0, 0)]):
        if piece.candidates and first < 0:
            first = n
        elif not piece.candidates and first >= 0:
            runs.append(_Run(tuple(pieces[first:n]), first, n))
            first = -1
    return runs


def _ampersands(pieces: list[Piece], window: str) -> list[Piece]:
    """Put back the `&` that a lost byte took along, where an entity without it follows."""
    out: list[Piece] = []
    for n, piece in enumerate(pieces):
        out.append(piece)
        ends = n + 1 == len(pieces) or not pieces[n + 1].candidates
        if piece.candidates > 1 and ends and window[piece.end - 1 : piece.end] == "?":
            if _ENTITY_TAIL.match(window, piece.end):
                out.append(Piece("&", piece.end, piece.end, 1))
    return out


def _proved(run: _Run, pieces: list[Piece], window: str) -> bool:
    """Whether the mirror's own steps make the window out of the repaired text."""
    left = "".join(piece.char for piece in pieces[max(0, run.first - _PROOF) : run.first])
    right_pieces = pieces[run.last : run.last + _PROOF]
    for n, piece in enumerate(right_pieces):
        if piece.candidates:
            right_pieces = right_pieces[:n]
            break
    right = "".join(piece.char for piece in right_pieces)
    start, end = run.pieces[0].start, run.pieces[-1].end
    stands = (left + window[start:end] + right).translate(_FOLD)
    true = "".join(piece.char for piece in run.pieces)
    try:
        before, data, after = encode(left), encode(true), encode(right)
        for style in READERS:
            whole = (left + true + right)
            unfolded = whole.translate({ord(a): f for f, a in FOLDS.items() if a in "?!,"})
            if stands in (misalign(whole, style), misalign(unfolded, style)):
                return True
    except UnicodeEncodeError:
        return False
    mark = bytes((MARK,))
    first_width = 1 if true[0] < "\x80" else 2
    starts = [data[1:], data[:1] + mark + data[1:]]
    if first_width == 2:
        starts.append(data[:1] + data[2:])
    for begun in starts:
        for ended in (begun, begun[:-1] + mark, begun[:-1], begun + mark, begun[:-2] + begun[-1:]):
            for reader in READERS.values():
                if read(before + ended + after, reader).translate(_FOLD) == stands:
                    return True
    return False


def _edits(run: _Run, pieces: list[Piece], window: str, shift: int, text: str, context: Context) -> list[Edit]:
    """Edits that partition a run: certain stretches restored, each guess by itself."""
    groups: list[tuple[int, int, str, bool, float]] = []  # start, end, true text, guessed, confidence
    for offset, piece in enumerate(run.pieces):
        guessed = piece.candidates > 1
        sure = _confidence(piece, run.first + offset, pieces, window, shift, text, context) if guessed else 1.0
        start, end = piece.start, piece.end
        if start == end and piece.char == "&" and groups:
            # The `?` stands for the lost byte and the eaten character at once.
            last = groups[-1]
            groups[-1] = (last[0], last[1], last[2] + "&", last[3], last[4])
            continue
        if groups and (start == end or (groups[-1][3] == guessed and not guessed) or groups[-1][0] == groups[-1][1]):
            last = groups.pop()
            groups.append((last[0], end, last[2] + piece.char, last[3] or guessed, last[4] * sure))
        else:
            groups.append((start, end, piece.char, guessed, sure))
    edits = []
    for start, end, true, guessed, sure in groups:
        before = window[start:end]
        start, end = start + shift, end + shift
        if not guessed:
            edits.append(Edit(start, end, true, "misaligned_gbk", "restored"))
        elif sure >= _SURE_ENOUGH or not set(before) <= set("?\ufffd"):
            edits.append(Edit(start, end, true, "misaligned_gbk", "inferred", round(sure, 3)))
        else:
            edits.append(Edit(start, end, before, "misaligned_gbk", "unresolved", round(sure, 3), true))
    return edits


def _confidence(
    piece: Piece, at: int, pieces: list[Piece], window: str, shift: int, text: str, context: Context
) -> float:
    """How likely the chosen character is among those that fit, given its neighbours on both sides."""
    model = context.model
    before = text[max(0, shift - 2) : shift] + "".join(each.char for each in pieces[:at])
    after = "".join(each.char for each in pieces[at + 1 : at + 3]) or window[piece.end : piece.end + 2]
    one, two = ([0, 0, *(model.symbol(char) for char in before[-2:])])[-2:]
    symbols, foreign = context.choices(piece.fitting)
    scores = context.scores(one, two, symbols) - foreign
    if after:
        three = model.symbol(after[0])
        scores = scores + np.array([context.score(two, int(symbol), three) for symbol in symbols])
        if len(after) > 1:
            four = model.symbol(after[1])
            scores = scores + np.array([context.score(int(symbol), three, four) for symbol in symbols])
    weights = np.exp((scores - scores.max()) * _TEMPER)
    chosen = piece.fitting.index(piece.char)
    return float(weights[chosen] / weights.sum())


__all__ = ["find", "suspicious"]
