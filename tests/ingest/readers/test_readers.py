"""Every format gives the documents that were put in; every broken or hostile file a reject that says what to do."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.readers import READERS, Document, Reject, compressed, document, jsonl, read
from tests.ingest import samples
from tests.ingest.samples import TEXTS


def got(name, raw):
    """(documents by source, reasons by source)."""
    items = list(read(io.BytesIO(raw), name))
    documents = {item.source: item for item in items if isinstance(item, Document)}
    return documents, {item.source: item.reason for item in items if isinstance(item, Reject)}


def zst(raw):
    zstandard = pytest.importorskip("zstandard")
    return zstandard.ZstdCompressor().compress(raw)


PAGE = "<html><head><meta charset=gbk><title>题</title></head><p>" + TEXTS[0] + "</p></html>"


@pytest.mark.parametrize(
    ("name", "raw", "sources"),
    [
        ("a.txt", TEXTS[0].encode("gb18030"), ["a.txt"]),
        ("a.txt.gz", gzip.compress(TEXTS[0].encode()), ["a.txt.gz"]),
        ("a.HTML", PAGE.encode("gbk"), ["a.HTML"]),
        ("a.jsonl", samples.jsonl(), ["a.jsonl#0", "a.jsonl#1", "a.jsonl#2"]),
        ("a.jsonl.gz", gzip.compress(samples.jsonl()), ["a.jsonl.gz#0", "a.jsonl.gz#1", "a.jsonl.gz#2"]),
        ("a.csv", ("标题,正文\r\n" + "".join(f'"第,{t}","{t}"\r\n' for t in TEXTS)).encode(), [f"a.csv#{n}" for n in (0, 1, 2)]),
        ("a.csv", ("title;content\n" + "".join(f"x;{t}\n" for t in TEXTS)).encode("gbk"), ["a.csv#0", "a.csv#1", "a.csv#2"]),
        ("a.tsv", ("\ufefftext\tn\n" + "".join(f"{t}\t1\n" for t in TEXTS)).encode(), ["a.tsv#0", "a.tsv#1", "a.tsv#2"]),
        ("a.parquet", samples.parquet({"Text": TEXTS, "n": [1, 2, 3]}), ["a.parquet#0", "a.parquet#1", "a.parquet#2"]),
        ("a.zip", samples.zipped({"x/1.txt": TEXTS[0].encode(), "2.htm": PAGE.encode("gbk")}), ["a.zip#x/1.txt", "a.zip#2.htm"]),
        ("a.zip", samples.zipped({"r.jsonl": samples.jsonl()}), ["a.zip#r.jsonl#0", "a.zip#r.jsonl#1", "a.zip#r.jsonl#2"]),
        ("a.tar", samples.tarred({"1.txt": TEXTS[0].encode()}), ["a.tar#1.txt"]),
        ("a.tar.gz", gzip.compress(samples.tarred({"1.txt": TEXTS[0].encode()})), ["a.tar.gz#1.txt"]),
        ("a.tgz", gzip.compress(samples.tarred({"1.txt": TEXTS[0].encode()})), ["a.tgz#1.txt"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_formats(name, raw, sources):
    documents, reasons = got(name, raw)
    assert list(documents) == sources
    assert not reasons
    assert TEXTS[0] in documents[sources[0]].decoded.text


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.tar.zst"])
def test_zstandard(name):
    inner = samples.jsonl() if "jsonl" in name else samples.tarred({"1.txt": TEXTS[0].encode()})
    documents, reasons = got(name, zst(inner))
    assert documents and not reasons


@pytest.mark.parametrize("gzipped", [True, False])
def test_web_archives(gzipped):
    pytest.importorskip("fastwarc")
    pages = [("text/html; charset=gbk", PAGE.encode("gbk")), ("image/png", b"\x89PNG"), ("text/plain", TEXTS[1].encode())]
    name = "a.warc.gz" if gzipped else "a.warc"
    documents, reasons = got(name, samples.warc(pages, gzipped=gzipped))
    assert {source: d.media_type for source, d in documents.items()} == {f"{name}#0": "text/html", f"{name}#2": "text/plain"}
    assert reasons == {f"{name}#1": "unsupported_format"}
    assert documents[f"{name}#0"].raw == PAGE.encode("gbk")
    wet = samples.warc([("text/plain", text.encode()) for text in TEXTS], kind="conversion")
    documents, reasons = got("a.warc.wet.gz", wet)
    assert [d.decoded.text for d in documents.values()] == TEXTS and not reasons


def test_a_web_archive_that_breaks_off_keeps_what_came_before():
    pytest.importorskip("fastwarc")
    raw = samples.warc([("text/html", (PAGE * 50).encode("gbk"))] * 3)
    documents, _ = got("a.warc.gz", raw[: len(raw) - 40])
    assert len(documents) >= 2
    documents, reasons = got("a.warc.gz", b"no archive at all" * 20)
    assert not documents and set(reasons.values()) == {"malformed_record"}


def test_pdf():
    pytest.importorskip("pypdf")
    documents, _ = got("a.pdf", samples.pdf(["Roads built: 12 km", "Households: 386"]))
    assert "Households: 386" in documents["a.pdf"].decoded.text
    assert got("a.pdf", samples.pdf([]))[1] == {"a.pdf": "no_text"}
    assert got("a.pdf", b"%PDF-1.7 nothing")[1] == {"a.pdf": "unreadable"}


@pytest.mark.parametrize(
    ("name", "raw", "reasons"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", {"a.doc": "unsupported_format"}),
        ("a.gz", gzip.compress(b"x"), {"a.gz": "unsupported_format"}),
        ("a.jsonl", b"\n\n", {"a.jsonl": "empty"}),
        ("a.csv", b"", {"a.csv": "empty"}),
        ("a.csv", b"a,b\n1,2\n", {"a.csv": "no_text"}),
        ("a.parquet", samples.parquet({"a": [1]}), {"a.parquet": "no_text"}),
        ("a.parquet", b"PAR1 broken PAR1", {"a.parquet": "unreadable"}),
        ("a.zip", b"PK no archive", {"a.zip": "unreadable"}),
        ("a.tar", b"no archive" * 100, {"a.tar": "unreadable"}),
        ("a.jsonl.gz", b"no gzip", {"a.jsonl.gz": "unreadable"}),
        ("a.zip", samples.zipped({"in.zip": samples.zipped({"x.txt": b"x"})}), {"a.zip#in.zip": "unsupported_format"}),
        ("a.tar", samples.tarred({"in.tar.gz": gzip.compress(b"x")}), {"a.tar#in.tar.gz": "unsupported_format"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told(name, raw, reasons):
    assert got(name, raw)[1] == reasons
    details = [item.detail for item in read(io.BytesIO(raw), name)]
    assert all(len(detail) > 10 for detail in details)


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\Windows\\x.txt", "a/../../../x.txt"])
def test_member_names_are_labels_only(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for container, raw in (
        ("a.zip", samples.zipped({name: TEXTS[0].encode()})),
        ("a.tar", samples.tarred({name: TEXTS[0].encode()})),
    ):
        documents, reasons = got(container, raw)
        assert len(documents) == 1 and not reasons
    assert list(tmp_path.iterdir()) == []


def test_links_and_encrypted_members_are_told():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert got("a.zip", out.getvalue())[1] == {"a.zip#link.txt": "unsupported_format"}
    locked = bytearray(samples.zipped({"x.txt": b"x" * 50}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert got("a.zip", bytes(locked))[1] == {"a.zip#x.txt": "unreadable"}
    import tarfile

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("passwd.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert got("a.tar", out.getvalue())[1] == {"a.tar#passwd.txt": "unsupported_format"}


def test_names_in_gbk_are_read():
    raw = samples.zipped({"xx.txt": TEXTS[0].encode()})
    documents, _ = got("a.zip", raw.replace(b"xx.txt", "县.txt".encode("gbk")))
    assert list(documents) == ["a.zip#县.txt"]


@pytest.mark.parametrize("pack", [gzip.compress, zst])
def test_a_bomb_is_stopped(monkeypatch, pack):
    monkeypatch.setattr(compressed, "BOMB_FROM", 1_000_000)
    bomb = pack(b" " * 40_000_000)
    ending = "gz" if pack is gzip.compress else "zst"
    documents, reasons = got(f"a.jsonl.{ending}", bomb)
    assert not documents and set(reasons.values()) <= {"unreadable", "too_large"} and reasons
    documents, reasons = got(f"a.tar.{ending}", bomb)
    assert not documents


def test_a_document_that_is_too_large_is_told_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(document, "MOST_BYTES", 1000)
    monkeypatch.setattr(jsonl, "_LINE_BYTES", 2000)
    assert got("a.txt", b"x" * 1001)[1] == {"a.txt": "too_large"}
    raw = b'{"text": "' + b"x" * 9000 + b'"}\n' + samples.jsonl()
    documents, reasons = got("a.jsonl", raw)
    assert reasons == {"a.jsonl#0": "too_large"} and len(documents) == 3
    documents, reasons = got("a.zip", samples.zipped({"big.txt": b"x" * 5000, "x.txt": TEXTS[0].encode()}))
    assert reasons == {"a.zip#big.txt": "too_large"} and list(documents) == ["a.zip#x.txt"]


@pytest.mark.parametrize("module", ["fastwarc.warc", "pypdf", "zstandard"])
def test_what_is_not_installed_is_told(monkeypatch, module):
    import importlib

    def lacking(name):
        if name == module:
            raise ImportError(name)
        return found(name)

    found = importlib.import_module
    monkeypatch.setattr(importlib, "import_module", lacking)
    name = {"fastwarc.warc": "a.warc", "pypdf": "a.pdf", "zstandard": "a.jsonl.zst"}[module]
    (item,) = read(io.BytesIO(b"x"), name)
    assert item.reason == "unsupported_format" and "pip install 'xianqing[formats]'" in item.detail


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
def test_no_reader_raises_on_any_bytes(ending, raw):
    for item in read(io.BytesIO(raw), f"x{ending}"):
        assert item.source.startswith(f"x{ending}")
        if isinstance(item, Document):
            item.decoded.text.encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_reader_raises_on_a_container_that_was_harmed(data):
    name, raw = data.draw(st.sampled_from([
        ("a.zip", samples.zipped({"x.txt": TEXTS[0].encode(), "r.jsonl": samples.jsonl()})),
        ("a.tar", samples.tarred({"x.txt": TEXTS[0].encode()})),
        ("a.tar.gz", gzip.compress(samples.tarred({"x.txt": TEXTS[0].encode()}))),
        ("a.warc.gz", samples.warc([("text/html", PAGE.encode("gbk"))] * 2)),
        ("a.parquet", samples.parquet({"text": TEXTS})),
        ("a.jsonl.gz", gzip.compress(samples.jsonl())),
        ("a.pdf", samples.pdf(["12 km"])),
    ]))  # fmt: skip
    harmed = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 6))):
        harmed[data.draw(st.integers(0, len(harmed) - 1))] = data.draw(st.integers(0, 255))
    list(read(io.BytesIO(bytes(harmed[: data.draw(st.integers(1, len(harmed)))])), name))
