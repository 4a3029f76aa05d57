"""One real run of the whole chain over the project's own samples, shared by the tests that look at it."""

from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import defs

RAW = Path(__file__).resolve().parents[2] / "raw"


def materialize(raw, out, instance=None, selection=None, **config):
    """Run the chain in this process, as "Materialize all" does."""
    resources = {"workspace": {"config": {"raw": str(raw), "out": str(out), **config}}}
    return defs.resolve_job_def("materialize_all").execute_in_process(
        run_config={"resources": resources},
        instance=instance,
        asset_selection=[dg.AssetKey(name) for name in selection] if selection else None,
        raise_on_error=False,
    )


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """(result, output folder) of a run over the samples."""
    out = tmp_path_factory.mktemp("run") / "output"
    return materialize(RAW, out), out
