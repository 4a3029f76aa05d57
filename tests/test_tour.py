"""The tour in docs/ runs as it stands, over a release of the project's own samples."""

from pathlib import Path

import pytest

from tests.graph.conftest import run  # noqa: F401  (the fixture)

TOUR = Path(__file__).resolve().parents[1] / "docs" / "tour.ipynb"


def test_the_tour_runs_and_says_what_it_said(run, tmp_path):  # noqa: F811
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    (tmp_path / "output").symlink_to(run[1])
    notebook = nbformat.read(TOUR, 4)
    told = [[output.output_type for output in cell.get("outputs", [])] for cell in notebook.cells]
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert [[output.output_type for output in cell.get("outputs", [])] for cell in notebook.cells] == told
    assert any(told), "the notebook in docs/ has no output: execute it, then commit it"
