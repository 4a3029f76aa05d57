"""How much of a page's residue goes: pinyin, entities, tags, invisible characters, spam; beside ftfy and a re-encoding wrapper.

    python -m bench.residue [--count N]

A paragraph counts as exact when what comes out is what comes out of the undamaged paragraph, so that the conversion of scripts is
not measured twice; it has its own rows, against OpenCC's input. ftfy runs with the settings that leave Chinese alone, and
unescapes HTML.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache, partial

import ftfy
import opencc
import pypinyin

from bench.codec import FTFY, wrapper
from bench.prose import PROSE, samples
from pipeline.repair import repair
from scripts.samples import chinese, injected, markup

_LINES = 5  # paragraphs a document
_NAMED = {"“": "ldquo", "”": "rdquo", "—": "mdash", "…": "hellip", "·": "middot"}
_RARE = re.compile(r"[\u4e00-\u9fff]+")


def _entity(form: str, text: str) -> str:
    """Write the quotation marks, dashes and dots of a text as entities in one form; more of them where it has none."""
    text = re.sub("，(?=[\u4e00-\u9fff]{4})", _some("，", "，“", "”"), text) if "“" not in text else text
    return re.sub(f"[{''.join(_NAMED)}]", lambda m: form.format(name=_NAMED[m[0]], code=ord(m[0])), text)


def _some(mark: str, before: str, after: str) -> Callable[[re.Match[str]], str]:
    return lambda match: mark if match.start() % 3 else f"{before}注{after}"


def _annotate(text: str, brackets: str, style: pypinyin.Style, pick: Callable[[str], bool], joined: str = "") -> str:
    def run(match: re.Match[str]) -> str:
        readings = pypinyin.pinyin(match[0], style=style)
        return "".join(
            char + (brackets[0] + reading[0] + brackets[1] if pick(char) else "")
            for char, reading in zip(match[0], readings, strict=True)
        )

    return _RARE.sub(run, text)


def _foreign(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return zlib.crc32(char.encode()) % 3 != 0
    return False


def _some_chars(char: str) -> bool:
    return zlib.crc32(char.encode()) % 9 == 0


def _nested(text: str) -> str:
    """Annotated characters inside real brackets: 村(社區(qū))."""
    text = re.sub("([村市縣人國書])([，。])", r"\1(社區)\2", text)
    return _annotate(text, "()", pypinyin.Style.TONE, _foreign)


def _tags(text: str) -> str:
    rng = random.Random(len(text))
    link, styled = '<a href="/n/12.html" target="_blank">{}</a>', '<span style="font-size:14px">{}</span>'
    tags = ("<b>{}</b>", styled, "<strong>{}</strong>", "<font color=red>{}</font>", link)
    return "\n".join(
        "".join(rng.choice(tags).format(part) if rng.random() < 0.3 else part for part in re.split("(?<=，)", line))
        for line in text.split("\n")
    )


def _same(text: str) -> str:
    return text


T2 = {name: opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")}
# Name, script, damage, what stood before it (the same text unless the damage adds real text of its own).
DAMAGES: tuple[tuple[str, str, Callable[[str], str], Callable[[str], str]], ...] = (
    ("pinyin, toned", "s2t", chinese.pinyin_toned, _same),
    ("pinyin, toned, full width", "s2t", partial(_annotate, brackets="（）", style=pypinyin.Style.TONE, pick=_foreign), _same),
    ("pinyin, toned, Simplified", "Hans", partial(_annotate, brackets="()", style=pypinyin.Style.TONE, pick=_some_chars), _same),
    ("pinyin, toneless", "Hans", partial(_annotate, brackets="()", style=pypinyin.Style.NORMAL, pick=_some_chars), _same),
    ("pinyin, nested", "s2t", _nested, lambda t: re.sub("([村市縣人國書])([，。])", r"\1(社區)\2", t)),
    ("entities", "Hans", partial(_entity, "&{name};"), partial(_entity, "&{name};")),
    ("entities without &", "Hans", partial(_entity, "{name};"), partial(_entity, "&{name};")),
    ("entities without ;", "Hans", partial(_entity, "&{name}"), partial(_entity, "&{name};")),
    ("entities, twice escaped", "Hans", partial(_entity, "&amp;{name};"), partial(_entity, "&{name};")),
    ("entities, thrice escaped", "Hans", partial(_entity, "&amp;amp;{name};"), partial(_entity, "&{name};")),
    ("entities, decimal", "Hans", partial(_entity, "&#{code};"), partial(_entity, "&{name};")),
    ("entities, hexadecimal", "Hans", partial(_entity, "&#x{code:X};"), partial(_entity, "&{name};")),
    ("entities, decimal without &", "Hans", partial(_entity, "#{code};"), partial(_entity, "&{name};")),
    ("tags", "Hans", _tags, _same),
    ("mixed residue", "Hans", markup.residue, _same),
    ("no-break spaces", "Hans", markup.nbsp_indent, _same),
    ("doubled commas", "Hans", markup.double_commas, _same),
    ("invisible characters", "Hans", markup.zero_width, _same),
    ("spam line at the head", "Hans", injected.spam_head, _same),
    ("anti-copy tokens", "Hans", injected.anti_copy, _same),
    ("jammer text", "Hans", injected.jammer, _same),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1, help="documents a genre and damage")
    count = parser.parse_args().count
    config = FTFY._replace(unescape_html=True)
    menders: dict[str, Callable[[str], str]] = {
        "ours": _ours,
        "ftfy": lambda text: str(ftfy.fix_text(text, config=config)),
        "chardet": wrapper,
    }
    repair("網(wǎng)")
    seconds: dict[str, float] = defaultdict(float)
    print(f"{'paragraphs exactly restored':34}" + "".join(f"{name:>10}" for name in menders))
    for name, script, damage, before in DAMAGES:
        right: dict[str, list[bool]] = defaultdict(list)
        for genre in PROSE:
            for text in samples(genre, script, count, lines=_LINES):
                bad, sound = damage(text), html.unescape(before(text))
                if bad == sound:
                    continue
                for mender, mend in menders.items():
                    began = time.perf_counter()
                    mended = mend(bad)
                    seconds[mender] += time.perf_counter() - began
                    good = mend(sound) if mender == "ours" else sound
                    right[mender] += _compare(good, mended, bad, sound)
        cells = (f"{sum(right[m]) / max(1, len(right[m])):>10.1%}" for m in menders)
        print(f"{name:34}" + "".join(cells) + f"   of {len(right['ours'])}")
    for name, damage in (
        ("script, OpenCC s2t", T2["s2t"].convert),
        ("script, mirror (著, 陜)", chinese.traditional),
        ("script, Taiwan", T2["s2tw"].convert),
        ("script, Hong Kong", T2["s2hk"].convert),
    ):
        right = defaultdict(list)
        plain = opencc.OpenCC("t2s")
        for genre in PROSE:
            for text in samples(genre, "Hans", count, lines=_LINES):
                bad = damage(text)
                right["ours"] += [a == b for a, b in zip(text.split("\n"), repair(bad).text.split("\n"), strict=False)]
                right["t2s"] += [a == b for a, b in zip(text.split("\n"), plain.convert(bad).split("\n"), strict=False)]
        share = {mender: sum(values) / len(values) for mender, values in right.items()}
        print(f"{name:34}{share['ours']:>10.1%}   of {len(right['ours'])}; OpenCC t2s alone {share['t2s']:.1%}")
    print("time, ours = 1: " + ", ".join(f"{m} {s / seconds['ours']:.2f}" for m, s in seconds.items()))


@lru_cache(maxsize=100_000)  # the sound text comes again with every damage
def _ours(text: str) -> str:
    return repair(text).text


def _compare(good: str, got: str, bad: str, sound: str) -> list[bool]:
    """Which of the damaged paragraphs came back; of a page whose lines no longer fit, none."""
    # Space around a line is layout, which reading the page does away with.
    want, have = ([line.strip() for line in text.split("\n") if line.strip()] for text in (good, got))
    before, after = sound.split("\n"), bad.replace("\r", "").split("\n")
    if len(after) != len(before):
        return [want == have]
    if len(have) != len(want):
        return [False] * len(want)
    return [a == b for a, b, c, d in zip(want, have, before, after, strict=True) if c != d]


if __name__ == "__main__":
    main()
