"""How much of misaligned GBK is restored, on text the language model has not seen.

    python bench/repair_misaligned.py [--text FILE] [--documents N]

The text is Simplified prose, one paragraph a line; it is made Traditional, damaged by the mirror's own steps and repaired again.
Without a file, the sound texts in ../shared/gold are used.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import opencc

from pipeline.repair import misaligned
from pipeline.repair.ledger import Draft
from pipeline.repair.misaligned_generator import FOLDS, MARK, drop_byte, encode, is_private, misalign, pairs

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
FOLD = str.maketrans(FOLDS)
LINES = 20  # paragraphs a document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--documents", type=int, default=150)
    arguments = parser.parse_args()
    documents = list(_documents(arguments.text))[: arguments.documents]
    to_traditional = opencc.OpenCC("s2t").convert
    traditional = [[line for line in map(to_traditional, lines) if _in_gbk(line)] for lines in documents]
    simplified = [[line for line in lines if _in_gbk(line)] for lines in documents]
    misaligned.find("。？" * 4 + "氨娙耸安窕鹧娓")  # loads the language model
    calibration: list[tuple[float, bool]] = []
    Measure("mirror, Traditional", calibration).run(traditional, lambda line, rng: misalign(line))
    Measure("mirror, Simplified", calibration).run(simplified, lambda line, rng: misalign(line))
    Measure("mirror that drops the lone byte", calibration).run(traditional, lambda line, rng: misalign(line, "vanish"))
    Measure("lost byte, Traditional", calibration).run(traditional, _lose)
    Measure("lost byte, Simplified", calibration).run(simplified, _lose)
    for name, lines in (("Traditional", traditional), ("Simplified", simplified)):
        whole = ["\n".join(each) for each in lines]
        began = time.perf_counter()
        false = sum(len(misaligned.find(text)) for text in whole)
        folded = sum(len(misaligned.find(text.translate(FOLD))) for text in whole)
        took = time.perf_counter() - began
        n = sum(map(len, whole))
        print(f"clean {name}: {false} + {folded} (folded) false changes in {n:,} characters, {6e-6 * n / took:.1f} MB/s")
    print("said / right / guesses")
    for low in (0.0, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99):
        high = {0.0: 0.25, 0.25: 0.5, 0.5: 0.7, 0.7: 0.8, 0.8: 0.9, 0.9: 0.95, 0.95: 0.99, 0.99: 1.01}[low]
        some = [(said, right) for said, right in calibration if low <= said < high]
        if some:
            said, right = statistics.mean(s for s, _ in some), statistics.mean(r for _, r in some)
            print(f"{said:6.2f} {right:6.2f} {len(some):6}")


class Measure:
    def __init__(self, name: str, calibration: list[tuple[float, bool]]) -> None:
        self.name = name
        self.calibration = calibration
        self.n: dict[str, int] = defaultdict(int)
        self.examples: list[str] = []

    def run(self, documents: list[list[str]], damage) -> None:  # type: ignore[no-untyped-def]
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
            f"{self.name}: {n['damaged']} damaged sentences, {n['whole'] / max(1, n['damaged']):.1%} whole; "
            f"certain {n['certain restored'] / max(1, n['certain']):.1%} of {n['certain']}; "
            f"wrong restored {n['wrong restored']} of {n['said restored']}; changed sound sentences {n['sound changed']}; "
            f"untouched {n['untouched']}; lost {n['documents lost']}; {1000 * statistics.mean(seconds):.0f} ms a document, "
            f"at most {1000 * max(seconds):.0f}"
        )
        for example in self.examples[:SHOW]:
            print("    ", example)

    def _count(self, line: str, bad: str, good: str, rows, position: int) -> None:  # type: ignore[no-untyped-def]
        folded = line.translate(FOLD)
        stands, good_folded = bad.translate(FOLD), good.translate(FOLD)
        if stands == folded:
            self.n["sound changed"] += good_folded != folded
            return
        self.n["untouched"] += good == bad
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


def _lose(line: str, rng: random.Random) -> str:
    """A line in four loses a byte anywhere in a Chinese character."""
    if rng.random() > 0.25 or len(line) < 8:
        return line
    data = encode(line)
    for _ in range(20):
        at = rng.randrange(len(data))
        out = drop_byte(line, at)
        if out.count("?") <= 2 and "\n" not in out:
            return out
    return line


def _in_gbk(line: str) -> bool:
    try:
        return bool(encode(line))
    except UnicodeEncodeError:
        return False


def _documents(path: Path | None) -> Iterator[list[str]]:
    if path:
        text = path.read_text("utf-8")
    else:
        bodies = (json.loads(each.read_text("utf-8"))["body"] for each in sorted(GOLD.glob("*.text.json")))
        text = "\n".join(body if isinstance(body, str) else "\n".join(body) for body in bodies)
    lines = [part for line in text.split("\n") for part in re.findall(r"[^。]{1,200}。?", line)]
    sentences = [line + after[:0] for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    # A sentence is damaged through the one behind it, so two or three stand together in a paragraph.
    paragraphs = ["".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3)]
    for n in range(0, len(paragraphs), LINES):
        yield paragraphs[n : n + LINES]


SHOW = int(__import__("os").environ.get("SHOW", 0))

if __name__ == "__main__":
    main()
