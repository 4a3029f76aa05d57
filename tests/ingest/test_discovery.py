import pytest

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
