"""Which of the boxes of an HTML page (div, section, td …) is the article's.

Comments, teasers of other articles and notices are running text like the article, but stand in boxes of their own, with links or
bylines before them. Lines are known here by their numbers only; what a line is, is said in `article`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.repair.html import Box

# The article is looked for in the smallest box with this share of all running text.
_MOST = 0.6
# A box in it is the article's where it has this share of all running text, and so many times as much as the next one.
_SHARE, _AHEAD = 0.35, 1.5


def in_article(
    boxes: Sequence[Box], place: Sequence[int], lengths: Mapping[int, int], of_the_site: Callable[[int], bool]
) -> tuple[list[int], set[int]]:
    """The running text that is the article's.

    Where nothing of the site stands between boxes, or the boxes are alike (one for each paragraph), all of it is article.

    Args:
        boxes: those of the page.
        place: the innermost box of each line; -1 for none.
        lengths: number and length of each line of running text, in order; not empty.
        of_the_site: whether a line is a link, byline or furniture.

    Returns:
        Numbers of the lines of running text that are the article's, and of the lines behind it in other boxes.
    """
    prose = list(lengths)
    weight: dict[int, int] = {}
    for i in prose:
        for box in around(boxes, place[i]):
            weight[box] = weight.get(box, 0) + lengths[i]
    enough = _MOST * sum(lengths.values())
    home = max((box for box, held in weight.items() if held >= enough), default=-1)
    if home < 0:
        return prose, set()
    home = _main_part(home, boxes, place, lengths)
    core = [i for i in prose if home in around(boxes, place[i]) or _alike(boxes, place[i], home)]
    first, last = core[0], core[-1]
    while first > 0 and not of_the_site(first - 1):
        first -= 1
    while last + 1 < len(place) and not of_the_site(last + 1):
        last += 1
    kept = [i for i in prose if first <= i <= last]
    behind = range(kept[-1] + 1, len(place)) if prose[-1] > last else ()
    return kept, {i for i in behind if home not in around(boxes, place[i])}


def around(boxes: Sequence[Box], box: int) -> Iterator[int]:
    """A box and those around it, from within."""
    while box >= 0:
        yield box
        box = boxes[box].parent


def _main_part(home: int, boxes: Sequence[Box], place: Sequence[int], lengths: Mapping[int, int]) -> int:
    """The box within a box that holds by far the most of its running text, and so on down; itself where none does."""
    total = sum(lengths.values())
    while True:
        shares: dict[int, int] = {}
        for i, length in lengths.items():
            chain = list(around(boxes, place[i]))
            if home in chain:
                part = chain[max(0, chain.index(home) - 1)]
                shares[part] = shares.get(part, 0) + length
        best, *others = sorted(shares, key=lambda part: -shares[part])
        if best == home or shares[best] < _SHARE * total or (others and shares[best] < _AHEAD * shares[others[0]]):
            return home
        home = best


def _alike(boxes: Sequence[Box], a: int, b: int) -> bool:
    return a >= 0 and boxes[a].parent == boxes[b].parent and boxes[a].tag == boxes[b].tag
