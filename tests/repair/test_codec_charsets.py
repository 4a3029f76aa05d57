from __future__ import annotations

from pipeline.repair.codec_charsets import Misreading, Target


def test_a_decoder_that_loses_a_byte_says_which_it_may_be() -> None:
    # Before E5 Python's GBK decoder reads every pair but those that begin with these.
    (values,) = Misreading("gbk").units("\ufffd" + b"\xe5\x9c".decode("gbk"))[0:1]  # type: ignore[index]
    assert 0x80 in values[0]
    assert 0xB0 not in values[0]
    assert len(values[0]) < 20


def test_a_text_that_the_charset_cannot_hold_was_not_misread_so() -> None:
    assert Misreading("cp1252").units("县") is None


def test_how_long_a_character_may_be_is_said_by_its_first_byte() -> None:
    assert list(Target("utf-8").lengths(b"\xe5")) == [(3, b"\xe5")]
    assert [length for length, _ in Target("gbk").lengths(b"A\xb0")] == [1, 2]
