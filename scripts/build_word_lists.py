"""Make again the lists of common words that could be read as names.

    pip install jieba
    python scripts/build_word_lists.py

Writes `pipeline/reference/people/lookalikes.txt`, words that look like names of people (文章, 回忆), and
`pipeline/reference/gazetteer/pairs.txt`, words of two characters that end with the first character of a place's short
name or begin with its last (公开, 平等 about 开平). Source: jieba 0.42.1, `dict.txt` (words with frequencies, MIT).
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from pipeline.extract.gazetteer import load, short_name
from pipeline.extract.people_names import surnames
from pipeline.lexicon import reference

# Words seen less often than this in jieba's corpora are left out.
SELDOM_A_NAME, SELDOM_A_PAIR = 30, 200


def main() -> None:
    """Write both lists."""
    lines = (line.split() for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines())
    words = [(word, int(count), kind) for word, count, kind in lines]
    common, rare, _ = surnames()
    families = common | rare
    lookalikes = (
        word
        for word, count, kind in words
        # Of three characters, what the source calls a name mostly is one; of two, 贺词 and 白宫 too are called so.
        if word[0] in families and count >= SELDOM_A_NAME and (len(word) == 2 or (len(word) == 3 and not kind.startswith("nr")))
    )
    short = [short_name(place.name) for places in load().by_name.values() for place in places]
    firsts, lasts = {name[0] for name in short}, {name[-1] for name in short}
    pairs = (
        word for word, count, _ in words if len(word) == 2 and count >= SELDOM_A_PAIR and (word[1] in firsts or word[0] in lasts)
    )
    _write(reference("people", "lookalikes.txt"), lookalikes)
    _write(reference("gazetteer", "pairs.txt"), pairs)


def _write(target: Path, words: Iterable[str]) -> None:
    found = sorted(set(words))
    target.write_text("\n".join([*found, ""]), "utf-8")
    print(f"{len(found)} words in {target}")


if __name__ == "__main__":
    main()
