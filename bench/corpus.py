"""A corpus of any size in the mix of the wild: most documents clean, some damaged, none quite like another.

Documents are recombined from the sentences of the clean truth, with fresh digits in their figures. Timing
something on a corpus belongs in the benchmarks that use it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.samples import STEPS
from scripts.samples.truth import Truth, load

PART_BYTES = 8_000_000
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


def documents(damaged: float = 0.05, seed: int = 1) -> Iterator[dict[str, object]]:
    """Documents without end: title, date, text, and `steps`, the mechanisms that damaged it.

    Args:
        damaged: share of damaged documents, 0 to 1.
        seed: of the random choices.
    """
    rng = random.Random(seed)
    truths = load()
    pools = [_sentences(truth) for truth in truths]
    every = [sentence for pool in pools for sentence in pool]
    weights, recipes = zip(*MIX, strict=True)
    while True:
        place = rng.randrange(len(truths))
        chosen = [pools[place][0], *rng.sample(every, rng.randint(6, 24))]
        text = _paragraphs([_DIGITS.sub(lambda m: _like(m[0], rng), s) for s in chosen], rng)
        steps = rng.choices(recipes, weights)[0] if rng.random() < damaged else ()
        for step in steps:
            text = STEPS[step](text)
        date = f"{rng.randint(2014, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        yield {"title": truths[place]["title"], "date": date, "text": text, "steps": steps}


def _sentences(truth: Truth) -> list[str]:
    """The sentences of a document that can stand alone: quotation marks are balanced."""
    found = (match[0] for line in truth["body"] for match in _SENTENCE.finditer(line))
    return [sentence for sentence in found if sentence.count("“") == sentence.count("”")]


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
