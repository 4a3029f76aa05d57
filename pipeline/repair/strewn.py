"""Commas that a mirror strewed before other marks: `卖到了城里,。他说,，价钱,、销路都好`.

No text has a comma before a full stop; one that has them again and again got them from its mirror, which sets one before
every second mark. A comma doubled here and there belongs in `markup`.
"""

from __future__ import annotations

import re

from pipeline.repair.ledger import Edit
from pipeline.repair.signatures import HAN
from pipeline.repair.signs import STREWN, look

_STREWN = re.compile(rf"(?<=[{HAN}”’\"』」》）)\]\d%％℃])[,，](?=[,，。、；;：:！!？?…])")
_IMPOSSIBLE = re.compile("[,，][。、；：！？]|,[;:!?]")
_TWICE = re.compile("[,，]{2}")


def suspicious(text: str) -> bool:
    """Whether `find` may find something."""
    return bool(look(text).present & STREWN)


def find(text: str) -> list[Edit]:
    """Propose to take the strewn commas out again.

    Args:
        text: any text.

    Returns:
        Edits in order; none where a comma stands before another mark but once.
    """
    impossible = len(_IMPOSSIBLE.findall(text))
    if not impossible or impossible + len(_TWICE.findall(text)) < 3:
        return []
    return [
        Edit(match.start(), match.end(), "", "injected", "removed", 0.95)
        for match in _STREWN.finditer(text)
        if not text.startswith(("，，，", ",,,"), match.start())
    ]
