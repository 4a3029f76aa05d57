"""Files made to exhaust or to deceive the readers: what comes out is right or a reject, and memory stays bounded."""

import datetime as dt
import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from pipeline.ingest.discovery import discover, shards
from pipeline.ingest.readers import Document, Reject, archive, compressed, read
from pipeline.ingest.shard import read_shard
from tests.ingest import samples
from tests.ingest.samples import TEXTS

ROOT = Path(__file__).resolve().parents[3]


def items(name, raw):
    return list(read(io.BytesIO(raw), name))


def reasons(name, raw):
    return {item.source: item.reason for item in items(name, raw) if isinstance(item, Reject)}


def tables(folder):
    """(source and text of documents, source and reason of rejects) of a folder."""
    (task,) = shards(discover(folder))
    made = read_shard(task)
    documents = {row["source"]: row["raw_text"] for row in made["raw_documents"].read_all().to_pylist()}
    return documents, {row["source"]: row["reason"] for row in made["quarantine"].read_all().to_pylist()}


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.tsv", "a.html"])
def test_a_gigabyte_in_one_line_is_refused_in_bounded_memory(tmp_path, name):
    """The file has a hole in it: it takes no room on the disk, and reads as a gigabyte of NUL bytes."""
    with (tmp_path / name).open("wb") as file:
        file.write(b'{"text": "' if name == "a.jsonl" else b"text,title\n" if "sv" in name else b"x")
        file.truncate(1_000_000_000)
    code = (
        "import sys, json; from pipeline.ingest.readers import read, Reject\n"
        "with open(sys.argv[1], 'rb') as file:\n"
        "    found = [(i.reason if isinstance(i, Reject) else 'document') for i in read(file, sys.argv[2])]\n"
        "print(json.dumps(found))"
    )

    def bounded():
        resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))

    command = [sys.executable, "-c", code, str(tmp_path / name), name]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=bounded, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert set(json.loads(done.stdout)) <= {"too_large", "malformed_record", "undecodable", "no_text"} and done.stdout != "[]\n"


def test_a_bomb_within_an_archive_is_refused_member_by_member(monkeypatch):
    monkeypatch.setattr(compressed, "BOMB_FROM", 1_000_000)
    bomb = gzip.compress(b" " * 30_000_000)
    held = {"a.txt": TEXTS[0].encode(), "b.jsonl.gz": bomb, "c.txt": TEXTS[1].encode()}
    for name, raw in (("a.zip", samples.zipped(held)), ("a.tar", samples.tarred(held))):
        found = items(name, raw)
        assert [item.source for item in found if isinstance(item, Document)] == [f"{name}#a.txt", f"{name}#c.txt"]
        assert {item.source.split("#")[1]: item.reason for item in found if isinstance(item, Reject)}.keys() == {"b.jsonl.gz"}


def test_a_member_that_unpacks_to_much_is_read_no_further_than_a_document_may_be():
    """Forty megabytes in some kilobytes: the member is cut off at the size of the largest document."""
    raw = samples.zipped({"big.txt": b"x" * 40_000_000, "c.txt": TEXTS[0].encode()})
    assert len(raw) < 100_000
    assert reasons("a.zip", raw) == {"a.zip#big.txt": "too_large"}


def test_gzip_of_gzip_and_archive_in_archive_are_told():
    twice = gzip.compress(gzip.compress(TEXTS[0].encode()))
    found = items("a.txt.gz.gz", twice)
    assert [item.source for item in found] == ["a.txt.gz.gz"]
    nested = samples.zipped({"x.txt": b"x"})
    for _ in range(20):
        nested = samples.zipped({"in.zip": nested})
    assert reasons("a.zip", nested) == {"a.zip#in.zip": "unsupported_format"}


