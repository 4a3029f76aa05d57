"""Repair of garbled Chinese web text: what the bytes still hold comes back, the rest is marked, sound text stays.

`repair(text)` returns the text with a ledger; `Repaired.undo()` gives the input back. Works without the rest of the project.
"""

from pipeline.repair.ladder import repair
from pipeline.repair.ledger import Edit, Repair, Repaired


def repair_bytes(raw: bytes) -> Repaired:
    """Repair a text from bytes of unknown charset.

    Args:
        raw: the bytes of a text or page.

    Returns:
        The repaired text; its ledger is against the decoded text.

    Raises:
        Undecodable: no charset fits (`pipeline.charset`).
    """
    from pipeline.charset import decode

    return repair(decode(raw).text)


__all__ = ["Edit", "Repair", "Repaired", "repair", "repair_bytes"]
