"""What Dagster's page is told of assets and checks."""

import dagster as dg
import pytest

from pipeline.contract.fields import STEP
from pipeline.contract.render.dagster import ADVICE, asset_description, check_result, told
from pipeline.contract.tables import table

ROW = {
    "step": "figures",
    "check": "c",
    "severity": "error",
    "passed": False,
    "value": 3.0,
    "threshold": 0.0,
    "description": "it holds",
}


@pytest.mark.parametrize("step", STEP)
def test_every_step_has_advice(step):
    assert "What to do: " + ADVICE[step] in told({**ROW, "step": step})


def test_a_failed_check_says_what_it_means():
    assert told(ROW).startswith("Failed: measured 3, at most 0. It should hold that it holds. Nothing downstream")
    assert "A warning" in told({**ROW, "severity": "warning"})
    assert told({**ROW, "passed": True}) == "Passed: measured 3, at most 0."


def test_a_failed_check_tells_what_it_found():
    found = check_result(ROW, dg.AssetKey("release"), "rows went from 9 to 2").description
    assert found.startswith("Failed: ") and found.endswith("rows went from 9 to 2")
    assert "rows went" not in check_result({**ROW, "passed": True}, dg.AssetKey("release"), "rows went from 9 to 2").description


def test_an_asset_is_described_in_both_languages():
    spec = table("figures")
    text = asset_description(spec, 4, "link")
    assert spec.description in text and spec.description_zh in text and "4 checks" in text
    assert "checks look" not in asset_description(spec, 0, "link")
