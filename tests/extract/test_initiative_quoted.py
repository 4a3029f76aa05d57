"""Names of campaigns and mechanisms by their form: quoted."""

from __future__ import annotations

from pipeline.extract.initiative_quoted import quoted


def test_a_head_behind_makes_a_name_and_rhetoric_none() -> None:
    assert [n.full for n in quoted("推行“码上办”工作机制，吃下“定心丸”。", False)] == ["“码上办”工作机制"]
