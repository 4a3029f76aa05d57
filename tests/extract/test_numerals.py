import pytest

from pipeline.extract.numerals import arabic, chinese
from tests.casefiles import cases


@pytest.mark.parametrize("case", cases("numerals"))
def test_chinese(case):
    assert chinese(case["numeral"]) == case["value"]


@pytest.mark.parametrize(
    ("digits", "multiplier", "value"),
    [("1,234", None, 1234), ("1，234.5", None, 1234.5), ("17413.5", "万", 174135000), ("3.52", "万亿", 3.52e12), ("0.1", "百", 10)],
)
def test_arabic(digits, multiplier, value):
    assert arabic(digits, multiplier) == value


def test_what_is_no_numeral_is_refused():
    with pytest.raises(ValueError, match="格式|输入"):
        chinese("百千")