def test_an_archive_of_too_many_members_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 10)
    raw = samples.zipped({f"{n}.txt": b"x" for n in range(11)})
    assert reasons("a.zip", raw) == {"a.zip": "too_large"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_links_and_devices_in_a_tar_are_not_followed(kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        info = tarfile.TarInfo("x.txt")
        info.type, info.linkname = kind, "../../../etc/passwd"
        made.addfile(info)
    assert reasons("a.tar", out.getvalue()) == {"a.tar#x.txt": "unsupported_format"}


NAMES = [
    "'; DROP TABLE documents; --.txt", "<script>alert(1)<.txt", "=1+1.txt", "a\nb.txt", "\u202etxt.exe.txt", "a::b.txt",
    "zip::memory:.txt", "*.txt", "[a].txt", "%2e%2e.txt", "~.txt", "-rf.txt", "a#0.txt", "${HOME}.txt", "{0}.txt", "县\u0301.txt",
    "x" * 240 + ".txt", " .txt", "a\\b.txt", "CON.txt", "\x7f\x1b[31m.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_file_is_called_it_is_read_under_its_name(tmp_path, name):
    (tmp_path / name).write_text(TEXTS[0])
    assert tables(tmp_path) == ({name: TEXTS[0]}, {})


def test_names_that_are_not_text_are_read(tmp_path):
    for name in ("县.txt".encode("gb18030"), b"\xff\xfe\x80.txt", b"\xed\xa0\x80.txt"):
        (tmp_path / os.fsdecode(name)).write_text(f"{TEXTS[0]}{name!r}")
    documents, rejects = tables(tmp_path)
    assert not rejects
    assert set(documents) == {"县.txt", r"\xff\xfe\x80.txt", r"\xed\xa0\x80.txt"}


@pytest.mark.parametrize(
    "held", [b"\x1f\x8b bomb", b"{" * 100_000, b"[" * 100_000, b"\0" * 100_000, b'{"text": "' + b"9" * 100_000, b""]
)
def test_a_sidecar_is_never_taken_for_a_document_nor_opened(tmp_path, held, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXTS[0])
    sidecar = tmp_path / "a.txt.source.json"
    sidecar.write_bytes(held)
    opened = []
    real = io.open
    monkeypatch.setattr(io, "open", lambda path, *rest, **options: opened.append(str(path)) or real(path, *rest, **options))
    assert tables(tmp_path) == ({"a.txt": TEXTS[0]}, {})
    assert str(sidecar) not in opened


def test_a_link_that_leads_nowhere_is_in_quarantine(tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS[0])
    (tmp_path / "b.txt").symlink_to("nothing.txt")
    (tmp_path / "c").symlink_to(tmp_path, target_is_directory=True)  # a circle
    documents, rejects = tables(tmp_path)
    assert set(documents) == {"a.txt"}
    assert rejects == {"b.txt": "unreadable"}


@pytest.mark.parametrize(
    "record",
    [
        "[" * 100_000, '{"a":' * 100_000, '{"text": ' + "9" * 100_000 + "}", '{"text": 1e999}', '{"text": NaN}',
        '{"text": "x", "date": 1e400',
        '{"date": ' + "9" * 5000 + ', "text": ["x"]}', "\0" * 1000,
        '"\\ud800"', "nul", "{}", "[]", "1", '{"text": {"text": "x"}}',
    ],
    ids=range(14),
)  # fmt: skip
def test_a_record_that_is_none_is_rejected_and_the_next_is_read(record):
    raw = record.encode() + b"\n" + json.dumps({"text": TEXTS[0]}, ensure_ascii=False).encode() + b"\n"
    found = items("a.jsonl", raw)
    assert [type(item) for item in found] == [Reject, Document]
    assert found[1].decoded.text == TEXTS[0]


DATES = [
    "2024-02-30",
    "0000-00-00",
    "9999-99-99",
    "10000-01-01",
    "-2024-01-01",
    "2024-13-45",
    "99999999999999999999",
    "２０２４-０１-０１",
    "\0",
    "x" * 10**6,
]


@pytest.mark.parametrize("date", [*DATES, 10**400, -1, 1e308, [], {}, None, True], ids=lambda date: str(date)[:12])
def test_a_date_out_of_range_is_none(date):
    raw = json.dumps({"text": TEXTS[0], "date": date}).encode()
    (item,) = items("a.jsonl", raw)
    if isinstance(item, Document):
        assert item.date is None or item.date == dt.date(2024, 1, 1)
    else:
        assert item.reason == "malformed_record"  # a number of more digits than may be read


def test_a_table_of_a_million_columns_or_quotes_ends():
    assert reasons("a.csv", b"text" + b"," * 1_000_000 + b"\nx\n") == {}
    found = items("a.csv", b"text\n" + b'"' * 1_000_001)
    assert found


def test_text_with_nul_bytes_and_surrogates_is_storable():
    found = items("a.jsonl", json.dumps({"text": "县\ud800\u0000里\udfff", "title": "\ud83d"}).encode())
    assert isinstance(found[0], Document)
    for text in (found[0].decoded.text, found[0].title or ""):
        text.encode("utf-8")
