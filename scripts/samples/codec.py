"""Whole pages decoded in the wrong charset."""

from __future__ import annotations


def utf8_as_cp1252(text: str) -> str:
    """UTF-8 read as Windows-1252 the way browsers read it, where the five unassigned bytes become controls."""
    return "".join(_cp1252(byte) for byte in text.encode("utf-8"))


def utf8_as_gbk(text: str) -> str:
    """UTF-8 read as GBK line by line; what is no pair becomes U+FFFD, so some of it is lost."""
    return "\n".join(line.encode("utf-8").decode("gbk", "replace") for line in text.split("\n"))


def gbk_as_latin1(text: str) -> str:
    """GBK read as Latin-1: nothing is lost."""
    return text.encode("gbk").decode("latin-1")


def big5_as_gbk(text: str) -> str:
    """Big5 read as GBK line by line; what is no pair becomes U+FFFD."""
    return "\n".join(line.encode("big5hkscs").decode("gbk", "replace") for line in text.split("\n"))


def kunjinkao(text: str) -> str:
    """GBK read as UTF-8, its replacement characters then read as GBK: 锟斤拷, and nothing left to restore."""
    lines = (line.encode("gbk").decode("utf-8", "replace") for line in text.split("\n"))
    return "\n".join(line.encode("utf-8").decode("gbk", "replace") for line in lines)


def _cp1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
