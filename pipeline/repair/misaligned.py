"""Misaligned GBK: text that was read from its second byte on, as mirrors that replace punctuation on bytes leave it.

Here are the triage, the decision what counts as a find, its proof by the mirror's own steps, and the edits. The search itself is
`misaligned_search`, the mirror's steps `misaligned_generator`. Whole pages in the wrong charset belong in `codec`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

import numpy as np

from pipeline.repair.language_model import language_model, rare_characters
from pipeline.repair.ledger import Edit
from pipeline.repair.misaligned_generator import FOLDS, MARK, READERS, encode, misalign, read
from pipeline.repair.misaligned_search import Context, Piece, Search, balance, fusion, is_traditional, quoting
from pipeline.repair.signatures import BARE_ENTITY

_REACH = 400  # characters that one search may read
_LEFT = 4  # characters before the first strange one where the misalignment may have begun
_CLOSE = 12  # strange places no farther apart than this belong together
_PROOF = 6  # sound characters on either side that the proof runs over as well
_FAILURES = 30  # searches in vain after which a document is taken for what it is: text full of rare characters
# By how many nats the repaired reading must be likelier than the text as it stands.
_GAIN, _GAIN_SILENT = 10.0, 11.5
_MARGIN = 7.0  # nats by which a character must be likelier than two that lost their inner bytes
_ODD = 0.8  # confidence in one that is not
_SURE_ENOUGH = 0.25  # a guess less likely than this is left standing
_TEMPER = 0.8  # the model is too sure of itself; found on held-out text
_DOUBTFUL, _DOUBTFUL_MARKED = -9.5, -8.0  # the mean of the three oddest, above which a stretch is not looked at
_TWO_MARKS = re.compile("[?\ufffd][?!。，,\ufffd]")
_ODD_BEHIND = -8.5  # the mean of the two oddest of the four characters behind two marks
_STRANGE = -9.5  # the mean of the two oddest, below which a stretch is searched for a lost byte
_HAN = re.compile("[\u3400-\u9fff]")
_MARK = re.compile("[?!,？！，。\ufffd]")
_FOLD = str.maketrans(FOLDS)
_UNFOLD = str.maketrans({ascii_mark: mark for mark, ascii_mark in FOLDS.items()})
_ENTITY_TAIL = re.compile(BARE_ENTITY)


def suspicious(text: str) -> bool:
    """Whether a text is worth a closer look: rare characters together, or behind a mark."""
    return _triage().search(text) is not None


def find(text: str) -> list[Edit]:
    """Propose to mend every stretch of misaligned GBK.

    Args:
        text: any text, before Traditional characters are made Simplified.

    Returns:
        Edits that partition each stretch: restored where the bytes are all there, inferred where one was chosen, unresolved
        where the choice is not sure enough. None in sound text. The work grows linearly with the text.
    """
    spans = list(_strange(text))
    if not spans:
        return with_replacement_marks(text, [])
    context: Context | None = None
    edits: list[Edit] = []
    done = failures = 0
    for start, end in spans:
        if not _HAN.search(text, max(0, start - 6), end + 6):
            continue  # GBK was Chinese
        if end <= done or not _telling().search(text, max(0, start - 2), end + 2):
            continue
        if not (ways := _ways(text, max(start - _LEFT, done), start, end)):
            continue
        context = context or _context(text, spans)
        found = _mend(text, max(start, done), end, done, context, ways)
        if found:
            edits += found
            done = found[-1].end
        else:
            failures += 1
            if failures > _FAILURES and failures > len(edits):
                break
    return with_replacement_marks(text, edits)


def with_replacement_marks(text: str, edits: list[Edit]) -> list[Edit]:
    """The edits, and a note at every replacement character that none of them explains."""
    if "\ufffd" not in text:
        return edits
    notes: list[Edit] = []
    covered = [(edit.start, edit.end) for edit in edits]
    for match in re.finditer("\ufffd+", text):
        while covered and covered[0][1] <= match.start():
            covered.pop(0)
        if not covered or covered[0][0] >= match.end():
            notes.append(Edit(match.start(), match.end(), match[0], "codec", "unresolved"))
    return sorted([*edits, *notes], key=lambda edit: edit.start)


@cache
def _triage() -> re.Pattern[str]:
    """Strange neighbours: two rare characters at most one apart, or a mark and a rare character, a letter or a mark."""
    rare = rare_characters()
    marks = "?!,？！，\ufffd"
    han = "\u4e00-\u9fff"
    return re.compile(
        rf"[{marks}{rare}](?:(?<=[?!？！\ufffd])(?:.?[{rare}\ufffd]|[?!\ufffd。，,])"
        rf"|(?<=[{marks}])(?:[{rare}]{{2}}|[{han}]?[@-Z\[-~][{han}:])"
        rf"|(?<=[{rare}])(?:.?[{rare}]|.?[€?\ufffd]))"
        rf"|(?<=[{han}])€|\ufffd|[{han}][@-Z\[-~][{han}]"
    )


@cache
def _telling() -> re.Pattern[str]:
    """What marks alone are not: a character that hardly any prose holds, a euro sign in it, a lone letter behind a mark."""
    han = "\u4e00-\u9fff"
    return re.compile(rf"[{rare_characters()}]|(?<=[{han}])€|[{han}][?？!！\ufffd]?[@-Z\[-~][{han}:]|\ufffd[{han}]")


def _strange(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that the triage and the language model both find strange, those close together joined."""
    model = language_model()
    span: tuple[int, int] | None = None
    for match in _triage().finditer(text):
        start, end = match.span()
        low = max(0, start - 4)
        scores = model.per_character(text[low : end + 4])[start - low : end - low + 3]
        limit = _DOUBTFUL_MARKED if match[0][0] in "?!？！\ufffd" else _DOUBTFUL
        if not _TWO_MARKS.match(match[0]) and float(np.sort(scores)[:3].mean()) > limit:
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
    near = text[max(0, spans[0][0] - 8_000) : spans[0][0] + 8_000]
    shift = max(0, spans[0][0] - 8_000)
    parts, position = [], 0
    for start, end in spans:
        start, end = start - shift - 2, end - shift + 12
        if start >= len(near):
            break
        parts.append(near[position : max(start, position)])
        position = max(position, end)
    parts.append(near[position:])
    return Context(language_model(), "\n".join(parts), is_traditional(near), _folds(near))


