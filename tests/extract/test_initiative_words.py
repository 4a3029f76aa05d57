"""Names of campaigns and mechanisms by their form: words."""

from __future__ import annotations

from pipeline.extract.initiative_words import heads


def test_every_head_has_a_type() -> None:
    assert {type_ for type_, _ in heads().values()} == {"campaign", "mechanism"}
