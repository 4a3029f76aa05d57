"""How well and how fast figures are read, beside Recognizers-Text and jionlp, on the same texts in one run.

    python -m bench.figures [--truth FOLDER] [--peers-python PATH]

FOLDER holds texts with every figure marked (default tests/figure_truth); how to get a Python with the other two is said
in `bench.peers`. What is missing is left out and said so. A figure counts as found where value and place agree, in the
second F1 where the unit agrees too; names, periods and bounds, which only ours reads, are not asked for here. Times are
processor seconds of one core, the fastest of some rounds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from bench import corpus, peers
from bench.peers import Figure as Found
from pipeline.extract import clauses
from pipeline.extract.figures import find_figures
from pipeline.extract.units import unit_of
from tests.figuretruth import FOLDER, Mark, MarkedText, read

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
KINDS = {
    "money": ("money",),
    "percentage": ("%",),
    "dimension": ("area", "length", "mass", "volume"),  # of what Recognizers-Text has Chinese words for
    "number": ("",),  # the value of any figure
}


def main() -> None:
    """Print F1 per kind, and speed as a multiple of ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", type=Path, default=FOLDER)
    peers.add_option(parser)
    arguments = parser.parse_args()
    truths = [read(path) for path in sorted(arguments.truth.glob("*.txt"))]
    texts = [truth.text for truth in truths]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(truths)} texts, {size / 1000:.0f} kB, {sum(len(truth.marks) for truth in truths)} figures marked")
    seconds, ours = _ours(texts)
    for kind, names in KINDS.items():
        found = [[one for one in answer if _is(one[3], names)] for answer in ours]
        print(f"{'xianqing':27} {kind:11} {_score(truths, found, names)}  {size / seconds / 1e6:6.3f} MB/s, all kinds at once")
    for answer in peers.ask(arguments.peers_python, "figures", texts):
        if answer.left_out:
            print(f"{answer.tool} is left out: {answer.left_out}")
            continue
        score, ratio = _score(truths, answer.found, KINDS[answer.kind], answer.kind), seconds / answer.seconds
        print(f"{answer.tool:27} {answer.kind:11} {score}  {ratio:6.2f} times our speed")
    _clean_speed()


def _score(truths: Sequence[MarkedText], answers: Sequence[Sequence[Found]], names: Sequence[str], kind: str = "") -> str:
    f1, precision, recall = _compare(truths, answers, names, with_unit=False)
    with_unit = f"{_compare(truths, answers, names, with_unit=True)[0]:.3f}" if kind != "number" else "  -  "
    return f"F1 {f1:.3f} (P {precision:.3f} R {recall:.3f})  with unit {with_unit}"


def _compare(
    truths: Sequence[MarkedText], answers: Sequence[Sequence[Found]], names: Sequence[str], *, with_unit: bool
) -> tuple[float, float, float]:
    """F1, precision and recall."""
    hit = found = wanted = 0
    for truth, answer in zip(truths, answers, strict=True):
        asked = [mark for mark in truth.marks if _asked(mark, names)]
        rest = [mark for mark in truth.marks if mark.optional or mark.value is None]
        wanted += len(asked)
        for start, end, value, unit in answer:
            over = [mark for mark in asked if start < mark.end and mark.start < end]
            right = [mark for mark in over if _agree(mark, value, unit if with_unit else None)]
            if right:
                asked.remove(right[0])
                hit += 1
                found += 1
            elif not any(start < mark.end and mark.start < end for mark in rest):
                found += 1
    return 2 * hit / max(found + wanted, 1), hit / max(found, 1), hit / max(wanted, 1)


def _agree(mark: Mark, value: float, unit: str | None) -> bool:
    if mark.value is None or abs(mark.value - value) > 1e-6 * max(1, abs(mark.value)):
        return False
    if unit is None or unit == mark.unit:
        return True
    one, other = unit_of(unit), unit_of(mark.unit)  # 公里 is 千米
    return one.kind == other.kind != "count" and one.base_unit is not None and one.factor == other.factor


def _asked(mark: Mark, names: Sequence[str]) -> bool:
    return not mark.optional and mark.value is not None and _is(mark.unit, names)


def _is(unit: str, names: Sequence[str]) -> bool:
    return "" in names or unit in names or unit_of(unit).kind in names


def _ours(texts: Sequence[str]) -> tuple[float, list[list[Found]]]:
    find_figures(texts[0])  # tables are loaded outside the measured time
    seconds = []
    for _ in range(peers.ROUNDS):
        clauses.forget()
        began = time.process_time()
        answers = [find_figures(text) for text in texts]
        seconds.append(time.process_time() - began)
    return min(seconds), [[(f.start, f.end, f.value, f.unit) for f in answer if f.value is not None] for answer in answers]


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
