"""Bodies in a row whose place is named once, with the first: 镇党委、政府, 县公安局、法院、检察院.

A body that names its place itself, or stands alone, is found in `organizations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.extract.mentions import Mention
from pipeline.extract.organization_words import TITLE_AFTER, body

_NEXT = re.compile(
    "(?P<joint>[、和与及]?)(?P<what>政府(?![部职机购投采补债性办兜信网工公支出]|主导)|法院|检察院|(?<!府)办事处)(?![的]?[院处]?长)(?!们)"
)
_FULL = {"政府": "{}人民政府", "法院": "{}人民法院", "检察院": "{}人民检察院", "办事处": "{}办事处"}
_PARTY = ("党委", "县委", "市委", "区委", "旗委", "州委", "省委", "党工委")
_OFFICES = ("局", "委", "法院", "检察院", "政府", "部", "会")


def go_on(text: str, found: Iterable[Mention], places: Iterable[str]) -> Iterator[Mention]:
    """The bodies that go on a row which another body opens.

    Args:
        text: the text.
        found: the bodies found in it.
        places: full names of the places that it names.

    Yields:
        Mentions of bodies of the same place.
    """
    names = set(places)
    starts = {mention.start for mention in found}
    for first in found:
        owner = max((name for name in names if name in first.name), key=lambda name: _reach(first.name, name), default="")
        end = first.end
        while owner and (match := _NEXT.match(text, end)) is not None and match.start("what") not in starts:
            what = match["what"]
            party = text.endswith(_PARTY, 0, end) or first.surface.endswith(_PARTY)
            fits = {"政府": party, "办事处": party and owner.endswith("街道")}.get(what, first.surface.endswith(_OFFICES))
            if not fits or (not match["joint"] and what != "政府") or TITLE_AFTER.match(text, match.end()):
                break
            if what not in ("政府", "办事处") and owner[-1] not in "县市区旗州":
                break
            yield body(text, match.start("what"), match.end(), _FULL[what].format(owner), 0.7)
            end = match.end()


def _reach(body_name: str, place: str) -> tuple[int, int]:
    """How far into a body's name a place's reaches, and how long it is: of 富县茶坊街道 the street."""
    return body_name.rfind(place) + len(place), len(place)
