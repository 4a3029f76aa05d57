"""What Dagster sees is loadable, whole and the same through both doors."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
import yaml

from pipeline.contract.tables import table
from pipeline.definitions import defs

ROOT = Path(__file__).resolve().parents[2]
ASSETS = {
    "raw_documents",
    "quarantine",
    "repaired_documents",
    "repairs",
    "entity_mentions",
    "places",
    "geography",
    "figures",
    "signatures",
    "entities",
    "practices",
    "issue_resolution",
    "documents",
    "mentions",
    "linked_figures",
    "release",
}
TABLE_OF = {"figures": "staged_figures", "linked_figures": "figures"}


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_definitions_load():
    dg.Definitions.validate_loadable(defs)


def test_the_chain_is_whole(graph):
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == ASSETS
    release = dg.AssetKey("release")
    assert graph.get_ancestor_asset_keys(release) | {release} == graph.get_all_asset_keys()


@pytest.mark.parametrize("name", sorted(ASSETS))
def test_every_asset_is_described(graph, name):
    node = graph.get(dg.AssetKey(name))
    assert node.description
    assert node.group_name
    assert node.owners
    assert node.kinds
    assert node.code_version
    if name != "release":
        spec = table(TABLE_OF.get(name, name))
        columns = node.metadata["dagster/column_schema"].columns
        assert [column.name for column in columns] == list(spec.columns)
        assert node.metadata["dagster/column_lineage"] or name in ("raw_documents", "quarantine")


def test_every_step_has_blocking_checks(graph):
    blocking = {key.asset_key.to_user_string() for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    assert {"raw_documents", "repaired_documents", "entity_mentions", "figures", "entities", "release"} <= blocking


def test_both_doors_lead_to_the_same_assets():
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    module = workspace["load_from"][0]["python_module"]["module_name"]
    import tomllib

    project = tomllib.loads((ROOT / "dg.toml").read_text())["project"]
    assert module == project["code_location_target_module"] == "pipeline.definitions"
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert "dagster" not in settings
    assert "dg" not in settings


@pytest.mark.slow
def test_dagsters_own_command_loads_the_workspace(tmp_path):
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-w", "workspace.yaml"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"DAGSTER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_step_imports_another_steps_insides_and_dagster_stays_at_the_edge():
    import ast

    steps = {"ingest", "repair", "extract", "link", "publish"}
    edge = {"assets.py", "dagster.py", "workspace.py", "automation.py", "definitions.py", "run.py"}
    for path in (ROOT / "pipeline").rglob("*.py"):
        own = path.relative_to(ROOT / "pipeline").parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            )
            for name in names:
                if name.split(".")[0] == "dagster":
                    assert path.name in edge, path
                parts = name.split(".")
                if parts[0] == "pipeline" and len(parts) > 1 and own in steps and parts[1] in steps and path.name != "assets.py":
                    assert parts[1] == own, f"{path} imports {name}"


def imports_of(path):
    """Modules of this package that a file imports, however far down."""
    import ast

    seen, waiting = set(), [path]
    while waiting:
        file = waiting.pop()
        if file in seen or not file.exists():
            continue
        seen.add(file)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
                base = ROOT / (node.module or "").replace(".", "/")
                waiting += [base.with_suffix(".py"), *(base / f"{alias.name}.py" for alias in node.names)]
    return {file.relative_to(ROOT / "pipeline").as_posix() for file in seen}


@pytest.mark.parametrize(
    ("roots", "step"),
    [
        (["places", "organizations", "people", "initiatives"], "ENTITIES"),
        (["figures"], "FIGURES"),
    ],
)
def test_a_step_names_all_the_code_that_its_result_depends_on(roots, step):
    from pipeline.extract import shard

    code = set(getattr(shard, step).code)
    for root in roots:
        assert imports_of(ROOT / "pipeline" / "extract" / f"{root}.py") <= code
