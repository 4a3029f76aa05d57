"""Misaligned GBK: text that was read from its second byte on, as mirrors that replace punctuation on bytes leave it.

Here are the decision what counts as a find, its proof by the mirror's own steps, and the edits. Where to look is
`misaligned_triage`, the search `misaligned_search`, the mirror's steps `misaligned_generator`. Whole pages in the wrong
charset belong in `codec`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from pipeline.repair.adapted_model import Context, is_traditional
from pipeline.repair.language_model import language_model
from pipeline.repair.ledger import Edit
from pipeline.repair.misaligned_candidates import fusion
from pipeline.repair.misaligned_generator import FOLDS, MARK, READERS, encode, misalign, misalign_bytes, read
from pipeline.repair.misaligned_search import Piece, Search
from pipeline.repair.misaligned_triage import Stretch, stretches, suspicious
from pipeline.repair.paired_marks import balance, quoting
from pipeline.repair.signatures import BARE_ENTITY, SPLIT, TAG

_REACH = 400  # characters that one search may read
_LEFT = 4  # characters before the first strange one where the misalignment may have begun
_CLOSE = 12  # strange places no farther apart than this belong together
_PROOF = 6  # sound characters on either side that the proof runs over as well
# Readings that the searches of a text may follow, to begin with and for each of its characters. Documents like the seeds
# need less than one a character; a text that is strange all over must come to an end.
_EFFORT = 4_000, 2
_FAILURES = 30  # searches in vain after which a document is taken for what it is: text full of rare characters
# By how many nats the repaired reading must be likelier than the text as it stands.
_GAIN, _GAIN_SILENT = 10.0, 11.5
_GAIN_AGAIN = 5.0  # the same, with a mark, in a document where others were found, or where a letter gives it away
_ROW_OF_MARKS = re.compile("[?\ufffd]{8,}")  # a line of dots, or nothing that could be read; no search goes past one
_TWO_MARKS = re.compile("[?\ufffd][?!，,\ufffd]")
# Nats by which a character must be likelier than two that lost their inner bytes; with fewer it is a guess, right as often
# as the logistic function says (found on held-out text).
_MARGIN, _MIDDLE, _SLOPE = 10.0, 4.0, 0.75
_SURE_ENOUGH = 0.25  # a guess less likely than this is left standing
_TEMPER = 0.8  # the model is too sure of itself; found on held-out text
_FOLD = str.maketrans(FOLDS)
_UNFOLD = str.maketrans({ascii_mark: mark for mark, ascii_mark in FOLDS.items()})
_TAG_TAIL = re.compile(TAG.removeprefix("<"))
_ENTITY_TAIL = re.compile(BARE_ENTITY)


def find(text: str) -> list[Edit]:
    """Propose to mend every stretch of misaligned GBK.

    Args:
        text: any text, before Traditional characters are made Simplified.

    Returns:
        Edits that partition each stretch: restored where the bytes are all there, inferred where one was chosen, unresolved
        where the choice is not sure enough. None in sound text. The work grows linearly with the text.
    """
    found = list(stretches(text))
    if not found:
        return with_replacement_marks(text, [])
    context = _context(text, found)
    edits = _mend_all(text, [stretch for stretch in found if not stretch.weak], [], context, (_GAIN, _GAIN_SILENT))
    if edits or (context.folds and context.traditional):
        # One misalignment in a document makes others likely, by the same mirror.
        context.vanishes = bool(edits) and not any(_TWO_MARKS.search(text, edit.start, edit.end + 1) for edit in edits)
        gains = (_GAIN_AGAIN, _GAIN_SILENT) if edits else (_GAIN, _GAIN_SILENT)
        edits += _mend_all(text, found, edits, context, gains)
        edits.sort(key=lambda edit: edit.start)
    return with_replacement_marks(text, edits)


def _mend_all(text: str, searched: list[Stretch], held: list[Edit], context: Context, gains: tuple[float, float]) -> list[Edit]:
    """The edits of some stretches, one after the other, apart from those that are held already.

    Args:
        gains: by how many nats a reading must be likelier than the text as it stands: with a mark, and without.
    """
    edits: list[Edit] = []
    starts = [edit.start for edit in held]
    done = failures = 0
    most = _EFFORT[0] + _EFFORT[1] * len(text)
    for stretch in searched:
        before = bisect_right(starts, stretch.end)
        floor = max(done, held[before - 1].end if before else 0)
        if stretch.end <= floor:
            continue
        if context.effort > most:
            break
        mended = _mend(text, stretch, floor, context, gains)
        if mended and (before == len(held) or mended[-1].end <= starts[before]):
            edits += mended
            done = mended[-1].end
        else:
            failures += 1
            if failures > _FAILURES and failures > len(edits):
                break
    return edits


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


def _context(text: str, found: list[Stretch]) -> Context:
    """The language model bent towards what is sound around the strange stretches."""
    shift = max(0, found[0].start - 8_000)
    near = text[shift : found[0].start + 8_000]
    parts, position = [], 0
    for stretch in found:
        start, end = stretch.start - shift - 2, stretch.end - shift + 12
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


def _mend(text: str, stretch: Stretch, floor: int, context: Context, gains: tuple[float, float]) -> list[Edit]:
    """The edits of one strange stretch, or none."""
    low, end = max(floor, stretch.start - _LEFT), stretch.end
    window = text[low : low + _REACH]
    if row := _ROW_OF_MARKS.search(window):
        window = window[: row.start()]
    if end - low > len(window):
        return []
    for silent in [way for way, open_ in ((False, stretch.marked), (True, stretch.silent)) if open_]:
        search = Search(window, text[max(0, low - 80) : low], context, range(end - low + _CLOSE), silent, end - low)
        pieces, cost, sound, _ = search.best()
        runs = _runs(pieces)
        if not runs or sound - cost < (_GAIN_AGAIN if stretch.sure else gains[silent]):
            continue
        pieces = _eaten_marks(pieces, window)
        if context.folds:
            pieces = [p._replace(char=FOLDS.get(p.char, p.char)) if p.candidates == 1 else p for p in pieces]
        edits: list[Edit] = []
        for run in _runs(pieces):
            if _heeds_notes(run, window) and _proved(run, pieces, window):
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


def _eaten_marks(pieces: list[Piece], window: str) -> list[Piece]:
    """Put back the `&` or `<` that a lost byte took along, where the rest of an entity or a tag follows."""

    def whole(piece: Piece) -> Piece:
        if piece.char != "?" or piece.start != piece.end:
            return piece
        taken = "&" if _ENTITY_TAIL.match(window, piece.end) else "<" if _TAG_TAIL.match(window, piece.end) else "?"
        return piece._replace(char=taken)

    return [whole(piece) for piece in pieces]


def _heeds_notes(run: _Run, window: str) -> bool:
    """Whether what is left of an annotation is read as one, if the run reads any of it."""
    whole = {(piece.start, piece.end) for piece in run.pieces}
    start, end = run.pieces[0].start, run.pieces[-1].end
    return all(split.span() in whole for split in SPLIT.finditer(window) if split.start() < end and start < split.end())


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
        if SPLIT.search(window, start, end):
            full_width = tuple(piece._replace(char=piece.char.translate(_UNFOLD)) for piece in run.pieces)
            wide = _Run(full_width, run.first, run.last), left.translate(_UNFOLD), right.translate(_UNFOLD)
            for one, ahead, behind in ((run, left, right), wide):
                page = _annotated(one, window, ahead, behind)
                if stands in (text.translate(_FOLD) for text in (read(page, READERS["question_mark"]), misalign_bytes(page))):
                    return True
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


def _annotated(run: _Run, window: str, left: str, right: str) -> bytes:
    """The bytes of a page in which annotations stand behind pairs of bytes, whether or not such a pair was a character."""
    data, waiting = bytearray(encode(left)), b""
    for piece in run.pieces:
        split = SPLIT.fullmatch(window, piece.start, piece.end)
        note = encode(f"({split[1]})") if split else b""
        char = encode(piece.char)
        data += char[:1] + waiting + char[1:] if char else b""
        waiting = b"" if char else note
        data += note if char else b""
    return bytes(data) + encode(right)


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
            if piece.char:
                margin = fusion(piece.char, true[:place], true[place + 1 :], context)
            else:
                margin = _MARGIN if piece.fitting else 0.0  # an annotation stands for no character
            guessed = margin < _MARGIN
            sure = 1 / (1 + math.exp(_SLOPE * (_MIDDLE - margin))) if guessed else 1.0
        start, end = piece.start, piece.end
        if start == end and piece.char in "&<?" and groups:
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
