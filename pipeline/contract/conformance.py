"""Whether tables keep what the contract promises: types, values, patterns, keys.

One check is made from the declaration for each promise; a step that wants it takes it from here. What a
promise is belongs in `fields` and `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract.checks import Check, Tables, Tally, error
from pipeline.contract.tables import ForeignKey, Table


def schema(spec: Table) -> Callable[[Tables], Tally]:
    """Columns of a table that are missing, too many, of another type, or null where they must not be."""

    def look(tables: Tables) -> Tally:
        rows = tables[spec.name]
        wrong = len(set(rows.column_names) ^ set(spec.columns))
        for field in spec.fields:
            if field.name in rows.column_names:
                column = rows[field.name]
                wrong += column.type != field.type or (not field.nullable and column.null_count > 0)
        return Tally(wrong, len(spec.fields))

    return look


def values(spec: Table) -> Callable[[Tables], Tally]:
    """Values outside their vocabulary or pattern."""

    def look(tables: Tables) -> Tally:
        wrong = seen = 0
        for field in spec.fields:
            if field.name not in tables[spec.name].column_names or not (field.values or field.pattern):
                continue
            column = tables[spec.name][field.name].drop_null()
            flat = pc.list_flatten(column) if pa.types.is_list(column.type) else column
            distinct = pc.unique(flat).to_pylist()
            pattern = re.compile(field.pattern or "")
            wrong += sum(
                (field.values and v not in field.values) or bool(field.pattern and not pattern.fullmatch(v)) for v in distinct
            )
            seen += len(distinct)
        return Tally(wrong, seen)

    return look


def unique_key(spec: Table) -> Callable[[Tables], Tally]:
    """Rows whose primary key another row has."""

    def look(tables: Tables) -> Tally:
        rows = tables[spec.name]
        distinct = rows.select(list(spec.primary_key)).group_by(list(spec.primary_key)).aggregate([]).num_rows
        return Tally(rows.num_rows - distinct, rows.num_rows)

    return look


def foreign_key(spec: Table, key: ForeignKey) -> Callable[[Tables], Tally]:
    """Values that point to nothing."""

    def look(tables: Tables) -> Tally:
        (column,), (target,) = key.columns, key.references
        held = tables[spec.name][column].drop_null()
        known = pc.is_in(held, value_set=tables[key.table][target].combine_chunks())
        return Tally(pc.sum(pc.invert(known)).as_py() or 0, len(held))

    return look


def contract_checks(step: Literal["link", "release"], specs: Sequence[Table]) -> tuple[Check, ...]:
    """All checks that the contract itself asks for, of these tables."""
    checks: list[Check] = []
    for spec in specs:
        checks += (
            error(
                step,
                f"{spec.name}_schema",
                f"{spec.name} has the declared columns, types and no missing values",
                schema(spec),
            ),
            error(step, f"{spec.name}_values", f"every value in {spec.name} is one of those declared", values(spec)),
            error(step, f"{spec.name}_key", f"{', '.join(spec.primary_key)} is unique in {spec.name}", unique_key(spec)),
        )
        checks += (
            error(
                step,
                f"{spec.name}_{key.columns[0]}",
                f"every {key.columns[0]} in {spec.name} is in {key.table}",
                foreign_key(spec, key),
            )
            for key in spec.foreign_keys
        )
    return tuple(checks)
