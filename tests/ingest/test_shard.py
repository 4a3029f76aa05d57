import gzip
import json

import pytest

from pipeline.ingest.discovery import discover, shards
from pipeline.ingest.shard import read_shard


def read(folder):
    (task,) = shards(discover(folder))
    return tables_of(read_shard(task))


def tables_of(relations):
    return {name: relations[name].read_all() for name in relations.names}


def test_every_file_becomes_a_document_or_is_quarantined(tmp_path):
    (tmp_path / "a.txt").write_text("县里新修公路12公里。")
    (tmp_path / "b.htm").write_text("<p>县里新修公路12公里。</p>")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": "第一条", "title": "题", "date": "2024-05-06"}) + "\n\n[]\n")
    (tmp_path / "d.xyz").write_bytes(b"%PDF-1.7")
    (tmp_path / "e.txt").write_bytes(b" \n")
    (tmp_path / "f.txt").write_text("县里新修公路12公里。")
    tables = read(tmp_path)
    documents = {row["source"]: row for row in tables["raw_documents"].to_pylist()}
    rejects = {row["source"]: row["reason"] for row in tables["quarantine"].to_pylist()}
    assert set(documents) == {"a.txt", "b.htm", "c.jsonl#0"}
    assert documents["b.htm"]["media_type"] == "text/html"
    assert documents["c.jsonl#0"]["hint_title"] == "题"
    assert documents["c.jsonl#0"]["hint_date"].isoformat() == "2024-05-06"
    assert rejects == {
        "c.jsonl#1": "malformed_record",
        "d.xyz": "unsupported_format",
        "e.txt": "empty",
        "f.txt": "identical",
    }


def test_a_broken_gzip_keeps_what_came_before(tmp_path):
    lines = "".join(json.dumps({"text": f"第{n}条" * 50}) + "\n" for n in range(2000)).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-400])
    tables = read(tmp_path)
    assert tables["raw_documents"].num_rows > 100
    assert tables["quarantine"]["reason"].to_pylist() == ["unreadable"]


def test_a_missing_file_is_quarantined(tmp_path):
    (tmp_path / "a.txt").write_text("字")
    (task,) = shards(discover(tmp_path))
    (tmp_path / "a.txt").unlink()
    assert tables_of(read_shard(task))["quarantine"]["reason"].to_pylist() == ["unreadable"]


def test_doc_id_is_the_head_of_the_hash_of_the_raw_bytes(tmp_path):
    import hashlib

    (tmp_path / "a.txt").write_text("县里新修公路12公里。")
    (row,) = read(tmp_path)["raw_documents"].to_pylist()
    assert row["doc_id"] == hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()[:16]


@pytest.mark.parametrize("record", ['{"title": "x"}', '{"text": 5}', '{"text": ""}'])
def test_a_record_without_text_is_quarantined(tmp_path, record):
    (tmp_path / "a.jsonl").write_text(record + "\n")
    assert read(tmp_path)["quarantine"]["reason"].to_pylist() == ["no_text"]


def test_a_lone_surrogate_does_not_stop_the_run(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "\\ud800字"}\n')
    assert read(tmp_path)["raw_documents"]["raw_text"].to_pylist() == ["?字"]
