from __future__ import annotations

import numpy as np

from pipeline.repair.adapted_model import FOREIGN_SCRIPT, Context, Language, is_traditional
from pipeline.repair.language_model import language_model


def symbols(text: str) -> tuple[int, ...]:
    return tuple(language_model().symbols(text).tolist())


def test_what_a_document_says_often_is_likelier_in_it() -> None:
    plain, own = (Context(language_model(), text, False, False) for text in ("", "砬坪镇" * 5))
    assert own.score(*symbols("砬坪镇")) > plain.score(*symbols("砬坪镇"))
    assert Language(["砬坪镇"]).score(*symbols("在砬坪")) > Language().score(*symbols("在砬坪"))


def test_many_scores_are_the_single_ones() -> None:
    context = Context(language_model(), "全县各级党组织", False, False)
    first, second = symbols("全县")
    thirds = language_model().symbols("各人区")
    assert np.allclose(context.scores(first, second, thirds), [context.score(first, second, int(third)) for third in thirds])


def test_scripts() -> None:
    assert is_traditional("縣裡開會") and not is_traditional("县里开会")
    traditional = Context(language_model(), "", True, False)
    assert traditional.foreign("县") == FOREIGN_SCRIPT
    assert traditional.foreign("縣") == traditional.foreign("人") == 0
