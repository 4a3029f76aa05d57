"""The library that draws the charts: Plotly's script, copied out of the installed package when the page is written."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

SCRIPT = "plotly.min.js"


def copy(folder: Path) -> bool:
    """Put the script beside the page.

    Args:
        folder: where it goes; made if there is a script.

    Returns:
        Whether there is one: without the package `plotly` (extra `charts`) the page shows tables and bars alone.
    """
    package = importlib.util.find_spec("plotly")
    if package is None or package.origin is None:
        return False
    script = Path(package.origin).parent / "package_data" / SCRIPT
    if not script.is_file():
        return False
    folder.mkdir(exist_ok=True)
    shutil.copyfile(script, folder / SCRIPT)
    return True
