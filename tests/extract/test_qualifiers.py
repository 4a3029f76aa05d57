"""How a number is meant, by the words around it."""

from __future__ import annotations

import pytest

from pipeline.contract.fields import QUALIFIER
from pipeline.extract.qualifiers import QUALIFIERS, qualifier, word_before


def test_words_map_to_the_contract() -> None:
    assert set(QUALIFIERS.values()) <= set(QUALIFIER)


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("产值超过", "超过"), ("产值 近 ", "近"), ("附近", ""), ("反超", ""), ("签约", ""), ("不多于", "不多于"),
        ("每月至少下沉", "至少"), ("距离近约", "约"), ("产值达到", ""),
    ],
)  # fmt: skip
def test_word_before(head: str, word: str) -> None:
    assert word_before(f"{head}30个", len(head))[0] == word


def test_surface_begins_with_the_word() -> None:
    assert word_before("产值超过30亿元", 4) == ("超过", 2)


def test_what_stands_after_outweighs() -> None:
    assert qualifier("以上", "近") == "at_least"
    assert qualifier(None, "近") == "nearly"
    assert qualifier(None, "") == "exact"
