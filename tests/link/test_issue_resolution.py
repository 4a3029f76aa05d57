from dataclasses import asdict

import pytest

from pipeline.extract.figures import find_figures
from pipeline.link.issue_resolution import pair_issues


def pairs(text):
    rows = [asdict(figure) for figure in find_figures(text)]
    return [(pair.issues_found, pair.issues_resolved) for pair in pair_issues(rows)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共排查安全隐患88处，已整改80处。", [(88, 80)]),
        ("检视问题60余条，已整改40余条，收到意见近30条。", [(60, 40)]),
        ("上半年受理群众诉求532件，办结518件。查出问题12个，解决9个。", [(532, 518), (12, 9)]),
        ("全县收集到群众反映的出行问题39 件，整改落实31件。", [(39, 31)]),
        ("新建公路12公里，整改隐患3处。", []),
        ("查出问题12个，发放补贴9万元。", []),
        ("查出问题12个，解决纠纷20个。", []),
        ("查出问题12个，涉及5类。", []),
    ],
)
def test_pairs(text, expected):
    assert pairs(text) == expected


def test_the_rate():
    rows = [asdict(figure) for figure in find_figures("查出问题40个，解决30个。")]
    (pair,) = pair_issues(rows)
    assert pair.resolution_rate == 0.75
