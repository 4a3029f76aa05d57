"""Names of campaigns and mechanisms by their form: unquoted."""

from __future__ import annotations

from pipeline.extract.initiative_unquoted import plain, rhythms


def test_beats_that_a_verb_sets_up() -> None:
    assert [n.kernel for n in rhythms("建立日巡查、周会商、月通报制度")] == ["日巡查、周会商、月通报"]
    assert rhythms("他日巡查、周会商") == []


def test_the_word_before_a_head_back_to_the_verb() -> None:
    assert [n.full for n in plain("全县开展河道采砂专项整治，成效明显。")] == ["河道采砂专项整治"]
