"""The contract as a data dictionary in Markdown, English and Chinese side by side.

`docs/data-dictionary.md` is this text as committed; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from pipeline.contract.fields import Field
from pipeline.contract.tables import Table
from pipeline.contract.views import VIEWS

_TYPES: dict[pa.DataType, str] = {
    pa.string(): "text",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}

_HEAD = """\
# Data dictionary · 数据字典

Every table and column of a release. This page is made from the code that makes the tables
(`pipeline/contract`), so it cannot differ from them; `xianqing describe` prints the same.

本页列出发布数据中的全部表与列，由生成数据的同一份声明自动产生。列名为英文，取值除另有说明外均为简体中文。
"""


def dictionary(tables: Sequence[Table]) -> str:
    """The data dictionary.

    Args:
        tables: the tables to describe, in order.

    Returns:
        Markdown that ends with a newline.
    """
    contents = "\n".join(f"- [{t.name}](#{t.name}): {t.description} {t.description_zh}" for t in tables)
    return "\n".join([_HEAD, contents, *("\n" + table_section(table) for table in tables), "\n" + views_section(tables)]) + "\n"


def table_section(table: Table, heading: str = "##") -> str:
    """One table: what a row is, its keys, and its columns."""
    lines = [f"{heading} {table.name}", "", table.description, table.description_zh, ""]
    lines.append(f"Key · 主键: {_names(table.primary_key)}. Sorted by · 排序: {_names(table.order)}.")
    for key in table.foreign_keys:
        lines.append(f"{_names(key.columns)} → {key.table}.{', '.join(key.references)}.")
    lines += ["", "| column | type | | what it holds | 含义 |", "|---|---|---|---|---|"]
    for field in table.fields:
        cells = (
            f"`{field.name}`",
            type_name(field.type),
            "" if field.nullable else "required",
            field.description + _more(field),
            field.description_zh,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def views_section(tables: Sequence[Table], heading: str = "##") -> str:
    """The views over these tables, with what is computed in them; their other columns keep what their table says."""
    lines = [
        f"{heading} Views · 视图",
        "",
        "In `xianqing.duckdb` and in `xianqing query`. 在 `xianqing.duckdb` 与 `xianqing query` 中可用。",
    ]
    for view in VIEWS:
        held = view.held(tables)
        columns = _names([column.name for column in held])
        lines += ["", f"**{view.name}**: {view.description} {view.description_zh}", "", f"Columns · 列: {columns}.", ""]
        lines += [f"- `{column.name}`: {column.description} {column.description_zh}" for column in held if column.described]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n")


def type_name(type_: pa.DataType) -> str:
    """A type in a word that readers of any tool know."""
    if pa.types.is_list(type_):
        return f"list of {_TYPES[type_.value_type]}"
    return _TYPES[type_]


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _more(field: Field) -> str:
    unit = f" Unit: {field.unit}." if field.unit else ""
    values = f" One of {', '.join(f'`{value}`' for value in field.values)}." if field.values else ""
    pattern = f" Matches `{field.pattern}`." if field.pattern else ""
    return unit + values + pattern
