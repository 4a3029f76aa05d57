"""How many texts are decoded exactly, by charset and length, beside chardet and charset-normalizer on the same bytes.

    python -m bench.charset [--count N]

A text counts as right when the decoded text is the text, whatever the charset is called. A detector's answer is read the way its
users read it: decoded with what it names, or not at all.
"""

from __future__ import annotations

import argparse
import codecs
import random
import time
from collections import defaultdict
from collections.abc import Callable

import chardet
import charset_normalizer

from bench.prose import converted, genres, paragraphs
from pipeline.charset import Undecodable, decode

SIZES = (50, 200, 2000)
# Charset, the scripts that it can hold, what goes before the bytes.
CHARSETS: tuple[tuple[str, str, tuple[str, ...], bytes], ...] = (
    ("utf-8", "utf-8", ("Hans", "s2t"), b""),
    ("utf-8 with BOM", "utf-8", ("Hans", "s2t"), codecs.BOM_UTF8),
    ("gb2312", "gb2312", ("Hans",), b""),
    ("gbk", "gbk", ("Hans", "s2t"), b""),
    ("gb18030", "gb18030", ("Hans", "s2t", "s2hk"), b""),
    ("big5", "big5", ("s2tw",), b""),
    ("big5-hkscs", "big5hkscs", ("s2hk",), b""),
    ("utf-16-le with BOM", "utf-16-le", ("Hans", "s2t"), codecs.BOM_UTF16_LE),
    ("utf-16-be with BOM", "utf-16-be", ("Hans", "s2t"), codecs.BOM_UTF16_BE),
    ("utf-16-le", "utf-16-le", ("Hans", "s2t"), b""),
    ("utf-16-be", "utf-16-be", ("Hans", "s2t"), b""),
    ("hz-gb-2312", "hz", ("Hans",), b""),
)
LIES = (("utf-8", "gb18030"), ("gb2312", "utf-8"), ("big5", "gb18030"), ("gbk", "big5"), ("iso-8859-1", "gbk"), ("utf-8", "big5"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=4, help="texts a charset, size, script and genre")
    count = parser.parse_args().count
    readers: dict[str, Callable[[bytes], str | None]] = {
        "ours": _ours,
        "chardet": _chardet,
        "charset-normalizer": _normalizer,
    }
    _ours("中文".encode("gbk"))
    seconds: dict[str, float] = defaultdict(float)
    print(f"chardet {chardet.__version__}, charset-normalizer {charset_normalizer.__version__}; share of texts decoded exactly")
    print(f"{'':24}" + "".join(f"{name:>28}" for name in readers))
    print(f"{'':24}" + "".join(f"{size:>10}" if i else f"{size:>8}" for _ in readers for i, size in enumerate(SIZES)))
    total: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for name, charset, scripts, mark in CHARSETS:
        right: dict[tuple[str, int], list[bool]] = defaultdict(list)
        for size in SIZES:
            for script in scripts:
                for genre in genres():
                    for text in _texts(genre, script, charset, size, count):
                        raw = mark + text.encode(charset)
                        _ask(readers, raw, text, right, size, seconds)
        _print(name, readers, right)
        for key, values in right.items():
            total[key] += values
    _print("all", readers, total)
    right = defaultdict(list)
    for said, charset in LIES:
        for size in SIZES:
            for genre in genres():
                for text in _texts(genre, "s2tw" if charset == "big5" else "Hans", charset, size, count):
                    head = f'<html><head><meta charset="{said}"></head><body>'
                    page = f"{head}{text}</body></html>"
                    _ask(readers, page.encode(charset), page, right, size, seconds)
    _print("pages that lie", readers, right)
    print("time, ours = 1: " + ", ".join(f"{name} {seconds[name] / seconds['ours']:.1f}" for name in readers))


def _texts(genre: str, script: str, charset: str, size: int, count: int) -> list[str]:
    """Texts of about so many bytes in a charset, cut between characters; lines it cannot hold are left out."""
    lines = [line for line in converted(paragraphs(genre), script) if _fits(line, charset)]
    if not lines:
        return []
    rng = random.Random(f"{genre} {script} {charset} {size}")
    found = []
    for _ in range(count):
        text = "\n".join(rng.sample(lines, len(lines)))
        text = text[rng.randrange(30) :] if size < 2000 else text
        while len(text.encode(charset)) < size:
            text += "\n" + "\n".join(rng.sample(lines, len(lines)))
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if len(text[:middle].encode(charset)) <= size else (low, middle - 1)
        if not text[:low].isascii():
            found.append(text[:low])
    return found


def _ask(
    readers: dict[str, Callable[[bytes], str | None]],
    raw: bytes,
    text: str,
    right: dict[tuple[str, int], list[bool]],
    size: int,
    seconds: dict[str, float],
) -> None:
    for name, read in readers.items():
        began = time.perf_counter()
        said = read(raw)
        seconds[name] += time.perf_counter() - began
        right[name, size].append(said is not None and said.removeprefix("\ufeff") == text)


def _print(name: str, readers: dict[str, Callable[[bytes], str | None]], right: dict[tuple[str, int], list[bool]]) -> None:
    cells = [right[reader, size] for reader in readers for size in SIZES]
    shares = [f"{sum(cell) / len(cell):>8.1%}" if cell else f"{'':>8}" for cell in cells]
    print(f"{name:22}" + "  ".join(shares) + f"   of {len(cells[0])}, {len(cells[1])}, {len(cells[2])}")


def _fits(line: str, charset: str) -> bool:
    try:
        line.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _ours(raw: bytes) -> str | None:
    try:
        return decode(raw).text
    except Undecodable:
        return None


def _chardet(raw: bytes) -> str | None:
    return _read(raw, chardet.detect(raw)["encoding"])


def _normalizer(raw: bytes) -> str | None:
    best = charset_normalizer.from_bytes(raw).best()
    return _read(raw, best.encoding if best else None)


def _read(raw: bytes, charset: str | None) -> str | None:
    try:
        return raw.decode(charset) if charset else None
    except (UnicodeDecodeError, LookupError):
        return None


if __name__ == "__main__":
    main()
