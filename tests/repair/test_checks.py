"""Each check passes on good data and fails on bad."""

import pytest

from pipeline.contract.tables import table
from pipeline.repair import checks, repair
from pipeline.repair.ledger import Draft, Edit, Repair, Repaired

RAW = "網(wǎng)站12号"
EDITS = (Edit(1, 7, "", "pinyin", "restored"), Edit(0, 1, "网", "script", "restored"))


def tables(text=None, raw=RAW, edits=EDITS, **changes):
    draft = Draft(raw)
    for edit in edits:
        draft.apply([edit])
    repaired = draft.finish()
    ledger = [
        {"doc_id": "d" * 16, "seq": n, **{k: getattr(row, k) for k in row.__dataclass_fields__}, **changes}
        for n, row in enumerate(repaired.ledger)
    ]
    empty = dict.fromkeys(table("repaired_documents").columns)
    document = {
        **empty,
        "doc_id": "d" * 16,
        "source": "a",
        "text": repaired.text if text is None else text,
        "n_unresolved": sum(row["status"] == "unresolved" for row in ledger),
    }
    import pyarrow as pa

    raw_row = {**dict.fromkeys(table("raw_documents").columns), "doc_id": "d" * 16, "raw_text": raw}
    return {
        "repaired_documents": pa.Table.from_pylist([document]),
        "repairs": pa.Table.from_pylist(ledger, table("repairs").arrow),
        "raw_documents": pa.Table.from_pylist([raw_row]),
    }


def test_inverts():
    assert checks.inverts(tables()).wrong == 0
    assert checks.inverts(tables(before="")).wrong == 1
    assert checks.inverts(tables(text="别的文字")).wrong == 1


def test_digits_kept():
    assert checks.digits_kept(tables()).wrong == 0
    lost = (Edit(9, 10, "", "script", "restored"),)
    assert checks.digits_kept(tables(edits=lost)).wrong == 1
    assert checks.digits_kept(tables(edits=(Edit(9, 10, "", "furniture", "removed"),))).wrong == 0


def test_simplified():
    assert checks.simplified(tables()).wrong == 0
    assert checks.simplified(tables(text="這縣發展農業產業增長" * 3)).wrong == 1


def test_what_could_not_be_read_need_not_be_simplified():
    raw = "這縣發展農業產業增長"
    assert checks.simplified(tables(raw=raw, edits=(Edit(0, len(raw), raw, "codec", "unresolved"),))).wrong == 0
    assert checks.simplified(tables(raw=raw, edits=())).wrong == 1


@pytest.mark.parametrize(
    ("raw", "text", "ledger", "says"),
    [
        ("修了路", "修路", (), "does not give the raw text"),
        ("12号", "1号", (Repair(0, 2, 0, 1, "12", "1", "layout", "restored", 1.0, None),), "'12' became '1'"),
        ("這縣發展農業產業增長", "這縣發展農業產業增長", (), "Traditional"),
    ],
)
def test_a_repair_that_breaks_a_promise_is_not_sound(raw, text, ledger, says):
    with pytest.raises(checks.Unsound, match=says):
        checks.assert_sound(raw, Repaired(text, ledger))


def test_repair_is_sound():
    checks.assert_sound(RAW, repair(RAW))


def test_marked():
    assert checks.marked(tables(text="县里修了路。")).wrong == 0
    assert checks.marked(tables(text="县里(xiàn)修了&nbsp;路。")).wrong >= 1


def test_resolved():
    assert checks.resolved(tables()).wrong == 0
    assert checks.resolved(tables(raw="甲？乙", edits=(Edit(1, 2, "？", "misaligned_gbk", "unresolved"),))).wrong == 1
