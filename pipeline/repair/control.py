"""Characters that carry no text: C0 and C1 controls, zero-width marks, byte-order marks inside a text.

White space is layout and belongs to the page; U+FFFD and other traces of wrong decoding belong to the codec pass.
"""

from __future__ import annotations

import re

from pipeline.repair.ledger import Edit
from pipeline.repair.signatures import SIGNATURES

# U+200D joins emoji and U+200C shapes other scripts: they stay.
_RUN = re.compile(f"(?:{SIGNATURES['control'].pattern})+")


def suspicious(text: str) -> bool:
    """Whether the text holds such a character."""
    return bool(SIGNATURES["control"].search(text))


def find(text: str) -> list[Edit]:
    """Propose to remove every run of such characters."""
    return [Edit(match.start(), match.end(), "", "control", "removed") for match in _RUN.finditer(text)]
