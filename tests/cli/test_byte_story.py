"""The byte story is told from before and after alone, and never where the bytes tell nothing."""

import pytest

from pipeline.cli.byte_story import hex_of, stories, story
from pipeline.repair.ledger import Repair

TEXT = "全县种植猕猴桃三万亩"


@pytest.mark.parametrize(
    ("seen_as", "meant_as", "text"),
    [
        ("gb18030", "utf-8", "农民人均收入增长"),
        ("cp1252", "gb18030", TEXT),
        ("gb18030", "big5", "今年以來縣裡開展活動"),
    ],
)
def test_the_charsets_of_a_page_are_found(seen_as, meant_as, text):
    seen = text.encode(meant_as).decode("latin-1" if seen_as == "cp1252" else seen_as)
    told = story("codec", seen, text)
    assert (told.seen_as, told.meant_as) == (seen_as, meant_as)
    assert told.shared == told.told == 1.0
    assert bytes(byte for byte, _ in told.meant_bytes) == text.encode(meant_as)


def test_traditional_bytes_behind_a_simplified_result():
    told = story("misaligned_gbk", "氨娙耸安窕鹧娓", "“众人拾柴火焰高")
    assert told is not None and told.meant.startswith("“眾人拾柴")
    assert told.shared > 0.8


def test_lost_bytes_are_shown_as_lost():
    seen = "年年".encode()[:-1].decode("gb18030", "replace")
    told = story("codec", seen, "年年")
    assert 0.5 < told.shared < 1
    assert "[red]" in hex_of(told.meant_bytes) and "[red]" not in hex_of(told.seen_bytes)


def test_no_story_of_what_is_beyond_repair_or_no_accident_of_bytes():
    assert story("codec", "锟斤拷", "锟斤拷") is None
    assert story("misaligned_gbk", "abc", "县里") is None
    row = Repair(0, 1, 0, 1, "縣", "县", "script", "restored", 1.0, None)
    assert list(stories([row])) == []


def test_rows_that_touch_are_one_stretch():
    seen = "农民人均".encode().decode("gb18030")
    rows = [
        Repair(0, 3, 0, 2, seen[:3], "农民", "codec", "restored", 1.0, None),
        Repair(3, 6, 2, 4, seen[3:], "人均", "codec", "restored", 1.0, None),
    ]
    ((first, told),) = stories(rows)
    assert first is rows[0]
    assert told.meant == "农民人均"


def test_of_a_long_page_only_what_was_looked_at_is_told():
    text = "截至去年底，全县共有民宿478家、床位4900余张，" * 9
    told = story("codec", text.encode().decode("latin-1"), text)
    assert told.shared == told.told == 1.0
    assert text.startswith(told.meant) and len(told.meant) < 60
