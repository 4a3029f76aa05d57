"""`xianqing repair` as a user meets it."""

import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("option", "expected"), [((), "网站"), (("--explain",), "pinyin"), (("--diff",), "网")])
def test_repair_of_a_file(cli, tmp_path, option, expected):
    (tmp_path / "a.txt").write_text("網(wǎng)站首頁上的縣域經(jīng)濟(jì)發(fā)展消息")
    result = cli("repair", *option, tmp_path / "a.txt")
    assert result.exit_code == 0, result.output
    assert expected in result.output


def test_repair_for_machines_can_be_undone(cli, tmp_path):
    raw = "網(wǎng)站首頁上的縣域經(jīng)濟(jì)發(fā)展消息"
    (tmp_path / "a.txt").write_text(raw)
    data = json.loads(cli("repair", "--jsonl", tmp_path / "a.txt").stdout)
    from pipeline.repair.ledger import Repair, undo

    assert undo(data["text"], [Repair(**row) for row in data["ledger"]]) == raw


def test_repair_of_standard_input_in_another_charset(cli):
    result = cli("repair", input="县里新修公路12公里，惠及560户。".encode("gb18030"))
    assert result.output.strip() == "县里新修公路12公里，惠及560户。"


def test_repair_of_a_binary_file_is_refused_without_a_traceback(cli, tmp_path):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 50)
    result = cli("repair", tmp_path / "a.bin")
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    assert "a.bin" in result.output


def test_repair_does_not_need_dagster():
    code = "import sys, pipeline.repair; sys.exit(any(m.split('.')[0] == 'dagster' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
