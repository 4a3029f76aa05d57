"""Data as a script: `xianqing(name, value)`, which a page opened from disk may load where it may not fetch."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

# Legal in JSON, not everywhere in scripts; and nothing in the data shall look like a tag.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_script(path: Path, name: str, value: Any) -> None:
    """Write a value as a script that hands it to the page under a name.

    Args:
        path: the file.
        name: under which the page asks for it.
        value: lists, dictionaries, texts, numbers, dates.
    """
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_date)
    for char, escape in _ESCAPES.items():
        body = body.replace(char, escape)  # many times as fast as translate where a text is mostly Chinese
    path.write_text(f"xianqing({json.dumps(name)},{body});\n", "utf-8")


def _date(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no place in the page's data")
