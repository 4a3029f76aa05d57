"""The contract as Dagster shows it: column schemas, column lineage, and checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
import pyarrow as pa

from pipeline.contract.checks import Check
from pipeline.contract.tables import Table


def column_schema(spec: Table) -> dg.TableSchema:
    """A table's columns with types, descriptions and constraints."""
    keys = set(spec.primary_key) if len(spec.primary_key) == 1 else set()
    return dg.TableSchema(
        [
            dg.TableColumn(
                field.name,
                str(field.type),
                f"{field.description} {field.description_zh}",
                dg.TableColumnConstraints(
                    nullable=field.nullable,
                    unique=field.name in keys,
                    other=[f"one of {', '.join(field.values)}"] if field.values else [],
                ),
            )
            for field in spec.fields
        ]
    )


def column_lineage(spec: Table, *upstream: tuple[dg.AssetKey, Table]) -> dg.TableColumnLineage:
    """Which columns come unchanged from which columns upstream: those that share their declaration."""
    deps = {
        field.name: [dg.TableColumnDep(key, field.name) for key, other in upstream if field.name in other.columns]
        for field in spec.fields
    }
    return dg.TableColumnLineage({name: found for name, found in deps.items() if found})


def definition_metadata(spec: Table, *upstream: tuple[dg.AssetKey, Table]) -> dict[str, object]:
    """Metadata that holds for every materialization of a table."""
    return {
        "dagster/column_schema": column_schema(spec),
        "dagster/column_lineage": column_lineage(spec, *upstream),
        "dagster/table_name": spec.name,
    }


def preview(rows: pa.Table, n: int = 5) -> dg.MarkdownMetadataValue:
    """The first rows of a table, long texts cut."""

    def cell(value: object) -> str:
        return str("" if value is None else value).replace("|", "\\|").replace("\n", " ")[:60]

    names = rows.column_names
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(cell(row[name]) for name in names) + " |" for row in rows.slice(0, n).to_pylist()]
    return dg.MetadataValue.md("\n".join(lines))


def check_spec(check: Check, asset: dg.AssetKey) -> dg.AssetCheckSpec:
    """A check as Dagster declares it."""
    return dg.AssetCheckSpec(check.name, asset=asset, description=check.description, blocking=check.blocking)


def check_result(row: Mapping[str, Any], asset: dg.AssetKey) -> dg.AssetCheckResult:
    """What a check said, a row of the table `quality`, as Dagster records it."""
    return dg.AssetCheckResult(
        passed=row["passed"],
        asset_key=asset,
        check_name=row["check"],
        severity=dg.AssetCheckSeverity.ERROR if row["severity"] == "error" else dg.AssetCheckSeverity.WARN,
        metadata={"value": row["value"], "threshold": row["threshold"]},
        description=f"measured {row['value']:g}, at most {row['threshold']:g}",
    )
