"""Whether tables keep what the contract promises: types, values, patterns, keys.

One check is made from the declaration for each promise; a step that wants it takes it from here. What a
promise is belongs in `fields` and `tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import pyarrow as pa

from pipeline.contract.checks import Check, Tally, error
from pipeline.contract.fields import Field
from pipeline.contract.relations import Relations
from pipeline.contract.tables import ForeignKey, Table


def schema(spec: Table) -> Callable[[Relations], Tally]:
    """Columns of a table that are missing, too many, of another type, or null where they must not be."""

    def look(relations: Relations) -> Tally:
        found = relations.schema(spec.name)
        wrong = len(set(found.names) ^ set(spec.columns))
        there = [field for field in spec.fields if field.name in found.names]
        wrong += sum(_plain(found.field(field.name).type) != _plain(field.type) for field in there)
        if needed := [f'bool_or("{field.name}" IS NULL)::INT' for field in there if not field.nullable]:
            wrong += relations.count(f'SELECT {" + ".join(needed)} FROM "{spec.name}"')
        return Tally(wrong, len(spec.fields))

    return look


def _plain(type_: pa.DataType) -> pa.DataType:
    """A type without what its elements are called, which no reader keeps."""
    return pa.list_(type_.value_type) if pa.types.is_list(type_) else type_


def values(spec: Table) -> Callable[[Relations], Tally]:
    """Values outside their vocabulary or pattern."""

    def look(relations: Relations) -> Tally:
        there = relations.schema(spec.name).names
        told = [field for field in spec.fields if field.name in there and (field.values or field.pattern)]
        if not told:
            return Tally(0, 0)
        counts = [f"coalesce(sum(({_strange(field)})::INT), 0)" for field in told]
        wrong = relations.count(f'SELECT {" + ".join(counts)} FROM "{spec.name}"')
        return Tally(wrong, len(told) * relations.count(f'SELECT count(*) FROM "{spec.name}"'))

    return look


def _strange(field: Field) -> str:
    """The SQL of whether a value is not as declared; null is another check's business."""
    column, tests = f'"{field.name}"', []
    known = ", ".join("'" + value.replace("'", "''") + "'" for value in field.values)
    if pa.types.is_list(field.type):
        return f"len(list_filter({column}, lambda v: v NOT IN ({known}))) > 0" if known else "false"
    if known:
        tests.append(f"{column} NOT IN ({known})")
    if field.pattern:
        tests.append(f"NOT regexp_full_match({column}, '{field.pattern}')")
    return " OR ".join(tests)


def unique_key(spec: Table) -> Callable[[Relations], Tally]:
    """Rows whose primary key another row has."""

    def look(relations: Relations) -> Tally:
        key = ", ".join(f'"{column}"' for column in spec.primary_key)
        rows = relations.count(f'SELECT count(*) FROM "{spec.name}"')
        return Tally(rows - relations.count(f'SELECT count(*) FROM (SELECT DISTINCT {key} FROM "{spec.name}")'), rows)

    return look


def foreign_key(spec: Table, key: ForeignKey) -> Callable[[Relations], Tally]:
    """Values that point to nothing."""

    def look(relations: Relations) -> Tally:
        (column,), (target,) = key.columns, key.references
        held = f'FROM "{spec.name}" a WHERE a."{column}" IS NOT NULL'
        known = f'SELECT 1 FROM "{key.table}" b WHERE b."{target}" = a."{column}"'
        return Tally(
            relations.count(f"SELECT count(*) {held} AND NOT EXISTS ({known})"),
            relations.count(f"SELECT count(*) {held}"),
        )

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
