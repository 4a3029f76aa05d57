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


def preview(rows: pa.Table) -> dg.MarkdownMetadataValue:
    """A few rows of a table, long texts cut."""

    def cell(value: object) -> str:
        return str("" if value is None else value).replace("|", "\\|").replace("\n", " ")[:60]

    names = rows.column_names
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(cell(row[name]) for name in names) + " |" for row in rows.to_pylist()]
    return dg.MetadataValue.md("\n".join(lines))


# Where to look and what to do when a check of a step fails; the last release stays published meanwhile.
ADVICE: Mapping[str, str] = {
    "ingest": "Look at `quarantine`: its `reason` and `detail` name the files. Mend or remove them in the raw folder, or teach "
    "`pipeline/ingest` to read them, then materialize `raw_documents` again.",
    "repair": "Look for the documents in `repaired_documents` and `repairs`; `xianqing repair --explain FILE` "
    "shows what happened to one text. Mend `pipeline/repair` with a case in `tests/cases`, then materialize `repaired_documents` "
    "again.",
    "entities": "Compare `entity_mentions` with the text at `start` and `end`. Mend `pipeline/extract` or its word lists "
    "with a case in `tests/cases`, then materialize `entity_mentions` again.",
    "figures": "Compare `figures` with the text at `start` and `end`, and read `trust_reason`. Mend `pipeline/extract` with "
    "a case in `tests/cases`, then materialize `figures` again.",
    "link": "The tables disagree across documents. Materialize all again; if it stays, mend `pipeline/link`.",
    "release": "Nothing was published and the last release stands. If raw files changed this much on purpose, publish with "
    "`--accept-change REASON` (in the launchpad: `accept_change`); otherwise materialize the step that made the table again.",
}


def check_spec(check: Check, asset: dg.AssetKey) -> dg.AssetCheckSpec:
    """A check as Dagster declares it."""
    return dg.AssetCheckSpec(check.name, asset=asset, description=check.description, blocking=check.blocking)


def check_result(row: Mapping[str, Any], asset: dg.AssetKey, why: str = "") -> dg.AssetCheckResult:
    """What a check said, a row of the table `quality`, as Dagster records it; `why` is told where it failed."""
    return dg.AssetCheckResult(
        passed=row["passed"],
        asset_key=asset,
        check_name=row["check"],
        severity=dg.AssetCheckSeverity.ERROR if row["severity"] == "error" else dg.AssetCheckSeverity.WARN,
        metadata={"value": row["value"], "threshold": row["threshold"]},
        description=told(row) + (f" {why}" if why and not row["passed"] else ""),
    )


def told(row: Mapping[str, Any]) -> str:
    """What a check measured, and where it failed, what that means and what to do next."""
    measure = f"measured {row['value']:g}, at most {row['threshold']:g}"
    if row["passed"]:
        return f"Passed: {measure}."
    meaning = (
        "Nothing downstream is made until it passes."
        if row["severity"] == "error"
        else "A warning: the chain goes on, look at it."
    )
    return f"Failed: {measure}. It should hold that {row['description']}. {meaning} What to do: {ADVICE[row['step']]}"


def plotted(values: Mapping[str, float]) -> dict[str, dg.MetadataValue[Any]]:
    """Measures as numbers that the UI plots over runs."""
    return {name: dg.MetadataValue.float(value) for name, value in values.items()}


def asset_description(spec: Table, checks: int, step: str) -> str:
    """What an asset holds, in both languages, and how to use and mend it."""
    keys = f"A row is found by {', '.join(f'`{name}`' for name in spec.primary_key)}." if spec.primary_key else ""
    return (
        f"{spec.description}\n\n{spec.description_zh}\n\n{keys} {len(spec.fields)} columns; *Columns* below explains each, "
        f"*Lineage* where it comes from. Made by the step `{step}`, "
        + (
            "over all shards together; made anew only where one of them or the code changed.\n\n"
            if step == "link"
            else "shard by shard: only shards whose input or code changed are made anew (`shards_reused` counts the others).\n\n"
        )
        + (f"{checks} checks look at it; a failed one says in its description what to do.\n\n" if checks else "")
        + "Below, *Metadata* has its measures, as *Plots* over runs, and a preview of its rows."
    )
