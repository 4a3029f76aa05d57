"""Where names of people end."""

from __future__ import annotations

import pytest

from pipeline.extract.people_names import is_sure, name_end, sound_end


@pytest.mark.parametrize(
    ("text", "name"),
    [("徐广安兼任专班组长", "徐广安"), ("何勇几乎天天来", "何勇"), ("欧阳建设说", "欧阳建设")],
)
def test_a_chinese_name_ends_before_what_follows(text: str, name: str) -> None:
    assert name_end(text, 0, True) == len(name)


def test_a_family_name_with_a_form_of_address_is_no_name() -> None:
    assert name_end("刘女士说", 0, False) is None


@pytest.mark.parametrize(
    ("text", "name"), [("索南卓玛和马成", "索南卓玛"), ("吉克木子，", "吉克木子"), ("阿布都·热依木及家人", "阿布都·热依木")]
)
def test_a_name_written_by_sound_ends_before_and(text: str, name: str) -> None:
    assert sound_end(text, 0) == len(name)


def test_a_word_that_begins_like_a_name_is_none() -> None:
    assert not is_sure("高度重")
