"""Names of campaigns and mechanisms by their form: names."""

from __future__ import annotations

from pipeline.extract.initiative_names import names


def test_what_stands_in_a_quotation_is_found_once() -> None:
    assert [n.kernel for n in names("开展“净水”专项行动")] == ["净水"]
