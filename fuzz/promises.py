"""What must hold of every input, however hostile: nothing raises, nothing is lost, positions point back exactly.

Each target takes the bytes that a fuzzer makes up. A broken promise is an AssertionError; any other exception is a finding too.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable

from pipeline.charset import Undecodable, decode
from pipeline.extract.figures import find_figures
from pipeline.extract.shard import entities_of
from pipeline.ingest.readers import READERS, Document, read
from pipeline.repair import Repaired, repair_bytes
from pipeline.repair.page import read_page

PUBLISHED = dt.date(2024, 3, 1)


def _assert_traceable(raw: str, repaired: Repaired) -> None:
    """The ledger undoes exactly, its rows are in order and say what stands where."""
    assert repaired.undo() == raw
    raw_end = text_end = 0
    for row in repaired.ledger:
        assert raw_end <= row.raw_start <= row.raw_end and text_end <= row.text_start <= row.text_end
        assert raw[row.raw_start : row.raw_end] == row.before
        assert repaired.text[row.text_start : row.text_end] == row.after
        raw_end, text_end = row.raw_end, row.text_end


def repair_any(data: bytes) -> None:
    """`repair_bytes`: text of any charset, or Undecodable, and a ledger that undoes."""
    try:
        raw = decode(data).text
    except Undecodable:
        return
    _assert_traceable(raw, repair_bytes(data))


def html_page(data: bytes) -> None:
    """The HTML reader: any source is a page with a ledger that undoes."""
    source = data.decode("utf-8", "replace")
    page = read_page(source, is_html=True)
    _assert_traceable(source, page.repaired)


def raw_file(data: bytes) -> None:
    """The readers of files: any content of any ending is documents or rejects. The first line names the ending."""
    head, _, body = data.partition(b"\n")
    endings = sorted(READERS)
    ending = head.decode("ascii", "replace")
    name = "file" + (ending if ending in READERS else endings[sum(head) % len(endings)])
    for item in read(io.BytesIO(body), name):  # of none at all the shard says that the file is empty
        assert item.source.startswith(name)
        if isinstance(item, Document):
            for text in (item.decoded.text, item.title or ""):
                text.encode("utf-8")


def figures(data: bytes) -> None:
    """The figure grammar: any text has figures that stand where they say, with numbers that are numbers."""
    assert_figures(data.decode("utf-8", "replace"))


def assert_figures(text: str) -> None:
    """Check what `find_figures` finds in a text."""
    for figure in find_figures(text, PUBLISHED):
        assert text[figure.start : figure.end] == figure.surface
        numbers = (figure.value, figure.lower, figure.upper, figure.base_value)
        assert all(number is None or math.isfinite(number) for number in numbers), figure
        assert any(number is not None for number in numbers[:3]), figure
        if figure.lower is not None and figure.upper is not None:
            assert figure.lower <= figure.upper, figure
        if figure.period_start and figure.period_end:
            assert figure.period_start <= figure.period_end, figure


def entities(data: bytes) -> None:
    """The grammars of names: any text has entities that stand where they say and are called something."""
    assert_entities(data.decode("utf-8", "replace"))


def assert_entities(text: str) -> None:
    """Check what `entities_of` finds in a text; its first line is the title as well."""
    about = {"title": text.partition("\n")[0], "subtitle": None, "publisher": None, "section": None, "page_context": None}
    found, _ = entities_of({"text": text, "bylines": [], "published_on": PUBLISHED} | about)
    for mention in found:
        assert mention.start < 0 or text[mention.start : mention.end] == mention.surface, mention
        assert mention.surface.strip() and mention.name.strip(), mention


TARGETS: dict[str, Callable[[bytes], None]] = {
    "repair_bytes": repair_any,
    "html": html_page,
    "readers": raw_file,
    "figures": figures,
    "entities": entities,
}
