from __future__ import annotations

from pipeline.repair.codec_charsets import Misreading, Target
from pipeline.repair.codec_search import search

TEXT = "全县新建高标准农田三千亩，群众收入稳步增长。"


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


def test_guesses_keep_to_the_script() -> None:
    damaged = TEXT.encode().decode("gbk", "replace")
    units = Misreading("gbk").units(damaged)
    assert units is not None
    parts = search(units, Target("utf-8", "Hans"))
    assert parts is not None
    assert "".join(part.text for part in parts) == TEXT
