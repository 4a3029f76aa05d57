"""The sample documents: raw/ is what the script makes, and the clean truth says nothing that is not so."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from bench import corpus
from pipeline.charset import decode
from pipeline.contract.fields import DAMAGE, QUALIFIER, REASON
from pipeline.repair import misaligned_generator
from scripts.make_samples import SIDECAR, build, damaged, differences, write
from scripts.samples import STEPS, chinese, misaligned
from scripts.samples.page import text_page
from scripts.samples.truth import FOLDER, ROOT, Truth, expected_text, load, source

RAW = ROOT / "raw"
TRUTHS = load()


def _by_name(name: str) -> Truth:
    return next(truth for truth in TRUTHS if truth["name"] == name)


def test_raw_is_what_the_script_makes() -> None:
    assert differences(RAW) == []


def test_check_says_what_differs(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "txt" / "tongwei-honeysuckle.txt").write_text("改过了", "utf-8")
    (tmp_path / "stray.txt").write_text("外来的", "utf-8")
    (tmp_path / "other" / "notice.docx").unlink()
    command = [sys.executable, str(ROOT / "scripts" / "make_samples.py"), "--check", "--out", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        "differs: txt/tongwei-honeysuckle.txt",
        "missing: other/notice.docx",
        "not made here: stray.txt",
    ]


def test_each_file_has_a_sidecar_with_its_hash() -> None:
    files = build()
    for path in (p for p in files if not p.endswith(SIDECAR)):
        sidecar = json.loads(files[path + SIDECAR])
        assert sidecar["sha256"] == hashlib.sha256(files[path]).hexdigest()
        assert sidecar["licence"] == "CC0-1.0"
        assert {"producer", "written_on", "note", "n_bytes"} <= sidecar.keys()


def test_every_damage_class_and_mechanism_occurs() -> None:
    assert {d for truth in TRUTHS for d in truth["damage"]} == set(DAMAGE)
    assert {s for truth in TRUTHS for s in truth["raw"]["steps"]} == set(STEPS)
    assert any(not truth["damage"] for truth in TRUTHS)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: str(truth["name"]))
def test_truth_holds_together(truth: Truth) -> None:
    body = "\n".join(truth["body"])
    everything = "\n".join([body, truth["title"], truth["subtitle"] or "", truth["publisher"] or ""])
    assert 400 <= len(body) <= 1200
    assert {figure["qualifier"] for figure in truth["figures"]} <= set(QUALIFIER)
    for figure in truth["figures"]:
        assert figure["surface"] in body
        assert (figure["value"] is None) == (figure["qualifier"] == "range") == (figure["lower"] is not None)
    bylines = {byline["name"] for byline in truth["bylines"]}
    for name in (*truth["people"], *truth["organizations"], *truth["campaigns"], *truth["mechanisms"]):
        assert name in everything or name in bylines
    for part in truth["lost"]:
        assert body.count(part["was"]) == 1
    if truth["issue_resolution"]:
        assert truth["issue_resolution"]["resolved"] <= truth["issue_resolution"]["found"]
        assert all(str(n) in body for n in truth["issue_resolution"].values())
    if truth["duplicate_of"]:
        assert _by_name(truth["duplicate_of"])["name"] != truth["name"]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: str(truth["name"]))
def test_steps_change_the_page(truth: Truth) -> None:
    if truth["raw"]["template"]:
        return
    text = text_page(truth)
    for step in truth["raw"]["steps"]:
        assert STEPS[step](text) != text, f"{step} finds nothing to damage"
        text = STEPS[step](text)


@pytest.mark.parametrize("truth", [t for t in TRUTHS if t["raw"]["record"] is None], ids=lambda t: str(t["name"]))
def test_raw_bytes_decode_to_the_damaged_page(truth: Truth) -> None:
    assert decode((RAW / truth["raw"]["path"]).read_bytes()).text == damaged(truth)


def test_lost_parts_are_lost_in_raw() -> None:
    truth = _by_name("baiquan-bulletin")
    assert expected_text(truth) in damaged(truth)


def test_quarantine_names_what_is_there() -> None:
    rows = [json.loads(line) for line in (FOLDER / "quarantine.jsonl").read_text("utf-8").splitlines()]
    assert {row["reason"] for row in rows} <= set(REASON)
    assert all((RAW / row["source"].split("#")[0]).is_file() for row in rows)
    assert not {row["source"] for row in rows} & {source(truth) for truth in TRUTHS}


def test_misaligned_runs_are_read_one_byte_late() -> None:
    # 。 A1A3, 可 BFC9: the pair A3BF is taken for a question mark, and what follows shifts until the next comma.
    assert misaligned.with_replacement("办完。可靠的水源，也") == "办完??煽康乃?,也"
    # 。 A1A3, 縣 BF68: the rest of the character is a Latin letter, and the run is over.
    assert misaligned.with_loss("機制。縣委") == "機制?h委"


def test_misaligning_leaves_other_text_alone() -> None:
    text = "他说,办完了。”全县共5个村(社区),路通了。今年"
    assert misaligned.with_replacement(text) == text


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: str(truth["name"]))
def test_repair_knows_the_same_generator(truth: Truth) -> None:
    # Written independently of each other, so that agreement says something.
    text = "\n".join(truth["body"])
    assert misaligned.with_quotes(text) == misaligned_generator.misalign(text, fold=False)


def test_mirror_traditional_has_its_peculiarities() -> None:
    assert chinese.traditional("陕西着力为群众干实事") == "陜西著力為群眾干實事"


def test_corpus_is_repeatable_and_mostly_clean(tmp_path: Path) -> None:
    n = corpus.make(tmp_path / "a", 0.3)
    assert corpus.make(tmp_path / "b", 0.3) == n
    written = [(tmp_path / side / "part-00000.jsonl").read_bytes() for side in "ab"]
    assert written[0] == written[1]
    assert 300_000 <= len(written[0]) < 310_000
    some = list(islice(corpus.documents(damaged=0.05, seed=3), 1000))
    assert 20 <= sum(bool(document["steps"]) for document in some) <= 80
    assert len({document["text"] for document in some}) == len(some)
