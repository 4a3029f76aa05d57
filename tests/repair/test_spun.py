from __future__ import annotations

from typing import Any

import pytest

from pipeline.lexicon import rows
from pipeline.repair import spun
from pipeline.repair.ladder import repair
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("spun"))
def test_cases(case: dict[str, Any]) -> None:
    repaired = repair(case["text"])
    assert repaired.text == case["text"]
    marked = {row.before for row in repaired.ledger if row.damage == "injected" and row.status == "unresolved"}
    assert marked >= set(case["marked"])
    assert bool(marked) is bool(case["marked"])


def test_each_phrase_is_another_one() -> None:
    table = rows("injected", "spun.tsv")
    assert len({row[0] for row in table}) == len(table)
    assert not [row for row in table if row[1] in row[0] or row[0] in row[1]]


def test_lone_surrogates_do_no_harm() -> None:
    assert spun.find("\ud800" + "鞭策、黉舍、泛博、农产物、轨制、脱贫攻关、县委书籍")