def _folds(text: str) -> bool:
    """Whether full-width punctuation stands as ASCII in a text."""
    return len(re.findall("[\u4e00-\u9fff],", text)) > text.count("，")


@dataclass(frozen=True, slots=True)
class _Run:
    """The pieces of one misaligned stretch, their places counted from the start of the window."""

    pieces: tuple[Piece, ...]
    first: int  # in the list of all pieces
    last: int  # the piece behind its end


def _ways(text: str, low: int, start: int, end: int) -> list[bool]:
    """How a stretch is worth searching: from its marks, and from a byte lost without one."""
    marked = _MARK.search(text, low, end) is not None
    scores = language_model().per_character(text[max(0, start - 2) : end + 2])[start - max(0, start - 2) :]
    silent = end - start >= 2 and float(np.sort(scores)[:2].mean()) < _STRANGE
    return [way for way, open_ in ((False, marked), (True, silent)) if open_]


def _mend(text: str, start: int, end: int, floor: int, context: Context, ways: list[bool]) -> list[Edit]:
    """The edits of one strange stretch, or none."""
    low = max(floor, start - _LEFT)
    window = text[low : low + _REACH]
    for silent in ways:
        search = Search(window, text[max(0, low - 80) : low], context, range(end - low + _CLOSE), silent, end - low)
        pieces, cost, sound, _ = search.best()
        runs = _runs(pieces)
        if not runs or sound - cost < (_GAIN_SILENT if silent else _GAIN):
            continue
        pieces = _ampersands(pieces, window)
        if context.folds:
            pieces = [replace(p, char=FOLDS.get(p.char, p.char)) if p.candidates == 1 else p for p in pieces]
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
    return [
        replace(piece, char="&")
        if piece.char == "?" and piece.start == piece.end and _ENTITY_TAIL.match(window, piece.end)
        else piece
        for piece in pieces
    ]


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
            whole = left + true + right
            unfolded = whole.translate(_UNFOLD)
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
    before = text[max(0, shift - 2) : shift]
    true = before + "".join(piece.char for piece in pieces) + window[pieces[-1].end : pieces[-1].end + 2]
    places = [*accumulate((len(piece.char) for piece in pieces), initial=len(before))]
    groups: list[tuple[int, int, str, bool, float]] = []  # start, end, true text, guessed, confidence
    for offset, piece in enumerate(run.pieces):
        guessed = piece.candidates > 1
        if guessed:
            sure = _confidence(piece, run.first + offset, pieces, window, shift, text, context)
        else:
            # Two characters of which a private-use pair took the inner bytes look like one.
            place = places[run.first + offset]
            margin = fusion(piece.char, true[:place], true[place + 1 :], context) if piece.char else 0.0
            guessed = margin < _MARGIN
            sure = _ODD if guessed else 1.0
        start, end = piece.start, piece.end
        if start == end and piece.char in "&?" and groups:
            # The `?` stands for the lost byte and the eaten character at once.
            last = groups[-1]
            groups[-1] = (last[0], last[1], last[2] + piece.char, last[3], last[4])
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
        elif before == "?" and true[-1] == "?":
            edits.append(Edit(start, end, before, "misaligned_gbk", "unresolved", round(sure, 3), true))
        elif sure >= _SURE_ENOUGH or not set(before) <= set("?\ufffd"):
            edits.append(Edit(start, end, true, "misaligned_gbk", "inferred", round(sure, 3)))
        else:
            edits.append(Edit(start, end, before, "misaligned_gbk", "unresolved", round(sure, 3), true))
    return edits


def _confidence(piece: Piece, at: int, pieces: list[Piece], window: str, shift: int, text: str, context: Context) -> float:
    """How likely the chosen character is among those that fit, given its neighbours on both sides."""
    model = context.model
    before = text[max(0, shift - 80) : shift] + "".join(each.char for each in pieces[:at])
    after = "".join(each.char for each in pieces[at + 1 : at + 3]) or window[piece.end : piece.end + 2]
    one, two = ([0, 0, *(model.symbol(char) for char in before[-2:])])[-2:]
    symbols, foreign = context.choices(piece.fitting)
    scores = context.scores(one, two, symbols) - foreign + balance(piece.fitting, quoting(before), after[:1] in ("", "\n"))
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
