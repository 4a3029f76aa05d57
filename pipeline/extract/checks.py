"""What must hold of mentions and figures: they stand where they say, and mean what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from pipeline.contract.checks import Tables, Tally, error, tally, warning
from pipeline.extract.figures import UNSTABLE, implausible
from pipeline.extract.gazetteer import load
from pipeline.extract.units import known_unit


def _texts(tables: Tables) -> Mapping[str, str]:
    documents = tables["repaired_documents"]
    return dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))


_PLACE = ["doc_id", "start", "end", "surface"]
_PLAUSIBLE = ["trust", "value", "lower", "upper", "unit", "kind", "change", "metric"]


def _misplaced(row: dict[str, Any], texts: Mapping[str, str]) -> bool:
    """Whether a row's surface is not what stands at its position."""
    if row["start"] == row["end"] == -1:
        return False
    text = texts.get(row["doc_id"], "")
    return not 0 <= row["start"] < row["end"] <= len(text) or text[row["start"] : row["end"]] != row["surface"]


def mentions_in_place(tables: Tables) -> Tally:
    """Mentions whose surface is not text[start:end]."""
    texts = _texts(tables)
    return tally(_misplaced(row, texts) for row in tables["entity_mentions"].select(_PLACE).to_pylist())


def codes_exist(tables: Tables) -> Tally:
    """Place codes that the gazetteer does not know."""
    gazetteer = load()
    return tally(not gazetteer.has_code(code) for code in tables["places"]["code"].to_pylist())


def codes_nest(tables: Tables) -> Tally:
    """Places below a county whose code does not begin with it, or whose parent is missing."""
    rows = tables["places"].to_pylist()
    codes = {row["code"] for row in rows}

    def wrong(row: dict[str, Any]) -> bool:
        county, parent = row["county_code"], row["parent_code"]
        return bool(
            (county and row["level"] in ("township", "village") and not row["code"].startswith(county))
            or (parent and parent not in codes)
        )

    return tally(wrong(row) for row in rows)


def county_explained(tables: Tables) -> Tally:
    """Documents that have neither a county nor a reason why not."""
    return tally(not row["county_code"] and not row["county_reason"] for row in tables["geography"].to_pylist())


def county_found(tables: Tables) -> Tally:
    """Documents without a county."""
    return tally(not row["county_code"] for row in tables["geography"].to_pylist())


def figures_in_place(tables: Tables) -> Tally:
    """Figures whose surface is not text[start:end]."""
    texts = _texts(tables)
    return tally(_misplaced(row, texts) for row in tables["staged_figures"].select(_PLACE).to_pylist())


def figures_reparse(tables: Tables) -> Tally:
    """Figures whose surface, read again by itself, gives another value, bound or unit."""
    reasons = tables["staged_figures"]["trust_reason"]
    return Tally(pc.sum(pc.equal(reasons, UNSTABLE)).as_py() or 0, len(reasons))


def units_known(tables: Tables) -> Tally:
    """Figures whose unit is not in the unit table."""
    units = Counter(tables["staged_figures"]["unit"].to_pylist())  # few, each of many figures
    return Tally(sum(n for unit, n in units.items() if not known_unit(unit)), units.total())


def figures_plausible(tables: Tables) -> Tally:
    """Figures said to be sound that no place could report (a share above 100 %, a county's budget in 万亿)."""
    figures = tables["staged_figures"].select(_PLAUSIBLE)
    return tally(row["trust"] == "sound" and implausible(row) is not None for row in figures.to_pylist())


# Figures that may be suspect for reading otherwise by themselves; more of them, and the grammar is at fault.
UNSTABLE_SHARE = 0.001

ENTITY_CHECKS = (
    error("entities", "mentions_in_place", "every mention's surface is text[start:end]", mentions_in_place),
    error("entities", "codes_exist", "every place code is in the gazetteer", codes_exist),
    error("entities", "codes_nest", "every place code nests in its county and its parent is told", codes_nest),
    error("entities", "county_explained", "every document has a county or says why not", county_explained),
    warning("entities", "county_found", "most documents have a county", county_found, share=0.5),
)
FIGURE_CHECKS = (
    error("figures", "figures_in_place", "every figure's surface is text[start:end]", figures_in_place),
    warning(
        "figures",
        "figures_reparse",
        "a figure's surface, read again by itself, gives the same value; the few that do not are suspect",
        figures_reparse,
        share=UNSTABLE_SHARE,
    ),
    warning("figures", "units_known", "nearly every unit is in the unit table", units_known, share=0.1),
    warning("figures", "figures_plausible", "no sound figure is out of all bounds", figures_plausible, share=0.01),
)
