from __future__ import annotations

from pipeline.repair.codec_search import Misreading, Target, search

TEXT = "全县新建高标准农田三千亩，群众收入稳步增长。"


def test_a_decoder_that_loses_a_byte_says_which_it_may_be() -> None:
    # Before E5 Python's GBK decoder reads every pair but those that begin with these.
    (values,) = Misreading("gbk").units("\ufffd" + b"\xe5\x9c".decode("gbk"))[0:1]  # type: ignore[index]
    assert 0x80 in values[0]
    assert 0xB0 not in values[0]
    assert len(values[0]) < 20


def test_known_bytes_are_read_as_they_are() -> None:
    units = Misreading("cp1252").units(TEXT.encode().decode("latin-1"))
    assert units is not None
    parts = search(units, Target("utf-8"))
    assert parts is not None
    assert "".join(part.text for part in parts) == TEXT
    assert not any(part.guesses for part in parts)


def test_a_byte_that_fits_nowhere_is_marked_and_not_explained_away() -> None:
    data = bytearray(TEXT.encode())
    data.insert(9, 0xFF)
    units = Misreading("cp1252").units(data.decode("latin-1"))
    assert units is not None
    parts = search(units, Target("utf-8"))
    assert parts is not None
    assert "".join(part.text for part in parts) == TEXT[:3] + "\ufffd" + TEXT[3:]


def test_a_text_that_the_charset_cannot_hold_was_not_misread_so() -> None:
    assert Misreading("cp1252").units("县") is None


def test_guesses_keep_to_the_script() -> None:
    damaged = TEXT.encode().decode("gbk", "replace")
    units = Misreading("gbk").units(damaged)
    assert units is not None
    parts = search(units, Target("utf-8", "Hans"))
    assert parts is not None
    assert "".join(part.text for part in parts) == TEXT
