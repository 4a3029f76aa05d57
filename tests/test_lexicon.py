"""Word lists and the search for many words at once."""

from __future__ import annotations

import re

from pipeline.lexicon import Words, any_of, rows, words


def test_comments_and_blank_lines_are_left_out() -> None:
    assert not any(row[0].startswith("#") or not row[0].strip() for row in rows("organizations", "suffixes.tsv"))
    assert words("organizations", "suffixes.tsv") == tuple(row[0] for row in rows("organizations", "suffixes.tsv"))


def test_the_longest_of_several_words_is_found() -> None:
    assert re.findall(any_of(["县", "县委", "a.b"]), "县委a.b县axb") == ["县委", "a.b", "县"]
    assert Words(["县", "县委", "委员会"]).find("县委员会，县") == [(0, 2, "县委"), (5, 6, "县")]
