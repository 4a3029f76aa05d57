import pytest

from pipeline.ingest import discovery
from pipeline.ingest.discovery import NoRawFiles, discover, listing, shards


def test_sidecars_and_hidden_files_are_left_out(tmp_path):
    for name in ("b.txt", "a/c.html", "b.txt.source.json", ".hidden/x.txt", ".DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("字")
    assert [file.source for file in discover(tmp_path)] == ["a/c.html", "b.txt"]


@pytest.mark.parametrize("make", [False, True])
def test_a_missing_or_empty_folder_says_what_to_do(tmp_path, make):
    folder = tmp_path / "raw"
    if make:
        folder.mkdir()
    with pytest.raises(NoRawFiles, match=r"give the folder|put documents"):
        discover(folder)


def test_a_new_file_changes_only_its_own_shard(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.ingest.discovery.CUT_EVERY", 8)
    for n in range(100):
        (tmp_path / f"{n:03}.txt").write_text(str(n))
    before = {task.key for task in shards(discover(tmp_path))}
    (tmp_path / "050a.txt").write_text("new")
    after = {task.key for task in shards(discover(tmp_path))}
    assert len(before) > 5
    assert len(before - after) == 1


def test_a_full_shard_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.ingest.discovery.SHARD_BYTES", 10)
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("123456")
    assert [len(task.inputs) for task in shards(discover(tmp_path))] == [1, 1, 1, 1]


def test_the_listing_tells_of_new_changed_and_gone_files(tmp_path):
    seen = {listing(tmp_path)}
    (tmp_path / "a.txt").write_text("1")
    seen.add(listing(tmp_path))
    (tmp_path / "a.txt").write_text("12")
    seen.add(listing(tmp_path))
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    seen.add(listing(tmp_path))
    assert len(seen) == 4
    assert listing(tmp_path) in seen
    assert listing(tmp_path / "missing") is None


def test_a_name_in_gbk_becomes_text(tmp_path):
    import os

    (tmp_path / os.fsdecode("县情.txt".encode("gbk"))).write_text("字")
    assert [file.source for file in discover(tmp_path)] == ["县情.txt"]
    (task,) = shards(discover(tmp_path))
    assert len(task.key) == 32


def test_what_has_not_changed_is_not_read_again(tmp_path, monkeypatch):
    import os

    raw, known = tmp_path / "raw", tmp_path / "out" / "digests.json"
    raw.mkdir()
    for name in "abc":
        (raw / f"{name}.txt").write_text(name)
        os.utime(raw / f"{name}.txt", (1, 1))
    first = shards(discover(raw), known)
    read = []
    monkeypatch.setattr(discovery, "_sha256", lambda path: read.append(path) or "0")
    assert shards(discover(raw), known) == first
    assert read == []
    (raw / "b.txt").write_text("other")
    assert shards(discover(raw), known) != first
    assert read == [str(raw / "b.txt")]
    known.write_text("no json")
    shards(discover(raw), known)
    assert len(read) == 4


def test_a_file_that_was_just_written_is_not_trusted(tmp_path):
    raw, known = tmp_path / "raw", tmp_path / "digests.json"
    raw.mkdir()
    (raw / "a.txt").write_text("a")
    shards(discover(raw), known)
    assert known.read_text() == "{}" if known.exists() else True


def test_a_folder_elsewhere(tmp_path):
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe("/raw/a/b.txt", "县里新修公路。".encode())
    system.pipe("/raw/.hidden/c.txt", b"x")
    (file,) = discover("memory://raw")
    assert file.source == "a/b.txt"
    (task,) = shards([file])
    with fsspec.open(task.inputs[0]) as content:
        assert content.read().decode() == "县里新修公路。"
    system.rm("/raw", recursive=True)


@pytest.mark.parametrize("url", ["memory://nothing", "nosuch://bucket/x"])
def test_an_address_that_cannot_be_used_says_so(url):
    with pytest.raises(NoRawFiles, match=r"cannot be|holds no files"):
        discover(url)
