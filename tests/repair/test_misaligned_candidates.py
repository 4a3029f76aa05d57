from __future__ import annotations

from pipeline.repair.adapted_model import Context
from pipeline.repair.language_model import language_model
from pipeline.repair.misaligned_candidates import fits, fusion, readings_of
from pipeline.repair.misaligned_generator import encode


def test_what_fits_a_known_byte_has_it() -> None:
    for char in "保啃县":
        lead, trail = encode(char)
        assert char in fits(lead, -1) and char in fits(-1, trail)
    assert all(encode(char)[0] == 0xB1 for char in fits(0xB1, -1))


def test_folded_punctuation_may_have_been_full_width() -> None:
    assert len(readings_of(",")) == 1  # the full-width one; ASCII is no pair
    assert readings_of("县") == [int.from_bytes(encode("县"), "big")]
    assert readings_of("𠮷") == []


def test_a_character_that_makes_sense_is_not_two() -> None:
    context = Context(language_model(), "全县各级党组织认真落实", False, False)
    assert fusion("级", "全县各", "党组织", context) > 10
