"""The tour in docs/ runs as it stands, over a release of the project's own samples, and shows what it showed."""

import re
from pathlib import Path

import pytest

from tests.graph.conftest import run  # noqa: F401  (the fixture)

TOUR = Path(__file__).resolve().parents[1] / "docs" / "tour.ipynb"
AGAIN = (
    "docs/tour.ipynb is stale; execute it anew: "
    "make run && mv docs/tour.ipynb . && .venv/bin/jupyter execute --inplace tour.ipynb && mv tour.ipynb docs"
)


def shown(notebook):
    """Of each output: its kind, and of a table the names of its columns. Numbers move with what the pipeline learns."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            table = output.get("data", {}).get("text/html", "")
            yield output.output_type, re.findall(r"<th>([a-z_ ]+)</th>", table.partition("</thead>")[0])


def test_the_tour_runs_and_shows_what_it_showed(run, tmp_path):  # noqa: F811
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    (tmp_path / "output").symlink_to(run[1])
    notebook = nbformat.read(TOUR, 4)
    told = list(shown(notebook))
    assert [columns for _, columns in told if columns], AGAIN
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert list(shown(notebook)) == told, AGAIN
