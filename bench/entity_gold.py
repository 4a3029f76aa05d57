"""Gold entities of the texts in tests/truth_entities, and how answers are counted against them.

Counting follows the contract: one row an entity and document, a found entity is right if one of its names is one of
the gold's, campaigns and mechanisms may stand for each other, optional entities are neither gain nor charge.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.extract.mentions import Mention
from pipeline.extract.shard import entities_of, entity_id

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "truth_entities"
TYPES = ("place", "organization", "person", "campaign", "mechanism")
_ALIKE = {"campaign": ("campaign", "mechanism"), "mechanism": ("mechanism", "campaign")}
_UNSEEN = str.maketrans({**dict.fromkeys("“”‘’\"' \u3000"), ",": "，", "(": "（", ")": "）"})


@dataclass(frozen=True, slots=True)
class Found:
    """One entity that somebody found in a document."""

    type: str
    names: frozenset[str]
    codes: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(slots=True)
class Count:
    """Right, found and wanted entities of a type, and what went wrong."""

    hit: int = 0
    found: int = 0
    wanted: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.hit / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def __add__(self, other: Count) -> Count:
        return Count(self.hit + other.hit, self.found + other.found, self.wanted + other.wanted, self.errors + other.errors)


def load() -> list[dict[str, Any]]:
    """The texts with their gold entities, by name."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def row(text: Mapping[str, Any]) -> dict[str, Any]:
    """A text as a row of repaired documents, as extraction reads them."""
    return {
        "text": "\n".join(text["body"]),
        "title": text["title"],
        "subtitle": None,
        "bylines": [f"{b['role']}:{b['name']}" for b in text["bylines"]],
        "page_context": None,
        "publisher": text["publisher"],
        "section": None,
        "published_on": dt.date.fromisoformat(text["published_on"]) if text["published_on"] else None,
    }


def ours(text: Mapping[str, Any]) -> list[Found]:
    """What this project finds in a text."""
    mentions, geography = entities_of(row(text))
    grouped: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.type, entity_id(mention, geography.county_code)].append(mention)
    return [
        Found(
            kind,
            frozenset(name for m in group for name in (m.surface, m.name)),
            frozenset(code[:6] for m in group for code in (m.code, m.county_code) if code),
            frozenset(m.role or "" for m in group),
        )
        for (kind, _), group in grouped.items()
    ]


def count(text: Mapping[str, Any], found: Iterable[Found], types: Sequence[str] = TYPES) -> dict[str, Count]:
    """Count what was found in a text against its gold, by type; `code` and `role` count what right ones say besides."""
    types = [kind for kind in types if kind in text.get("types", TYPES)]
    counts = {kind: Count() for kind in (*types, "code", "role")}
    answers = [(entity, {_fold(name) for name in entity.names}) for entity in found if entity.type in types]
    used: set[int] = set()
    excused: set[int] = set()
    for gold in sorted(text["entities"], key=lambda g: g.get("optional", False)):
        if gold["type"] not in types:
            continue
        names = {_fold(name) for name in (*gold["surfaces"], gold["canonical"])}
        kinds = _ALIKE.get(gold["type"], (gold["type"],))
        fitting = [i for i, (entity, own) in enumerate(answers) if entity.type in kinds and own & names]
        if gold.get("optional"):
            excused |= set(fitting)
            continue
        total = counts[gold["type"]]
        total.wanted += 1
        fitting.sort(key=lambda i: (i in used, answers[i][0].type != gold["type"]))
        if not fitting:
            total.errors.append(f"{text['name']}: missed {gold['type']} {gold['canonical']}")
            continue
        total.hit += 1
        used.add(fitting[0])
        entity = answers[fitting[0]][0]
        _beside(counts["code"], gold.get("code"), entity.codes, f"{text['name']}: {gold['canonical']}")
        _beside(counts["role"], gold.get("role"), entity.roles, f"{text['name']}: {gold['canonical']}")
    for i, (entity, _) in enumerate(answers):
        if i not in excused - used:
            counts[entity.type].found += 1
            if i not in used:
                counts[entity.type].errors.append(f"{text['name']}: extra {entity.type} {' / '.join(sorted(entity.names))}")
    return counts


def _beside(total: Count, wanted: str | None, said: frozenset[str], label: str) -> None:
    if not wanted:
        return
    total.wanted += 1
    total.found += 1
    if any(w in s or (s and s in w) for w in wanted.split("/") for s in said):
        total.hit += 1
    else:
        total.errors.append(f"{label} wants {wanted}, got {sorted(said)}")


def _fold(name: str) -> str:
    return name.translate(_UNSEEN)
