"""Run one fuzz target, or all of them one after the other, for some minutes each: `python -m fuzz html --minutes 30`.

What breaks a promise is written to `.fuzz/<target>/crash-*`. Mend the cause, then move that file into `fuzz/corpus/<target>`.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGETS = ("repair_bytes", "html", "readers", "figures", "entities")
LONGEST = 4096  # bytes of one input; long inputs belong to tests of their own
SLOWEST = 25  # seconds for one input
MOST_MEMORY = 8000  # MB
SLICE = 10.0  # minutes of one process: atheris keeps up to a megabyte of each input, which the pipeline by itself does not


def main() -> int:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("target", nargs="*", help=f"any of {', '.join(TARGETS)}; all where none is named")
    parser.add_argument("--minutes", type=float, default=30, help="how long each runs")
    parser.add_argument("--work", type=Path, default=Path(".fuzz"), help="folder of what the fuzzer finds")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.target) - set(TARGETS)
    if unknown:
        parser.error(f"no target is called {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    if options.here:
        return _fuzz(options.target[0], options.minutes, options.work)
    worst = 0
    for target in options.target or TARGETS:
        code = _in_slices(target, options.minutes, options.work)
        print(f"{target}: {'nothing found' if not code else f'a finding, see {options.work / target}'}")
        worst = max(worst, abs(code))
    return min(worst, 1)


def _in_slices(target: str, minutes: float, work: Path) -> int:
    """Fuzz a target in one process after the other, each from the corpus that the last one left; the first bad exit status."""
    code = 0
    while minutes > 0 and not code:
        command = [sys.executable, "-m", "fuzz", target, "--here", "--minutes", str(min(minutes, SLICE)), "--work", str(work)]
        code = subprocess.run(command, check=False).returncode
        minutes -= SLICE
    return code


def _fuzz(target: str, minutes: float, work: Path) -> int:
    try:
        atheris = importlib.import_module("atheris")
    except ModuleNotFoundError:
        print("fuzzing needs atheris: pip install -e '.[fuzz]'", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["pipeline"]):
        promises = importlib.import_module("fuzz.promises")
    found = work / target
    (found / "corpus").mkdir(parents=True, exist_ok=True)
    tokens = (HERE / "tokens.txt").read_text("utf-8").splitlines()
    dictionary = found / "tokens.dict"
    dictionary.write_text("".join(f'"{_escaped(token)}"\n' for token in tokens), "ascii")
    arguments = [
        "fuzz",
        str(found / "corpus"),
        str(HERE / "corpus" / target),
        f"-dict={dictionary}",
        f"-max_total_time={round(minutes * 60)}",
        f"-max_len={LONGEST}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
        "-verbosity=1",
    ]
    atheris.Setup(arguments, promises.TARGETS[target])
    atheris.Fuzz()
    return 0


def _escaped(token: str) -> str:
    """A token as libFuzzer's dictionaries want it: every byte in hex."""
    return "".join(f"\\x{byte:02X}" for byte in token.encode())


if __name__ == "__main__":
    sys.exit(main())
