import datetime as dt

import pytest

from pipeline.extract.periods import find_periods, year_of
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("periods"))
def test_cases(case):
    def day(text):
        return dt.date.fromisoformat(text) if text else None

    found = list(find_periods(case["text"], day(case["published_on"])))
    wanted = [(day(case["start"]), day(case["end"]))] if case["start"] or case["end"] else []
    assert [(period.start, period.end) for _, period in found] == wanted


def test_the_one_year_that_a_text_names_is_its_year():
    assert year_of("2019年脱贫。截至10月底", None) == 2019
    assert year_of("2018年与2019年", None) is None
    assert year_of("2018年", dt.date(2020, 1, 1)) == 2020
