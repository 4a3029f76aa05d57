"""What repair does to sound text of many genres, and how fast it is beside ftfy's safe settings, in one run.

    python -m bench.sound

Sound Simplified text must come back as it is; of Traditional text nothing but the script may change. Then speed: on sound
text, on a corpus of which one document in twenty is damaged, and on text of growing length.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable

import ftfy
import opencc

from bench.codec import FTFY
from bench.corpus import documents
from bench.prose import genres, paragraphs
from pipeline.repair import repair

_PARAGRAPHS = 10  # a document
_ROUNDS = 3


def main() -> None:
    repair("網(wǎng)站?!氨娙耸安窕鹧娓")  # loads what is loaded once
    sound = {genre: _documents(genre) for genre in (*genres(), "held-out news", "reviews")}
    to_traditional = opencc.OpenCC("s2t").convert
    print("sound text          characters   changed, Simplified   changed but for script, Traditional   altered by ftfy")
    total = 0
    for genre, texts in sound.items():
        total += sum(map(len, texts))
        simplified = [row for text in texts for row in repair(text).ledger]
        traditional = [row for text in texts for row in repair(to_traditional(text)).ledger if row.damage != "script"]
        others = sum(ftfy.fix_text(text, FTFY) != text for text in texts)
        print(
            f"{genre:18} {sum(map(len, texts)):11,} {_told(simplified):>21} {_told(traditional):>37} {others:9} of {len(texts)}"
        )
    print(f"{'all':18} {total:11,}")
    every = [text for genre in ("county", "held-out news", "news") for text in sound[genre]]
    _race("sound Simplified text", every)
    _race("one document in twenty damaged", [str(d["text"]) for d, _ in zip(documents(0.05), range(300), strict=False)])
    _grow("\n".join(every))


def _documents(genre: str) -> list[str]:
    lines = paragraphs(genre)
    return ["\n".join(lines[n : n + _PARAGRAPHS]) for n in range(0, len(lines), _PARAGRAPHS)]


def _told(rows: list) -> str:  # type: ignore[type-arg]
    kinds = Counter(row.damage for row in rows)
    return ", ".join(f"{kind} {n}" for kind, n in kinds.items()) or "0"


def _race(name: str, texts: list[str]) -> None:
    """Both over the same texts in turn; the median of the rounds."""
    size = sum(len(text.encode()) for text in texts)
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        ours.append(_time(repair, texts))
        theirs.append(_time(lambda text: ftfy.fix_text(text, FTFY), texts))
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{name}: {size / a / 1e6:.1f} MB/s, ftfy {size / b / 1e6:.1f} MB/s: {b / a:.1f} times as fast")


def _grow(text: str) -> None:
    times = []
    for length in (50_000, 100_000, 200_000):
        took = statistics.median(_time(repair, [text[:length]]) for _ in range(_ROUNDS))
        times.append(f"{length:,} characters {1000 * took:.0f} ms")
    print("one document of " + ", ".join(times))


def _time(mend: Callable[[str], object], texts: list[str]) -> float:
    began = time.perf_counter()
    for text in texts:
        mend(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
