"""What the how-to pages say is true: their Python runs, their commands and links exist."""

import re
from pathlib import Path

import click
import pytest
import sqlalchemy
import yaml
from click.testing import CliRunner

from pipeline.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)


def test_the_tutorial_leads_to_a_chart(tmp_path, monkeypatch):
    pytest.importorskip("plotly", reason="plotly (charts) is not installed")
    monkeypatch.chdir(tmp_path)
    first, last = blocks(ROOT / "docs" / "tutorial.md", "python")
    names = {}
    exec(first, names)
    for args in (["repair", "--explain", "pages/garbled.txt"], ["run", "pages", "--out", "mine"]):
        done = CliRunner().invoke(main, args)
        assert done.exit_code == 0, done.output
    sql = re.search(r'query "(.*?)"', (ROOT / "docs" / "tutorial.md").read_text("utf-8"))[1]
    assert "478" in CliRunner().invoke(main, ["query", sql, "--release", "mine"]).output
    exec(last, names)
    drawn = (tmp_path / "chart.html").read_text("utf-8")
    assert "478" in drawn and "\\u6c11\\u5bbf" in drawn  # 民宿


def test_the_repair_alone(capsys):
    for code in blocks(ROOT / "docs" / "repair.md", "python"):
        exec(code, {})
    assert "网站首页上的县域经济发展消息" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page):
    for line in re.findall(r"xianqing ([a-z]+(?: [^`\n|]*)?)", page.read_text("utf-8")):
        name, *rest = line.split()
        command = main.commands.get(name)
        if command is None:
            continue
        known = {option for p in command.params if isinstance(p, click.Option) for option in p.opts} | {"--help"}
        for word in rest:
            if word.startswith("--"):
                assert word.split("=")[0].rstrip(".,;:)") in known, f"{page.name}: xianqing {line}"


def test_every_command_is_in_the_reference_and_shows_examples():
    reference = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name, command in main.commands.items():
        assert f"| `{name}" in reference
        assert "Examples:" in command.get_help(click.Context(command))


def test_the_storage_example_is_what_dagster_takes():
    from dagster._core.instance.config import dagster_instance_config_schema

    (text,) = blocks(ROOT / "docs" / "server.md", "yaml")
    assert "storage" in dagster_instance_config_schema()
    database = yaml.safe_load(text)["storage"]["postgres"]["postgres_db"]
    utils = pytest.importorskip("dagster_postgres.utils", reason="dagster-postgres (extra server) is not installed")
    url = utils.pg_url_from_config({"postgres_db": database | {"password": "x"}})
    sqlalchemy.create_engine(url)  # raises where the driver it names is not installed; connects to nothing
