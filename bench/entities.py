"""Entities found in texts that no rule was made from: F1 by type.

python -m bench.entities [--errors]
"""

from __future__ import annotations

import argparse

from bench import entity_gold
from bench.entity_gold import Count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was too much")
    parser.add_argument("--only", default="", help="names of texts, by their beginning")
    arguments = parser.parse_args()
    totals: dict[str, Count] = {}
    for text in entity_gold.load():
        if text["name"].startswith(arguments.only):
            for kind, one in entity_gold.count(text, entity_gold.ours(text)).items():
                totals[kind] = totals.get(kind, Count()) + one
    totals["all"] = sum((totals[kind] for kind in entity_gold.TYPES), Count())
    for kind, total in totals.items():
        print(f"{kind:13} F1 {total.f1:.3f}  right {total.hit} found {total.found} wanted {total.wanted}")
    if arguments.errors:
        print(*(error for kind in totals if kind != "all" for error in totals[kind].errors), sep="\n")


if __name__ == "__main__":
    main()
