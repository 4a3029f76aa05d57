"""The page for people: `report/index.html`, one self-contained folder that works from disk.

`page/` holds the page as it is shipped; `facts`, `documents` and `counties` write what it shows, as small
scripts that it loads when they are needed (a page opened from disk may load scripts, but not fetch data).
"""

from __future__ import annotations

from pipeline.publish.report.build import build_report

__all__ = ["build_report"]
