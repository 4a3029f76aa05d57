"""How much of text decoded in the wrong charset comes back, beside ftfy and a re-encode-and-detect wrapper on the same texts.

    python -m bench.codec [--count N]

`exact`: share of paragraphs restored to the last character; `back`: share of characters. The last table says how many sound
paragraphs each alters. ftfy runs with the settings that leave Chinese punctuation alone; its defaults do not.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from difflib import SequenceMatcher

import chardet
import ftfy

from bench.prose import PROSE, samples
from pipeline.charset import plausibility
from pipeline.repair import codec
from pipeline.repair.ledger import Draft

FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_latin_ligatures=False,
    normalization=None,
)


def _cp1252(data: bytes) -> str:
    """As browsers read it: the five unassigned bytes become controls."""
    return "".join(bytes((b,)).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in data)


def _cp936(data: bytes) -> str:
    """As browsers read GBK: private-use pairs are kept, 0x80 is the euro sign."""
    out, at = [], 0
    while at < len(data):
        width = 1 if data[at] <= 0x80 or data[at] == 0xFF else 2
        pair = data[at : at + width]
        if width == 2 and (len(pair) < 2 or pair[1] < 0x40 or pair[1] in (0x7F, 0xFF)):
            pair, width = b"", 1
        out.append("€" if pair == b"\x80" else pair.decode("gb18030", "replace") if pair else "\ufffd")
        at += width
    return "".join(out)


def _lines(damage: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(map(damage, text.split("\n")))


def _question(text: str) -> str:
    """UTF-8 read as GBK and saved as GBK: every lost byte is a question mark."""
    return text.encode().decode("gbk", "replace").replace("\ufffd", "?")


# Name, script of the text, what happened to it.
ACCIDENTS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("UTF-8 as Latin-1", "Hans", lambda t: t.encode().decode("latin-1")),
    ("UTF-8 as Latin-1, twice", "Hans", lambda t: t.encode().decode("latin-1").encode().decode("latin-1")),
    ("UTF-8 as cp1252", "Hans", lambda t: _cp1252(t.encode())),
    ("UTF-8 as cp1252, twice", "Hans", lambda t: _cp1252(_cp1252(t.encode()).encode())),
    ("UTF-8 as cp1252, bytes lost", "Hans", lambda t: t.encode().decode("cp1252", "replace")),
    ("UTF-8 as GB18030, kept", "Hans", _lines(lambda t: _lossless(t, "utf-8", "gb18030"))),
    ("UTF-8 as GB18030, bytes lost", "Hans", _lines(lambda t: t.encode().decode("gb18030", "replace"))),
    ("UTF-8 as GB18030, twice", "Hans", _lines(lambda t: _twice(t))),
    ("UTF-8 as GBK, bytes lost", "Hans", _lines(lambda t: t.encode().decode("gbk", "replace"))),
    ("UTF-8 as GBK, Traditional", "s2t", _lines(lambda t: t.encode().decode("gbk", "replace"))),
    ("UTF-8 as GBK, lost as ?", "Hans", _lines(_question)),
    ("UTF-8 as cp936", "Hans", _lines(lambda t: _cp936(t.encode()))),
    ("UTF-8 as Big5, bytes lost", "Hans", _lines(lambda t: t.encode().decode("big5hkscs", "replace"))),
    ("GBK as Latin-1", "Hans", lambda t: t.encode("gb18030").decode("latin-1")),
    ("GBK as cp1252", "Hans", lambda t: _cp1252(t.encode("gb18030"))),
    ("GBK as cp1252, bytes lost", "Hans", lambda t: t.encode("gb18030").decode("cp1252", "replace")),
    ("GBK as Latin-1, last byte lost", "Hans", _lines(lambda t: t.encode("gb18030")[:-1].decode("latin-1"))),
    ("GBK as Big5, bytes lost", "Hans", _lines(lambda t: t.encode("gb18030").decode("big5hkscs", "replace"))),
    ("Big5 as Latin-1", "s2tw", lambda t: t.encode("big5hkscs", "ignore").decode("latin-1")),
    ("Big5 as cp1252", "s2tw", lambda t: _cp1252(t.encode("big5hkscs", "ignore"))),
    ("Big5 as GBK, bytes lost", "s2tw", _lines(lambda t: t.encode("big5hkscs", "ignore").decode("gbk", "replace"))),
    ("Big5 as cp936", "s2tw", _lines(lambda t: _cp936(t.encode("big5hkscs", "ignore")))),
)


def _lossless(line: str, written: str, read: str) -> str:
    """The longest beginning of a line that survives being misread."""
    while line:
        try:
            return line.encode(written).decode(read)
        except UnicodeDecodeError:
            line = line[:-1]
    return ""


def _twice(line: str) -> str:
    again = line.encode().decode("gb18030", "replace")
    return again.encode().decode("gb18030", "replace")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2, help="texts of three paragraphs a genre and accident")
    count = parser.parse_args().count
    menders: dict[str, Callable[[str], str]] = {"ours": _ours, "ftfy": _ftfy, "chardet": wrapper}
    _ours("ä¸\xadæ–‡" * 9)
    seconds: dict[str, float] = defaultdict(float)
    print(f"{'':34}" + "".join(f"{name:>20}" for name in menders))
    print(f"{'':34}" + "".join(f"{'exact':>11}{'back':>9}" for _ in menders))
    for name, script, damage in ACCIDENTS:
        exact: dict[str, list[bool]] = defaultdict(list)
        back: dict[str, list[int]] = defaultdict(list)
        whole = 0
        for genre in PROSE:
            for text in samples(genre, script, count):
                bad = damage(text)
                text = _truth(name, text)
                whole += len(text.replace("\n", ""))
                for mender, mend in menders.items():
                    began = time.perf_counter()
                    mended = mend(bad)
                    seconds[mender] += time.perf_counter() - began
                    pairs = list(zip(text.split("\n"), mended.split("\n"), strict=False))
                    exact[mender] += [good == got for good, got in pairs]
                    back[mender] += [_same(good, got) for good, got in pairs]
        cells = (f"{sum(exact[m]) / len(exact[m]):>11.1%}{sum(back[m]) / whole:>9.1%}" for m in menders)
        print(f"{name:34}" + "".join(cells) + f"   of {len(exact['ours'])}")
    _gone(menders)
    for script in ("Hans", "s2t", "s2tw"):
        sound = [line for genre in PROSE for text in samples(genre, script, 40, seed=2) for line in text.split("\n")]
        altered = {mender: sum(mend(line) != line for line in sound) for mender, mend in menders.items()}
        print(f"sound {script}, altered of {len(sound)}: " + ", ".join(f"{m} {n}" for m, n in altered.items()))
    print("time on damaged text, ours = 1: " + ", ".join(f"{m} {s / seconds['ours']:.2f}" for m, s in seconds.items()))


def _truth(name: str, text: str) -> str:
    if name == "UTF-8 as GB18030, kept":
        return "\n".join(_kept(line) for line in text.split("\n"))
    if name.startswith("Big5"):
        return text.encode("big5hkscs", "ignore").decode("big5hkscs")
    return text


def _kept(line: str) -> str:
    return _lossless(line, "utf-8", "gb18030").encode("gb18030").decode("utf-8")


def _gone(menders: dict[str, Callable[[str], str]]) -> None:
    """锟斤拷 holds nothing: whoever puts Chinese there has made it up."""
    named = total = 0
    altered: dict[str, int] = defaultdict(int)
    for genre in PROSE:
        for text in samples(genre, "Hans", 3, seed=3):
            for line in text.split("\n"):
                bad = line.encode("gb18030").decode("utf-8", "replace").encode().decode("gbk", "replace")
                total += 1
                edits = codec.find(bad)
                named += bool(edits) and all(edit.status == "unresolved" for edit in edits)
                for mender, mend in menders.items():
                    altered[mender] += mend(bad) != bad
    print(f"锟斤拷: named unrecoverable {named} of {total}; altered: " + ", ".join(f"{m} {altered[m]}" for m in menders))


def _same(good: str, got: str) -> int:
    if good == got:
        return len(good)
    return sum(block.size for block in SequenceMatcher(None, good, got, autojunk=False).get_matching_blocks())


def _ours(text: str) -> str:
    return Draft(text).apply(codec.find(text)).finish().text


def _ftfy(text: str) -> str:
    return str(ftfy.fix_text(text, config=FTFY))


def wrapper(text: str) -> str:
    """Re-encode in each charset that a page may have been misread in, ask chardet, keep what reads most like Chinese."""
    best, score = text, plausibility(text)
    for charset in ("latin-1", "cp1252", "gb18030", "big5hkscs"):
        try:
            data = text.encode(charset)
            again = data.decode(chardet.detect(data)["encoding"] or "ascii")
        except (UnicodeError, LookupError):
            continue
        if plausibility(again) > score:
            best, score = again, plausibility(again)
    return best


if __name__ == "__main__":
    main()
