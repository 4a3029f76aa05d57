"""How each damage class looks: one regular expression a class, declared once.

Triage asks whether a text carries a signature; the checks ask whether one is left that no ledger row marks. So
a signature is narrow: it must not occur in sound text. How the damage is mended belongs in the passes, and
what a pass needs to be sure of itself as well.
"""

from __future__ import annotations

import re
from html.entities import html5

from pipeline.lexicon import any_of, words
from pipeline.repair.script import TRADITIONAL, simplified_char

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Letters of pinyin as mirrors write them, tone marks included, composed or IPA g.
PINYIN_LETTERS = "a-zɡāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹḿ"
TONED_LETTERS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"

# What is left of an annotation that was written between the two bytes of a character: 百?gòu)?qiáng) for 百強.
SPLIT = re.compile(rf"[?\ufffd](?=[a-zɡüê]{{0,3}}[{TONED_LETTERS}])([{PINYIN_LETTERS}]{{1,6}})[)）]")

# Names that are entities and nothing else; `lt`, `copy` or `times` are words as well and need company.
_SURE_NAMES = any_of(words("html", "sure_entities.txt"))
_NAMES = any_of({name.rstrip(";") for name in html5 if name.endswith(";")} & set(words("html", "entities.txt")))
_TAGS = any_of(words("html", "tags.txt"))

TAG = rf"</?(?i:{_TAGS})(?:\s[^<>\n]{{0,500}})?\s?/?>"
ENTITY = rf"&(?:amp;){{0,8}}(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|(?:{_SURE_NAMES})(?![A-Za-z=])|(?:{_NAMES})(?![A-Za-z0-9=]));?"
BARE_ENTITY = rf"(?<![A-Za-z0-9&#_])(?:(?:{_SURE_NAMES})(?:;|(?![A-Za-z0-9;=]))|#(?:\d{{3,6}}|x[0-9a-fA-F]{{2,5}});)"

# GB 2312's first level: the 3,755 characters in daily use.
LEVEL_ONE = frozenset(
    char for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for char in bytes((lead, trail)).decode("gb2312", "ignore")
)
_common = "".join(sorted(LEVEL_ONE | {char for char in TRADITIONAL if simplified_char(char) in LEVEL_ONE}))

MASKED_YEAR = (
    r"(?<![0-9A-Za-zXxＸ×*])(?:19|20)(?:[XxＸ×]{2}|\*{2}|\d[XxＸ×*])(?=年)"
    r"|(?<=[从自])年(?=[到至]年)|(?<=[于在])年(?=月日?(?![份历]))"
)
LOST_SEPARATORS = r"(?<![\d.])\d{1,3}(?:\.\d{4}){2,}\.\d{1,2}(?![\d.])"

SIGNATURES: dict[str, re.Pattern[str]] = {
    # A common character followed by its toned reading; rare ones are explained so in sound text (亳(bó)州).
    "pinyin": re.compile(rf"(?<=[{_common}])[(（](?=[a-zɡ]{{0,3}}[{TONED_LETTERS}])[{PINYIN_LETTERS}]{{1,6}}[)）]"),
    "html": re.compile(rf"{TAG}|{ENTITY}|{BARE_ENTITY}"),
    "injected": re.compile(rf"{MASKED_YEAR}|{LOST_SEPARATORS}"),
    "control": re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060-\u2064\ufeff\ufffe\uffff]"),
    "codec": re.compile("锟斤拷|(?:烫烫){2}|(?:屯屯){3}|\ufffd"),
}
