"""What every finder of entities returns: a mention, that is a stretch of text that names something.

Finding them belongs in the finders (places, organizations, people, initiatives); making one entity of
many mentions belongs in `pipeline.link`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing where it stands in a document.

    Args:
        start, end: code points in the document's text; -1 where it stands only in the title or a byline.
        surface: as written.
        type: place, organization, person, campaign or mechanism.
        name: its canonical name.
        role: what the person or body is here, for example 县委书记.
        code: places only: GB/T 2260 (six digits) or the 12-digit statistical code.
        level: places only: province, prefecture, county, township, village or natural.
        county_code: six digits of the county it belongs to.
        parent_code: places only: the code of the place that contains it.
        components: mechanisms only: what it consists of.
        confidence: 0 to 1.
    """

    start: int
    end: int
    surface: str
    type: str
    name: str
    role: str | None = None
    code: str | None = None
    level: str | None = None
    county_code: str | None = None
    parent_code: str | None = None
    components: tuple[str, ...] = ()
    confidence: float = 1.0
