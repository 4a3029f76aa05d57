"""The contract as SQL that DuckDB runs: tables with their comments, and the views.

How rows get into them belongs in `pipeline.publish.database`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from pipeline.contract.relations import quoted
from pipeline.contract.tables import Table
from pipeline.contract.views import VIEWS

_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
}


def create_table(spec: Table) -> Iterator[str]:
    """Statements that make a table and say what its columns hold.

    Raises:
        KeyError: a column has a type that is not known here.
    """
    columns = (f'"{field.name}" {sql_type(field.type)}{"" if field.nullable else " NOT NULL"}' for field in spec.fields)
    yield f'CREATE TABLE "{spec.name}" ({", ".join(columns)})'
    yield f'COMMENT ON TABLE "{spec.name}" IS {quoted(f"{spec.description} {spec.description_zh}")}'
    for field in spec.fields:
        unit = f" Unit: {field.unit}." if field.unit else ""
        yield (f'COMMENT ON COLUMN "{spec.name}"."{field.name}" IS {quoted(f"{field.description}{unit} {field.description_zh}")}')


def create_views(specs: Sequence[Table], *, temporary: bool = False) -> Iterator[str]:
    """Statements that make the views over these tables; `temporary` ones carry no comments."""
    for view in VIEWS:
        yield f'CREATE {"TEMP " if temporary else ""}VIEW "{view.name}" AS {view.sql(specs)}'
        if not temporary:
            yield f'COMMENT ON VIEW "{view.name}" IS {quoted(f"{view.description} {view.description_zh}")}'
            for column in view.held(specs):
                comment = quoted(f"{column.description} {column.description_zh}")
                yield f'COMMENT ON COLUMN "{view.name}"."{column.name}" IS {comment}'


def select(spec: Table) -> str:
    """The query for a table's declared columns."""
    columns = ", ".join(f'"{name}"' for name in spec.columns)
    return f'SELECT {columns} FROM "{spec.name}"'


def sql_type(type_: pa.DataType) -> str:
    """A type in DuckDB's words."""
    return f"{_TYPES[type_.value_type]}[]" if pa.types.is_list(type_) else _TYPES[type_]
