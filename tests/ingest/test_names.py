import pytest

from pipeline.ingest.names import readable


@pytest.mark.parametrize("name", ["县情.txt", "a.txt", "", "𠮷.txt"])
def test_a_name_comes_back(name):
    assert readable(name) == readable(name.encode()) == readable(name.encode("gb18030")) == name


def test_any_bytes_become_text():
    assert readable(b"\xff\xff.txt").encode("utf-8")
    assert readable("\udcff.txt").encode("utf-8")
