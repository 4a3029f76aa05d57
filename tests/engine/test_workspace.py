"""The Dagster resource refuses what it cannot work with, and says what to do."""

from __future__ import annotations

import dagster as dg
import pytest
from pydantic import ValidationError

from pipeline.engine.workspace import Workspace


def test_a_folder_is_taken() -> None:
    assert Workspace(out="output/of/tonight").out == "output/of/tonight"


def test_an_address_is_no_output_folder() -> None:
    with pytest.raises(ValidationError, match="set publish_to"):
        Workspace(out="s3://bucket/county")


def test_dagster_says_so_before_it_runs_anything() -> None:
    ran: list[str] = []

    @dg.asset
    def anything(workspace: dg.ResourceParam[Workspace]) -> None:
        ran.append(workspace.out)

    with pytest.raises(dg.DagsterError, match="Error executing resource_fn") as failed:
        dg.materialize(
            [anything],
            resources={"workspace": Workspace.configure_at_launch()},
            run_config={"resources": {"workspace": {"config": {"out": "s3://bucket/county"}}}},
        )
    assert "set publish_to" in str(failed.value.__cause__)
    assert ran == []
