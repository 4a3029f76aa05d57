"""How much of misaligned GBK is restored, on text the language model has not seen; beside ftfy and a re-encoding wrapper.

    python -m bench.misaligned [--text FILE] [--documents N] [--show N]

Sound sentences are damaged by the mirror's own steps and repaired again. `certain`: share of the lost characters whose two bytes
still stand there. `whole`: share of damaged sentences that come back to the last character, guesses included. The last table
holds what confidence is said against how often it is right.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path

import ftfy
import opencc
from pypinyin.constants import PINYIN_DICT

from bench.codec import FTFY, wrapper
from bench.prose import PROSE, paragraphs
from pipeline.repair import misaligned, pinyin
from pipeline.repair.ledger import Draft
from pipeline.repair.misaligned_generator import FOLDS, MARK, Style, annotate, drop_byte, encode, is_private, misalign, pairs
from pipeline.repair.script import TRADITIONAL, simplified_char
from pipeline.repair.signatures import LEVEL_ONE

FOLD = str.maketrans(FOLDS)
LINES = 20  # paragraphs a document


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="Simplified prose, one paragraph a line")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--show", type=int, default=0, help="print so many sentences that were not restored whole")
    options = parser.parse_args(arguments)
    lines = options.text.read_text("utf-8").splitlines() if options.text else _held_out()
    documents = list(_documents(lines))[: options.documents]
    to_traditional = opencc.OpenCC("s2t").convert
    traditional = [[line for line in map(to_traditional, lines) if _in_gbk(line)] for lines in documents]
    simplified = [[line for line in lines if _in_gbk(line)] for lines in documents]
    misaligned.find("。？" * 4 + "氨娙耸安窕鹧娓")  # loads the language model
    calibration: list[tuple[float, bool]] = []
    print(
        "damage                            sentences  whole   certain  wrong of restored  untouched  ms a document"
        "   ftfy  re-encoding"
    )
    for name, documents, damage in (
        ("the mirror, Traditional", traditional, _mirror),
        ("the mirror, Simplified", simplified, _mirror),
        ("a mirror that drops the lone byte", traditional, _vanish),
        ("a lost byte, Traditional", traditional, _lose),
        ("a lost byte, Simplified", simplified, _lose),
        ("the same, private use kept", simplified, _lose_kept),
        ("annotations put on the bytes", traditional, _annotate),
    ):
        Measure(name, calibration, options.show).run(documents, damage)
    print("\nof guesses said to be so sure   so many are right   guesses")
    edges = (0.0, 0.25, 0.5, 0.7, 0.8, 0.85, 0.95, 0.99, 1.01)
    for low, high in pairwise(edges):
        some = [(said, right) for said, right in calibration if low <= said < high]
        if some:
            said, right = statistics.mean(s for s, _ in some), statistics.mean(r for _, r in some)
            print(f"{said:30.1%} {right:20.1%} {len(some):9,}")


class Measure:
    """Counts what becomes of one kind of damage."""

    def __init__(self, name: str, calibration: list[tuple[float, bool]], show: int) -> None:
        self.name = name
        self.show = show
        self.calibration = calibration
        self.n: dict[str, int] = defaultdict(int)
        self.examples: list[str] = []

    def run(self, documents: list[list[str]], damage) -> None:
        rng = random.Random(7)
        seconds = []
        for lines in documents:
            damaged = [damage(line, rng) for line in lines]
            text = "\n".join(damaged)
            began = time.perf_counter()
            edits = misaligned.find(text)
            seconds.append(time.perf_counter() - began)
            repaired = Draft(text).apply(edits).finish()
            mended = repaired.text.split("\n")
            if len(mended) != len(lines):
                self.n["documents lost"] += 1
                continue
            position = 0
            for line, bad, good in zip(lines, damaged, mended, strict=True):
                rows = [r for r in repaired.ledger if position <= r.text_start < position + len(good) + 1]
                self._count(line, bad, good, rows, position)
                position += len(good) + 1
        n = self.n
        print(
            f"{self.name:33} {n['damaged']:9,} {n['whole'] / max(1, n['damaged']):6.1%} "
            f"{n['certain restored'] / max(1, n['certain']):8.1%} {n['wrong restored']:7} of {n['said restored']:6,} "
            f"{n['untouched']:10} {1000 * statistics.mean(seconds):14.0f} {n['ftfy'] / max(1, n['damaged']):6.1%} "
            f"{n['wrapper'] / max(1, n['damaged']):11.1%}"
        )
        if n["sound changed"] or n["documents lost"]:
            print(f"  sound sentences changed: {n['sound changed']}, documents whose lines were lost: {n['documents lost']}")
        for example in self.examples[: self.show]:
            print("    ", example)

    def _count(self, line: str, bad: str, good: str, rows, position: int) -> None:
        folded = line.translate(FOLD)
        stands, good_folded = bad.translate(FOLD), good.translate(FOLD)
        if stands == folded:
            self.n["sound changed"] += good_folded != folded
            return
        self.n["untouched"] += good == bad
        others = [ftfy.fix_text(bad, FTFY).translate(FOLD), wrapper(bad).translate(FOLD)]
        equal = set()
        for a, b, size in SequenceMatcher(None, folded, good_folded, autojunk=False).get_matching_blocks():
            equal |= {(a + k, b + k) for k in range(size)}
        true_ok, good_ok = {a for a, _ in equal}, {b for _, b in equal}
        before = SequenceMatcher(None, folded, stands, autojunk=False).get_matching_blocks()
        standing = {block.a + k for block in before for k in range(block.size)}
        for sentence in re.finditer("[^。!?]+[。!?]?", folded):
            places = range(*sentence.span())
            if not all(place in standing for place in places):
                whole = all(place in true_ok for place in places)
                self.n["ftfy"] += folded[places.start : places.stop] in others[0]
                self.n["wrapper"] += folded[places.start : places.stop] in others[1]
                self.n["damaged"] += 1
                self.n["whole"] += whole
                if not whole:
                    n = next(place for place in places if place not in true_ok)
                    self.examples.append(f"{folded[max(0, n - 12) : n + 12]!r:40} in {good_folded[max(0, n - 9) : n + 15]!r}")
        certain = [n for n in _certain(line, bad) if n not in standing]
        self.n["certain"] += len(certain)
        self.n["certain restored"] += sum(n in true_ok for n in certain)
        for row in rows:
            places = range(row.text_start - position, row.text_end - position)
            right = all(place in good_ok for place in places)
            if row.status == "restored":
                self.n["said restored"] += len(places)
                self.n["wrong restored"] += sum(place not in good_ok for place in places)
            elif row.status == "inferred":
                self.calibration.append((row.confidence, right))


def _certain(line: str, bad: str) -> list[int]:
    """The characters of a line whose two bytes both still stand in what the mirror made of it."""
    data = encode(line)
    table = pairs()
    for stop in "。！？，":
        data = data.replace(stop.encode("gbk"), bytes((MARK,)) + stop.encode("gbk"))
    survives: list[bool] = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte == MARK:
            at += 1
            continue
        if byte <= 0x80:
            survives.append(True)
            at += 1
            continue
        char = table[byte << 8 | data[at + 1]] if at + 1 < len(data) else ""
        if char:
            survives += [not is_private(char)] * 2
            at += 2
        else:
            survives.append(False)
            eaten = at + 1 < len(data) and data[at + 1] < 0x80
            if eaten and data[at + 1] != MARK:
                survives.append(False)
            at += 1 + eaten
    out, place = [], 0
    for n, char in enumerate(line):
        width = 1 if char < "\x80" or char == "€" else 2
        if all(survives[place : place + width]):
            out.append(n)
        place += width
    return out


def _mirror(line: str, rng: random.Random) -> str:
    return misalign(line)


def _vanish(line: str, rng: random.Random) -> str:
    return misalign(line, "vanish")


def _annotate(line: str, rng: random.Random) -> str:
    """A mirror that annotates two common characters in five; what lies between whole characters is taken off again."""
    text = annotate(line, {char: reading for char, reading in _readings().items() if rng.random() < 0.4})
    return Draft(text).apply(pinyin.find(text)).finish().text


@cache
def _readings() -> dict[str, str]:
    """The Traditional characters that GB 2312 lacks and whose Simplified form is in daily use, each with a toned reading."""
    found = {char: PINYIN_DICT.get(ord(char), "").split(",")[0] for char in pairs() if char in TRADITIONAL}
    return {char: reading for char, reading in found.items() if not reading.isascii() and simplified_char(char) in LEVEL_ONE}


def _lose_kept(line: str, rng: random.Random) -> str:
    return _lose(line, rng, "replacement")


def _lose(line: str, rng: random.Random, style: Style = "question_mark") -> str:
    """A line in four loses a byte anywhere in a Chinese character."""
    if rng.random() > 0.25 or len(line) < 8:
        return line
    data = encode(line)
    for _ in range(20):
        at = rng.randrange(len(data))
        out = drop_byte(line, at, style)
        if out.count("?") + out.count("\ufffd") <= 2 and "\n" not in out:
            return out
    return line


def _in_gbk(line: str) -> bool:
    try:
        return bool(encode(line))
    except UnicodeEncodeError:
        return False


def _held_out() -> list[str]:
    return [*paragraphs("held-out news"), *(line for genre in PROSE for line in paragraphs(genre))]


def _documents(lines: list[str]) -> Iterator[list[str]]:
    """Documents of so many paragraphs: a sentence is damaged through the one behind it, so a few stand together."""
    sentences = [part for line in lines for part in re.findall(r"[^。]{1,200}。?", line)]
    joined = ["".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3)]
    for n in range(0, len(joined), LINES):
        yield joined[n : n + LINES]


if __name__ == "__main__":
    main()
