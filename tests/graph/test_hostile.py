"""Documents made to hold the chain up or to break it: each ends in correct data or in quarantine, in bounded time and memory.

No test looks at the clock: a pattern of the length used here that took the square of its time would need minutes of the
processor, and is stopped after one.
"""

import datetime as dt
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fuzz.promises import TARGETS, assert_figures
from pipeline.extract.shard import entities_of
from pipeline.publish.release import latest
from pipeline.publish.verify import verify

ROOT = Path(__file__).resolve().parents[2]
LONG = 40_000  # code points; at a tenth of a microsecond a step, the square is over two minutes
MOST_SECONDS = 60
PATTERNS = {
    "brackets": "(", "closing brackets": "）", "pairs of brackets": "()", "books": "《", "quotes": "“",
    "one-sided quotes": "”「", "readings": "網(wǎng)", "readings of nothing": "(xiang)",
    "bidirectional controls": "\u202e县\u2066里", "zero width": "\u200b县", "combining": "e\u0301", "NUL": "县\0里",
    "private use": "\ue000", "beyond the plane": "𠮷", "commas": "，，", "full stops": "。", "entities": "&ldquo;",
    "decayed entities": "ldquo;", "nested entities": "&amp;amp;", "entities by number": "&#8220;",
    "entities of no character": "&#x110000;", "blanks as entities": "&nbsp;", "ampersands": "&", "half entities": "&#",
    "open tags": "<b>x", "paired tags": "<b>x</b>", "nested blocks": "<div>", "closing blocks": "</div>", "angles": "<",
    "comments": "<!--", "comments with text": "<!--县-->里", "declarations": "<!x", "instructions": "<?x",
    "data": "<![CDATA[", "open attributes": "<a b='", "crossed quotes": "<a x=\"a\"b=\"", "titles": "<title>",
    "heads": "<head>", "choices": "<select>", "scripts": "<script>x</script>", "forms of rows": "<table><tr><td>",
    "lists": "<ul><li>县", "headings": "<h1>县", "links": "<a>县", "letters": "a",
    "letters and one entity": "a" * 999 + "&amp;", "addresses": "http://", "words and dots": "a.", "signs": "a b ",
    "digits": "9", "commas in numbers": "1,", "dots in numbers": "1.", "dashes": "1-", "ratios": "1:", "zeros": "0001e9",
    "numerals": "二三", "powers": "亿", "ones": "一", "fractions": "百分之", "tenths": "三成", "per": "每", "rates": "3%",
    "ranges": "3至", "days": "2023年13月45日", "years": "2023年", "numbers in a list": "1、", "percentages": "增长3.5%",
    "units": "个百分点", "bylines": "(记者张三)", "labels": "来源:", "reporters": "记者 ", "lines": "\n",
    "lines of a character": "县\n", "returns": "\r", "blanks": " ", "wide blanks": "　", "tabs": "\t ",
    "breadcrumbs": "首页>", "spam": "365体育备用网站", "lost bytes": "锟斤拷", "towns": "县乡镇村", "town after town": "镇",
    "offices": "局", "committees": "委员会", "people": "张三、", "campaigns": "“一村一品”", "counted names": "一二三工程",
    "plus": "1+", "sums": "村+",
}  # fmt: skip


@pytest.fixture
def one_minute():
    """Stop the test when it has had a minute of the processor."""

    def stop(*_):
        pytest.fail(f"not done after {MOST_SECONDS} s of the processor: does something take the square of the length?")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def long_text(name):
    """An opening that is a document, and the pattern over and over."""
    pattern = PATTERNS[name]
    return "县里新修公路12公里。" + pattern * (LONG // len(pattern))


@pytest.mark.parametrize("target", ["repair_bytes", "html"])
@pytest.mark.parametrize("name", PATTERNS)
def test_repair_of_a_pattern_without_end(one_minute, name, target):
    TARGETS[target](long_text(name).encode())


@pytest.mark.parametrize("name", PATTERNS)
def test_figures_of_a_pattern_without_end(one_minute, name):
    assert_figures(long_text(name))


@pytest.mark.parametrize("name", PATTERNS)
def test_entities_of_a_pattern_without_end(one_minute, name):
    text = long_text(name)[: LONG // 3]
    row = dict.fromkeys(("title", "subtitle", "page_context", "publisher", "section"), None)
    mentions, _ = entities_of(row | {"text": text, "bylines": [], "published_on": dt.date(2024, 3, 1)})
    assert all(text[m.start : m.end] == m.surface for m in mentions if m.start >= 0)


HOSTILE = {
    "nul.txt": b"\0" * 5000,
    "text with nul.txt": "县里\0新修公路12公里，投入资金3.5万元。".encode() * 3,
    "'; DROP TABLE documents; --.txt": "'; DROP TABLE documents; -- 县里新修公路13公里。".encode(),
    "=cmd|'!A1.txt": '=HYPERLINK("x","y")\n+县里新修公路14公里，@张三。'.encode(),
    "script.html": "<html><p><script>alert(1)</script>县里新修公路15公里</p><img src=x onerror=alert(1)></html>".encode(),
    "deep.html": b"<html><body>" + b"<div>" * 20_000 + "县里新修公路16公里。".encode() + b"</div>" * 20_000,
    "line.txt": ("县里新修公路17公里，" * 10_000).encode(),
    "brackets.txt": ("县里新修公路18公里。" + "(" * 50_000).encode(),
    "annotations.txt": ("網(wǎng)站建設投資3萬元" * 3_000).encode(),
    "entities.txt": ("县里新修公路19公里。" + "&ldquo;" * 20_000).encode(),
    "bidi.txt": "\u202e县里新修公路20公里\u2066，投入资金4万元\u2069。\u202c".encode(),
    "numbers.txt": ("投资" + "9" * 400 + "元，投资0001e9元，9999年99月99日到账3元，" + "九" * 400 + "个。").encode(),
    "surrogate.jsonl": b'{"text": "\\ud800\\u53bf\\u91cc\\u65b0\\u4fee\\u516c\\u8def21\\u516c\\u91cc", "date": "9999-99-99"}\n'
    + b"[" * 50_000,
    "a::b.txt": "县里新修公路22公里。".encode(),
    "a.txt.source.json": b'{"url": "' + b"x" * 100_000,
}
NOT_TEXT = {"nul.txt", "surrogate.jsonl#1"}


def test_a_folder_of_hostile_files_becomes_a_release_in_bounded_time_and_memory(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "o'ut"
    raw.mkdir()
    for name, held in HOSTILE.items():
        (raw / name).write_bytes(held)

    def bounded():
        resource.setrlimit(resource.RLIMIT_CPU, (280, 280))
        resource.setrlimit(resource.RLIMIT_DATA, (4_000_000_000, 4_000_000_000))

    command = [sys.executable, "-m", "pipeline.cli", "run", str(raw), "--out", str(out), "--workers", "1"]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=bounded, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    release = latest(out)
    assert [verdict.check.name for verdict in verify(release) if not verdict.passed] == []

    def column(table, name):
        (part,) = (release / "parquet" / table).glob("*.parquet")
        return set(pq.read_table(part)[name].to_pylist())

    documents, rejects = column("documents", "source"), column("quarantine", "source")
    names = {name + "#0" if name.endswith(".jsonl") else name for name in HOSTILE if not name.endswith(".source.json")} | NOT_TEXT
    assert documents | rejects == names
    assert rejects >= NOT_TEXT and not documents & rejects
    assert "公里" in column("figures", "unit")
