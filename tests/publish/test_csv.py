"""CSV reads back equal, stands no formula, and keeps missing and empty apart."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.contract.fields import TEXTS
from pipeline.publish.csv import read_csv, write_csv

SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("count", pa.int64()),
        ("number", pa.float64()),
        ("day", pa.date32()),
        ("passed", pa.bool_()),
        ("list", TEXTS),
    ]
)
EMPTY = dict.fromkeys(SCHEMA.names)

TEXT = st.none() | st.text(max_size=12) | st.text("=+-@'\"\t\r\n,＝", max_size=5)
ROW = st.fixed_dictionaries(
    {
        "text": TEXT,
        "count": st.none() | st.integers(-(2**63), 2**63 - 1),
        "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "day": st.none() | st.dates(),
        "passed": st.none() | st.booleans(),
        "list": st.none() | st.lists(st.text(max_size=5), max_size=3),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=8))
def test_reads_back_equal(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(rows, SCHEMA)
    write_csv(table, tmp_path / "t.csv")
    assert pa.Table.from_batches(read_csv(tmp_path / "t.csv", SCHEMA), SCHEMA).equals(table)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "'"])
def test_formula_is_disarmed(tmp_path: Path, formula: str) -> None:
    write_csv(pa.Table.from_pylist([EMPTY | {"text": formula}], SCHEMA), tmp_path / "t.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "t.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert row["text"] == "'" + formula


def test_form(tmp_path: Path) -> None:
    rows = [
        EMPTY | {"text": '县情,“引”"号"\n第二行', "day": dt.date(2020, 2, 3), "list": ["甲", "乙"]},
        EMPTY | {"text": ""},
    ]
    write_csv(pa.Table.from_pylist(rows, SCHEMA), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == (
        '\ufefftext,count,number,day,passed,list\r\n"县情,“引”""号""\n第二行",,,2020-02-03,,"[""甲"", ""乙""]"\r\n"",,,,,\r\n'
    ).encode()


def test_other_columns_are_refused(tmp_path: Path) -> None:
    write_csv(pa.table({"other": ["x"]}), tmp_path / "t.csv")
    with pytest.raises((pa.ArrowInvalid, pa.ArrowKeyError)):
        list(read_csv(tmp_path / "t.csv", SCHEMA))
