"""The mirrors' own steps: what they make of sound text is known byte by byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.misaligned_generator import READERS, annotate, drop_byte, encode, misalign, read

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=40)


@given(HAN)
def test_what_was_encoded_is_read_back(text: str) -> None:
    assert read(encode(text), READERS["question_mark"]) == text


def test_punctuation_that_straddles_two_characters_shifts_what_follows() -> None:
    damaged = misalign("工作。快速分解，")  # A1A3 BFEC: the mark A3BF lies between the two
    assert damaged.startswith("工作??")
    assert "快" not in damaged


def test_sound_text_without_a_trigger_stays() -> None:
    assert misalign("县里开会") == "县里开会"
    assert misalign("县里开会，村里修路", fold=False) == "县里开会，村里修路"


@pytest.mark.parametrize(
    ("text", "readings", "shown"),
    [
        ("發展", {"發": "fā"}, "發(fā)展"),
        ("當地群眾", {"數": "shù"}, "當?shù)厝罕?"),  # 當 AE94, 地 B5D8: 94B5 is 數; 眾 B18A is left alone by its last byte
        ("百強", {"強": "qiáng", "購": "gòu"}, "百?gòu)?qiáng)"),  # 百 B0D9, 強 8F8A: D98F is 購
        ("百強", {"購": "gòu"}, "百?gòu)?"),
        ("农田", {"數": "shù"}, "农田"),
    ],
)
def test_readings_go_behind_pairs_of_bytes(text: str, readings: dict[str, str], shown: str) -> None:
    assert annotate(text, readings) == shown


def test_a_lost_byte_shifts_what_follows_to_the_next_ascii_character() -> None:
    assert drop_byte("县里开会abc", 1) not in ("县里开会abc", "里开会abc")
    assert drop_byte("县里开会abc", 1).endswith("bc")


def test_a_character_beyond_the_code_page_cannot_be_encoded() -> None:
    with pytest.raises(UnicodeEncodeError, match="code page 936"):
        encode("𠮷")
