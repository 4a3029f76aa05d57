"""What speaks against figures; whole sentences are in the cases of `figures_trust`."""

from __future__ import annotations

import pytest

from pipeline.extract.contradictions import lost_digits
from pipeline.extract.figures import find_figures
from tests.figuretruth import FOLDER, read


@pytest.mark.parametrize(
    ("text", "places", "many"),
    [
        ("从年到年，收入完成万元，增长%。", 3, True),
        ("20XX年新建。", 1, False),
        ("从2012年到2020年，收入完成3万元，增长5%。", 0, False),
        ("从年初到年末，万元产值能耗、百万元以上项目。", 0, False),
    ],
)
def test_lost_digits(text: str, places: int, many: bool) -> None:
    found, all_over = lost_digits(text)
    assert (len(found), all_over) == (places, many)


def test_sound_texts_are_not_doubted() -> None:
    doubted = [
        (path.stem, figure.surface, figure.trust_reason)
        for path in sorted(FOLDER.glob("*.txt"))
        for figure in find_figures(read(path).text)
        if figure.trust != "sound"
    ]
    assert doubted == []
