"""Every promise holds for the fuzzer's seeds and past findings, and for texts that Hypothesis puts together of its tokens."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fuzz
from fuzz.__main__ import TARGETS as NAMES
from fuzz.promises import TARGETS, assert_entities, assert_figures

FOLDER = Path(fuzz.__file__).parent
TOKENS = (FOLDER / "tokens.txt").read_text("utf-8").splitlines()
CORPUS = sorted((FOLDER / "corpus").rglob("*"))
# Pieces side by side, with now and then any character at all.
PIECES = st.one_of(st.sampled_from(TOKENS), st.integers(0, 10**6).map(str), st.text(max_size=3))
TEXTS = st.lists(PIECES, max_size=25).map("".join)
EXAMPLES = 40
OWN = [
    paragraph
    for path in sorted((Path(__file__).parents[1] / "truth_entities").glob("*.json"))
    for paragraph in json.loads(path.read_text("utf-8"))["body"]
]
# What mirrors do to a text: a character is doubled, lost, or another stands in its place.
CHANGES = st.lists(st.tuples(st.integers(0, 399), st.sampled_from(("double", "drop", *TOKENS))), max_size=30)


def test_the_command_knows_every_target():
    assert set(NAMES) == set(TARGETS) == {path.name for path in (FOLDER / "corpus").iterdir()}


@pytest.mark.parametrize("path", [path for path in CORPUS if path.is_file()], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_corpus_is_held(path):
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16"])
@given(text=TEXTS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_text_in_any_charset(charset, text):
    TARGETS["repair_bytes"](text.encode(charset, "ignore"))


@given(text=TEXTS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_page(text):
    TARGETS["html"](text.encode("utf-8", "ignore"))


@given(head=st.sampled_from(sorted(path.read_bytes() for path in (FOLDER / "corpus" / "readers").iterdir())), data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_file_with_some_bytes_changed(head, data):
    body = bytearray(head)
    for at in data.draw(st.lists(st.integers(head.index(b"\n") + 1, len(head) - 1), max_size=5)):
        body[at] = data.draw(st.integers(0, 255))
    TARGETS["readers"](bytes(body[: data.draw(st.integers(head.index(b"\n"), len(head)))]))


@given(text=TEXTS)
@settings(max_examples=4 * EXAMPLES, deadline=None)
def test_figures_of_any_text(text):
    assert_figures(text.encode("utf-8", "replace").decode("utf-8"))


@given(paragraph=st.sampled_from(OWN), changes=CHANGES)
@settings(max_examples=4 * EXAMPLES, deadline=None)
def test_entities_and_figures_of_altered_text(paragraph, changes):
    text = list(paragraph[:400])
    for at, change in changes:
        at %= len(text)
        text[at] = {"double": 2 * text[at], "drop": ""}.get(change, change)
    assert_entities("".join(text).encode("utf-8", "replace").decode("utf-8"))
    assert_figures("".join(text).encode("utf-8", "replace").decode("utf-8"))


@pytest.mark.parametrize(
    "text",
    ["投资" + "9" * 400 + "元", "投资0001e9元", "投资" + "九" * 400 + "元", "增长" + "1," * 3000 + "%", "(" * 20000 + "3个",
     "到账9999年99月99日3元", "每" * 20000 + "3个", "从2020年到1019年投资3元", "二0二四年投资3元"],
    ids=["10^400", "e9", "numeral", "commas", "brackets", "no day", "per", "backwards", "mixed"],
)  # fmt: skip
def test_absurd_numbers_and_dates(text):
    assert_figures(text)
