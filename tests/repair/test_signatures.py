from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.repair.page import read_page
from pipeline.repair.signatures import SIGNATURES


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        ("pinyin", "產(chǎn)業"),
        ("html", "&nbsp;"),
        ("html", "ldquo;"),
        ("html", "<br/>"),
        ("injected", "20XX年"),
        ("control", "\u200b"),
        ("codec", "锟斤拷"),
    ],
)
def test_a_signature_knows_its_damage(damage: str, text: str) -> None:
    assert SIGNATURES[damage].search(text)


@pytest.mark.parametrize("text", ["亳(bó)州", "党委(党组)", "AT&T", "a<b", "截至年底", "2019.10.12"])
def test_sound_text_has_no_signature(text: str) -> None:
    assert not any(signature.search(text) for signature in SIGNATURES.values())


def test_repaired_seeds_have_none_left(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = read_page(path.read_text("utf-8")).repaired.text
        assert not any(signature.search(text) for signature in SIGNATURES.values()), path.name
