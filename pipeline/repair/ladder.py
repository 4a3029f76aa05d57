"""The order of the passes.

A pass is a module with `find(text) -> list[Edit]`. What came last onto the text goes first: whole-page codec accidents
hide everything else, then annotations that were put on a misaligned page, then the misalignment itself, which eats the
ampersands of entities, then markup and injected text; the script is last. Triage keeps sound text away from all of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from pipeline.repair import (
    codec,
    control,
    injected,
    markdown,
    markup,
    misaligned,
    obscene,
    page_code,
    pinyin,
    script,
    signs,
    spun,
    strewn,
)
from pipeline.repair.injected import Suggest
from pipeline.repair.ledger import Draft, Edit, Repaired

# Mending one thing may lay another bare (`&am<b>p;lt;`); a text settles in two rounds, adversarial ones in a few.
_ROUNDS = 8
_WRECK = 0.05  # share of a text
# The passes in order: the signs without one of which a pass finds nothing, if it has any; whether it may find something; what.
_PASSES: tuple[tuple[int, Callable[[str], bool], Callable[[str], list[Edit]]], ...] = (
    (signs.NONE, codec.suspicious, codec.find),
    (signs.CONTROL, control.suspicious, control.find),
    (signs.BRACKET, pinyin.suspicious, pinyin.find),
    (signs.QUESTION, markup.may_be_indented, markup.find_indentation),
    (signs.RARE | signs.MARK | signs.EURO | signs.LETTER, misaligned.suspicious, misaligned.find),
    (signs.BRACKET, pinyin.suspicious, pinyin.find),  # behind characters that have just come back
    (signs.STREWN, strewn.suspicious, strewn.find),
    (signs.NONE, page_code.suspicious, page_code.find),
    (signs.NONE, markup.suspicious, markup.find),
    (signs.NONE, markdown.suspicious, markdown.find),
    (signs.OBSCENE, obscene.suspicious, obscene.find),
    (signs.NONE, injected.suspicious, injected.find),
    (signs.SPUN, spun.suspicious, spun.find),
    (signs.TRADITIONAL, script.suspicious, script.find),
)


def repair(text: str, suggest: Suggest | None = None) -> Repaired:
    """Repair a text.

    Args:
        text: any text, as decoded.
        suggest: given the text before and after a gap that injected text left, the name that may have stood there.

    Returns:
        The repaired text with its ledger; a sound Simplified text comes back as it is. Never raises.
    """
    draft = Draft(text)
    mend(draft, suggest)
    return draft.finish()


def mend(draft: Draft, suggest: Suggest | None = None) -> None:
    """Run the passes on a draft until nothing changes any more.

    A round knows nothing of those before it but their text: what a text comes to rest at, it is at rest at.
    """
    for _ in range(_ROUNDS):
        stage = Draft(draft.text)
        for needed, suspicious, find in _PASSES:
            if needed and not signs.look(stage.text).present & needed:
                continue
            if not suspicious(stage.text):
                continue
            if find is misaligned.find and _wrecked(stage):  # in a wreck everything looks misaligned
                edits = misaligned.with_replacement_marks(stage.text, [])
            else:
                edits = injected.find(stage.text, suggest) if find is injected.find else find(stage.text)
            edits = _outside(unreadable(stage), tidy(stage.text, edits))
            draft.apply(edits)
            stage.apply(edits)
        if stage.text == stage.raw:
            return


def _wrecked(draft: Draft) -> bool:
    """Whether much of the text was wrongly decoded and could not be restored."""
    spans = unreadable(draft)
    lost = draft.text.count("\ufffd") + sum(end - start - draft.text.count("\ufffd", start, end) for start, end in spans)
    return lost > _WRECK * len(draft.text)


def unreadable(draft: Draft) -> list[tuple[int, int]]:
    """Spans where wrongly decoded characters were left standing; nothing else is to be mended there."""
    return draft.unresolved({"misaligned_gbk", "codec"})


def _outside(spans: Sequence[tuple[int, int]], edits: list[Edit]) -> list[Edit]:
    """The edits that do not touch any of these spans."""
    if not spans:
        return edits
    starts = [start for start, _ in spans]

    def touches(edit: Edit) -> bool:
        i = bisect_right(starts, max(edit.start, edit.end - 1)) - 1
        return i >= 0 and spans[i][1] > edit.start and edit.status != "unresolved"

    return [edit for edit in edits if not touches(edit)]


def tidy(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Edits in order, apart from each other and saying something."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        says = edit.status == "unresolved" or text[edit.start : edit.end] != edit.after
        if says and (not kept or edit.start >= kept[-1].end):
            kept.append(edit)
    return kept
