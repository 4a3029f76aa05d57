"""Entities of texts with gold, measured before rules were made from their errors: what is found must not get worse."""

from __future__ import annotations

import pytest

from bench import entity_gold
from bench.entity_gold import Count, Found

TEXTS = entity_gold.load()


@pytest.fixture(scope="module")
def totals() -> dict[str, Count]:
    sums: dict[str, Count] = {}
    for text in TEXTS:
        for kind, one in entity_gold.count(text, entity_gold.ours(text)).items():
            sums[kind] = sums.get(kind, Count()) + one
    return sums


@pytest.mark.parametrize("kind", [*entity_gold.TYPES, "code", "role"])
def test_each_type_is_found(totals: dict[str, Count], kind: str) -> None:
    assert totals[kind].wanted
    assert totals[kind].f1 >= 0.92, totals[kind].errors


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: str(text["name"]))
def test_gold_holds_together(text: dict) -> None:  # type: ignore[type-arg]
    everything = "\n".join([*text["body"], text["title"], text["publisher"] or "", *(b["name"] for b in text["bylines"])])
    assert {entity["type"] for entity in text["entities"]} <= set(entity_gold.TYPES)
    for entity in text["entities"]:
        assert any(surface in everything for surface in entity["surfaces"]), entity


def test_what_is_too_much_or_optional_is_counted_as_the_contract_says() -> None:
    gold = [
        {"type": "campaign", "surfaces": ["春风行动"], "canonical": "“春风行动”"},
        {"type": "place", "surfaces": ["秦岭"], "canonical": "秦岭", "optional": True},
    ]
    found = [
        Found("mechanism", frozenset(["春风行动"])),
        Found("place", frozenset(["秦岭"])),
        Found("place", frozenset(["改革"])),
    ]
    counts = entity_gold.count({"name": "x", "entities": gold}, found)
    assert (counts["campaign"].hit, counts["campaign"].wanted) == (1, 1)
    assert (counts["place"].found, counts["place"].wanted) == (1, 0)
