"""The cheap looks that spare sound text the passes: they may be wrong only on the side of looking closer."""

import sys

import pytest

from pipeline.repair import repair, signs
from pipeline.repair.ladder import _PASSES
from tests.casefiles import cases

TEXTS = sorted(
    {case.values[0]["text"] for topic in ("codec", "control", "injected", "markup", "pinyin", "script") for case in cases(topic)}
)
# Inputs that make a search that looks back or ahead too far take its square.
WORST = ["(", "網(wǎng)", "&amp;", "&ldquo;", "<", "？", "?!", "，，", "從年", "a b ", "_365", "1.2345", "\u200b中"]


@pytest.mark.parametrize("place", range(len(_PASSES)))
def test_no_look_hides_what_a_pass_finds(place: int) -> None:
    needed, suspicious, find = _PASSES[place]

    def spared(text: str) -> bool:
        return bool(needed and not signs.look(text).present & needed) or not suspicious(text)

    assert [text for text in TEXTS if spared(text) and find(text)] == []


def test_every_pass_has_a_case_that_it_finds() -> None:
    assert all(any(find(text) for text in TEXTS) for _, _, find in _PASSES[:3])


def test_a_look_knows_characters_beyond_the_basic_plane_and_none() -> None:
    assert signs.look("").present == 0
    assert signs.look("𠮷𠮷县").present & signs.HAN


@pytest.mark.parametrize("pattern", WORST)
def test_the_calls_grow_with_the_text_and_not_with_its_square(pattern: str) -> None:
    short, long = ("县里开会" + pattern * n for n in (200, 800))
    repair(long)  # fills what is kept between calls
    assert _calls(long) < 8 * _calls(short) + 1_000


def _calls(text: str) -> int:
    """How many functions are called to repair a text, those in C included."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        repair(text)
    finally:
        sys.setprofile(None)
    return count
