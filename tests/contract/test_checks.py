import pytest

from pipeline.contract.checks import Tally, error, tally, warning


def test_tally_counts_what_is_wrong():
    assert tally([True, False, True]) == Tally(2, 3)
    assert Tally(1, 2) + Tally(0, 3) == Tally(1, 5)


@pytest.mark.parametrize(("wrong", "passed"), [(0, True), (1, False)])
def test_an_error_lets_no_violation_pass_and_stops(wrong, passed):
    verdict = error("repair", "x", "d", lambda _: Tally(0, 0)).judge(Tally(wrong, 10))
    assert (verdict.passed, verdict.stops) == (passed, not passed)


@pytest.mark.parametrize(("wrong", "passed"), [(1, True), (2, False)])
def test_a_warning_lets_a_share_pass_and_never_stops(wrong, passed):
    verdict = warning("repair", "x", "d", lambda _: Tally(0, 0), share=0.1).judge(Tally(wrong, 10))
    assert (verdict.passed, verdict.stops) == (passed, False)
    assert verdict.row["value"] == wrong / 10


def test_nothing_looked_at_passes():
    assert warning("repair", "x", "d", lambda _: Tally(0, 0), share=0.0).judge(Tally(0, 0)).passed
