"""What Recognizers-Text and jionlp find in texts, read by a worker in whatever Python has them installed.

    python -m venv PEERS && PEERS/bin/pip install recognizers-text-suite "emoji<2" jionlp

None is a dependency of the project: Recognizers-Text (MIT) wants an old emoji, jionlp (Apache-2.0) brings jiojio, which
is GPL-3.0 and weighs 150 MB. So the worker, this file, imports nothing of the project and runs as a script of its own.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Figure = tuple[int, int, float, str]  # start, end, value, unit
ROUNDS = 3
RECOGNIZERS = "Recognizers-Text"
_UNITS = {
    "Chinese yuan": "元", "United States dollar": "美元", "Mu": "亩", "Ton": "吨", "Kilometer": "公里", "Meter": "米",
    "Kilogram": "公斤", "Cubic meter": "立方米", "Hectare": "公顷", "Square kilometer": "平方公里", "Square meter": "平方米",
    "Li": "里", "Jin": "斤", "Centimeter": "厘米", "Millimeter": "毫米", "Gram": "克", "Liter": "升", "Fen": "分",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What one tool found in each text, and the processor seconds of its fastest round; why it is left out, if it is."""

    tool: str
    kind: str
    seconds: float
    found: list[list[Any]]
    left_out: str = ""


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let the caller say which Python has the other tools."""
    parser.add_argument("--peers-python", default=sys.executable, help="a Python with Recognizers-Text and jionlp; else this one")


def ask(python: str, task: str, texts: Sequence[str]) -> list[Answer]:
    """Have the other tools read texts.

    Args:
        python: path of a Python that may have them.
        task: figures or places.
        texts: the texts.

    Raises:
        SystemExit: there is no such Python, or its worker broke.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, answers = Path(folder, "texts.json"), Path(folder, "answers.json")
        given.write_text(json.dumps(list(texts)), "utf-8")
        # -I keeps this folder off the path of modules: its html.py would stand before the library's.
        command = [python, "-I", str(Path(__file__).resolve()), task, str(given), str(answers)]
        try:
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        except OSError as error:
            raise SystemExit(f"--peers-python {python}: {error}; give the path of a Python that can be run") from error
        if run.returncode:
            raise SystemExit(f"--peers-python {python}: the worker failed:\n{run.stderr[-2000:]}")
        return [Answer(**answer) for answer in json.loads(answers.read_text("utf-8"))]


def _recognizers() -> dict[str, Callable[[str], list[Figure]]]:
    number = importlib.import_module("recognizers_number")
    unit = importlib.import_module("recognizers_number_with_unit")

    def reader(recognize: Callable[[str, str], list[Any]], of: str | None) -> Callable[[str], list[Figure]]:
        def read(text: str) -> list[Figure]:
            found = []
            for r in recognize(text, "zh-cn"):
                said = r.resolution or {}
                if said.get("value"):
                    name = said.get("unit") or ""
                    number = float(str(said["value"]).rstrip("%"))
                    found.append((r.start, r.end + 1, number, _UNITS.get(name, name) if of is None else of))
            return found

        return read

    return {
        "money": reader(unit.recognize_currency, None),
        "percentage": reader(number.recognize_percentage, "%"),
        "dimension": reader(unit.recognize_dimension, None),
        "number": reader(number.recognize_number, ""),
    }


def _jionlp_money() -> dict[str, Callable[[str], list[Figure]]]:
    extract = importlib.import_module("jionlp").ner.extract_money

    def read(text: str) -> list[Figure]:
        found = []
        for one in extract(text):
            number = one["detail"]["num"]  # two bounds where it is vague: 3400余万元
            if number not in (None, "null"):
                found.append((*one["offset"], float(number if isinstance(number, str) else number[0]), one["detail"]["case"]))
        return found

    return {"money": read}


def _jionlp_places() -> dict[str, Callable[[str], list[list[str]]]]:
    """Each place as the names it may go by; what is merely implied (the province of a county) is left out."""
    recognize = importlib.import_module("jionlp").recognize_location

    def read(text: str) -> list[list[str]]:
        said = recognize(text) or {}
        names = {name for entry, _ in (*(said.get("domestic") or ()), *(said.get("foreign") or ())) for name in entry.values()}
        names |= set(said.get("others") or ())
        return [[name, name[:-1]] for name in sorted(filter(None, names)) if name[:2] in text]

    return {"place": read}


_TOOLS: dict[str, dict[str, Callable[[], dict[str, Callable[[str], Any]]]]] = {
    "figures": {RECOGNIZERS: _recognizers, "jionlp": _jionlp_money},
    "places": {"jionlp": _jionlp_places},
}
_PACKAGES = {RECOGNIZERS: "recognizers-text-suite", "jionlp": "jionlp"}


def _main() -> None:
    task, given, answers = sys.argv[1:]
    texts = json.loads(Path(given).read_text("utf-8"))
    rows = []
    for tool, load in _TOOLS[task].items():
        try:
            readers = load()
            name = f"{tool} {importlib.metadata.version(_PACKAGES[tool])}"
        except ImportError as error:
            rows.append({"tool": tool, "kind": "", "seconds": 0.0, "found": [], "left_out": str(error)})
            continue
        for kind, read in readers.items():
            read(texts[0])  # models and tables are loaded outside the measured time
            seconds = []
            for _ in range(ROUNDS):
                began = time.process_time()
                found = [read(text) for text in texts]
                seconds.append(time.process_time() - began)
            rows.append({"tool": name, "kind": kind, "seconds": min(seconds), "found": found})
    Path(answers).write_text(json.dumps(rows), "utf-8")


if __name__ == "__main__":
    _main()
