"""How well and how fast figures are read, beside Recognizers-Text and jionlp, on the same texts in one run.

    python -m bench.figures [--truth FOLDER]

FOLDER holds texts with every figure marked (default tests/figure_truth). The other two are no dependencies;
`pip install recognizers-text-suite "emoji<2" jionlp` puts them beside ours (jionlp brings jiojio, which is GPLv3).
Times are those of one core at work. What is missing is left out and said so. A figure counts as found where value
and place agree: names, units and periods, which only ours reads, are not asked for here.
"""

from __future__ import annotations

import argparse
import importlib
import json
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench import corpus
from pipeline.extract import clauses
from pipeline.extract.figures import find_figures
from pipeline.extract.units import unit_of
from tests.figuretruth import FOLDER, Mark, MarkedText, read

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
Found = tuple[int, int, float]  # start, end, value
Reader = Callable[[str], list[Found]]
KINDS = {
    "money": ("money",),
    "percentage": ("%",),
    "dimension": ("area", "length", "mass", "volume", "power", "energy"),
    "number": ("",),  # the value of any figure
}


def main() -> None:
    """Print F1 per kind and MB/s of each reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, default=FOLDER)
    truths = [read(path) for path in sorted(parser.parse_args().truth.glob("*.txt"))]
    size = sum(len(truth.text.encode()) for truth in truths)
    print(f"{len(truths)} texts, {size / 1000:.0f} kB, {sum(len(truth.marks) for truth in truths)} figures marked")
    ours = {"xianqing": {kind: _ours(names) for kind, names in KINDS.items()}}
    for name, readers in (ours | _recognizers() | _jionlp()).items():
        for kind, reader in readers.items():
            precision, recall, f1, seconds = _measure(reader, truths, KINDS[kind])
            print(f"{name:17} {kind:11} F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  {size / seconds / 1e6:8.3f} MB/s")
    _clean_speed()


def _measure(reader: Reader, truths: Sequence[MarkedText], names: Sequence[str]) -> tuple[float, float, float, float]:
    reader(truths[0].text)  # models and tables are loaded outside the measured time
    hit = found = wanted = 0
    began = time.process_time()
    answers = [reader(truth.text) for truth in truths]
    seconds = time.process_time() - began
    for truth, answer in zip(truths, answers, strict=True):
        asked = [mark for mark in truth.marks if _asked(mark, names)]
        rest = [mark for mark in truth.marks if mark.optional or mark.value is None]
        wanted += len(asked)
        for start, end, value in answer:
            over = [mark for mark in asked if start < mark.end and mark.start < end]
            right = [
                mark for mark in over if mark.value is not None and abs(mark.value - value) <= 1e-6 * max(1, abs(mark.value))
            ]
            if right:
                asked.remove(right[0])
                hit += 1
                found += 1
            elif not any(start < mark.end and mark.start < end for mark in rest):
                found += 1
    precision, recall = hit / max(found, 1), hit / max(wanted, 1)
    return precision, recall, 2 * hit / max(found + wanted, 1), seconds


def _asked(mark: Mark, names: Sequence[str]) -> bool:
    return not mark.optional and mark.value is not None and _is(mark.unit, names)


def _is(unit: str, names: Sequence[str]) -> bool:
    return "" in names or unit in names or unit_of(unit).kind in names


def _ours(names: Sequence[str]) -> Reader:
    def reader(text: str) -> list[Found]:
        return [(f.start, f.end, f.value) for f in find_figures(text) if f.value is not None and _is(f.unit, names)]

    return reader


def _recognizers() -> dict[str, dict[str, Reader]]:
    try:
        number = importlib.import_module("recognizers_number")
        unit = importlib.import_module("recognizers_number_with_unit")
    except ImportError as error:
        print(f"Recognizers-Text is left out: {error}")
        return {}

    def reader(recognize: Callable[[str, str], list[Any]]) -> Reader:
        def read_all(text: str) -> list[Found]:
            answers = [(r.start, r.end + 1, (r.resolution or {}).get("value")) for r in recognize(text, "zh-cn")]
            return [(start, end, float(str(value).rstrip("%"))) for start, end, value in answers if value]

        return read_all

    recognizers = {
        "money": unit.recognize_currency,
        "percentage": number.recognize_percentage,
        "dimension": unit.recognize_dimension,
        "number": number.recognize_number,
    }
    return {"Recognizers-Text": {kind: reader(recognize) for kind, recognize in recognizers.items()}}


def _jionlp() -> dict[str, dict[str, Reader]]:
    try:
        extract = importlib.import_module("jionlp").ner.extract_money
    except ImportError as error:
        print(f"jionlp is left out: {error}")
        return {}

    def reader(text: str) -> list[Found]:
        answers = [(*found["offset"], found["detail"]["num"]) for found in extract(text)]
        return [(start, end, float(value)) for start, end, value in answers if isinstance(value, str)]

    return {"jionlp": {"money": reader}}


def _clean_speed() -> None:
    dense = [str(document["text"]) for document in islice(corpus.documents(damaged=0.0, genres=[(1, "report")]), 300)]
    _say_speed("bulletins and reports", dense)
    bodies = [json.loads(path.read_text("utf-8"))["body"] for path in sorted(GOLD.glob("*.text.json"))]
    if bodies:
        _say_speed("county news", ["\n".join(body) for body in bodies])


def _say_speed(name: str, texts: Sequence[str]) -> None:
    size = sum(len(text.encode()) for text in texts)
    n = sum(len(find_figures(text)) for text in texts)
    best = min(_seconds(texts) for _ in range(5))
    print(f"xianqing on clean {name}: {size / best / 1e6:.2f} MB/s, {n / size * 1000:.1f} figures a kB")


def _seconds(texts: Sequence[str]) -> float:
    clauses.forget()  # each clause is met for the first time
    began = time.process_time()
    for text in texts:
        find_figures(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
