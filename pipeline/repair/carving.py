"""The body cut out of its page, as edits: every line that is no part of it, and breaks within paragraphs.

Here belong the cuts and their ledger rows against the decoded raw text. Which lines are body is said by `article`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.repair.ladder import tidy
from pipeline.repair.ledger import Draft, Edit, Repaired
from pipeline.repair.page_lines import Line
from pipeline.repair.wrapping import continuations

_BREAK = re.compile(r"\s+")


def goes_on(repaired: Repaired, body: Sequence[Line]) -> list[bool]:
    """Whether each line of the body goes on with the one before it."""
    text = repaired.text
    ends = [0, *(line.end for line in body)]
    gaps = [text[end : line.start] for end, line in zip(ends, body, strict=False)]
    edges = repaired.raw_positions(edge for line in body for edge in (line.start, line.end))
    lengths = [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return continuations([text[line.start : line.end] for line in body], gaps, lengths)


def torn_breaks(source: str, repaired: Repaired, body: Sequence[Line], goes_on: Sequence[bool]) -> list[Edit]:
    """The line breaks within paragraphs, as edits of the text that `repaired` was made from."""
    ends = repaired.raw_positions(line.end for line in body)
    breaks = (_BREAK.match(source, ends[n - 1]) for n, joined in enumerate(goes_on) if joined)
    return [Edit(found.start(), found.end(), "", "layout", "removed") for found in breaks if found]


def body_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of which anything is body."""
    return [line for line in lines if line.body and line.end > line.start]


def carve(raw: str, repaired: Repaired, lines: Sequence[Line]) -> Repaired:
    """The body alone: lines that are none go, what stands between the others becomes one newline."""
    edits: list[Edit] = []
    text = repaired.text
    position = 0
    body = body_lines(lines)
    for i, line in enumerate([*body, None]):
        start = line.start if line else len(text)
        after = "\n" if 0 < i < len(body) else ""
        gap = text[position:start]
        if gap != after:
            damage = "furniture" if gap.strip() else "layout"
            edits.append(Edit(position, start, after, damage, "removed"))
        position = line.end if line else start
    return Draft(raw).apply(tidy(raw, _against_raw(repaired, edits))).finish() if edits else repaired


def _against_raw(repaired: Repaired, cuts: Sequence[Edit]) -> list[Edit]:
    """The ledger and further cuts of its text as one list of edits against the raw text."""
    edits: list[Edit] = []
    rows = repaired.ledger
    shift = 0  # raw position minus text position behind the last row
    r = 0

    def keep(row_index: int) -> None:
        row = rows[row_index]
        edits.append(Edit(row.raw_start, row.raw_end, row.after, row.damage, row.status, row.confidence, row.suggestion))

    for cut in cuts:
        while r < len(rows) and rows[r].text_end <= cut.start:
            keep(r)
            shift = rows[r].raw_end - rows[r].text_end
            r += 1
        start, end, cut_shift = cut.start, cut.end, shift
        deeper = None
        while r < len(rows) and rows[r].text_start < cut.end:
            start, end = min(start, rows[r].text_start), max(end, rows[r].text_end)
            shift = rows[r].raw_end - rows[r].text_end
            deeper = deeper or rows[r]
            r += 1
        after = repaired.text[start : cut.start] + cut.after + repaired.text[cut.end : end]
        damage = deeper.damage if deeper and cut.damage == "layout" else cut.damage
        edits.append(replace(cut, start=start + cut_shift, end=end + shift, after=after, damage=damage))
    for index in range(r, len(rows)):
        keep(index)
    return edits
