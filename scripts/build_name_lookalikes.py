"""Make `pipeline/reference/people/lookalikes.txt` again: common words that could be read as names (文章, 回忆, 全会).

    pip install jieba
    python scripts/build_name_lookalikes.py

Source: jieba 0.42.1, `dict.txt` (words with frequencies, MIT).
"""

from __future__ import annotations

from importlib.resources import files

from pipeline.extract.people_names import surnames
from pipeline.lexicon import reference

SELDOM = 30  # words seen less often than this in jieba's corpora are left out


def main() -> None:
    """Write the words that begin with a surname and have the length of a name."""
    common, rare, _ = surnames()
    families = common | rare
    lines = (line.split() for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines())
    found = sorted(
        word
        for word, count, kind in lines
        # Of three characters, what the source calls a name mostly is one; of two, 贺词 and 白宫 too are called so.
        if word[0] in families and int(count) >= SELDOM and (len(word) == 2 or (len(word) == 3 and not kind.startswith("nr")))
    )
    target = reference("people", "lookalikes.txt")
    told = "# common words that look like names; made by scripts/build_name_lookalikes.py"
    target.write_text("\n".join([told, *found, ""]), "utf-8")
    print(f"{len(found)} words in {target}")


if __name__ == "__main__":
    main()
