"""The contract as a Frictionless Data Package, version 2: `datapackage.json`.

Every table is there twice: as CSV under its own name, with the full schema and keys, and as Parquet under
`<name>-parquet`, which carries its schema within. Foreign keys name the CSV resources.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from pipeline.contract.fields import Field
from pipeline.contract.render.release_info import (
    KEYWORDS,
    LICENSE,
    LICENSE_TITLE,
    LICENSE_URL,
    NAME,
    SUMMARY,
    TITLE,
    TITLE_ZH,
    FileInfo,
    ReleaseInfo,
)
from pipeline.contract.tables import Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_TYPES: dict[pa.DataType, str] = {
    pa.string(): "string",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}


def datapackage(tables: Sequence[Table], release: ReleaseInfo) -> dict[str, Any]:
    """The data package of a release.

    Args:
        tables: the tables it holds.
        release: its version, date and files.

    Returns:
        The descriptor, in the order in which it is to be written.

    Raises:
        KeyError: a column has a type that the descriptor does not know.
    """
    resources: list[dict[str, Any]] = []
    for table in tables:
        resources += (_csv(table, file) for file in release.files_of(table.name, "csv"))
        if parts := release.files_of(table.name, "parquet"):
            resources.append(_parquet(table, parts))
    return {
        "$schema": PROFILE,
        "name": NAME,
        "title": TITLE,
        "title_zh": TITLE_ZH,
        "description": f"{SUMMARY} {release.rights}",
        "version": release.version,
        "created": release.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": list(KEYWORDS),
        "licenses": [{"name": LICENSE, "title": LICENSE_TITLE, "path": LICENSE_URL}],
        "rights": release.rights,
        "rights_zh": release.rights_zh,
        **({"accepted_change": release.accepted_change} if release.accepted_change else {}),
        "resources": resources,
    }


def _csv(table: Table, file: FileInfo) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.description,
        "title_zh": table.description_zh,
        "description": f"{table.description} {table.description_zh}",
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(table),
    }


def _parquet(table: Table, parts: Sequence[FileInfo]) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "name": f"{table.name}-parquet",
        "title": table.description,
        "title_zh": table.description_zh,
        "path": parts[0].path if len(parts) == 1 else [part.path for part in parts],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(part.bytes for part in parts),
        "rows": sum(part.rows for part in parts),
    }
    # A hash in the descriptor is that of one file, so many parts have theirs beside them.
    if len(parts) == 1:
        whole["hash"] = f"sha256:{parts[0].sha256}"
    else:
        whole["parts"] = [
            {"path": part.path, "bytes": part.bytes, "hash": f"sha256:{part.sha256}", "rows": part.rows} for part in parts
        ]
    return whole


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field, field.name in table.primary_key) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    keys = [
        {
            "fields": list(key.columns),
            # An empty resource name is the standard's word for the table itself.
            "reference": {"resource": "" if key.table == table.name else key.table, "fields": list(key.references)},
        }
        for key in table.foreign_keys
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(field: Field, identifies: bool) -> dict[str, Any]:
    is_list = pa.types.is_list(field.type)
    described: dict[str, Any] = {
        "name": field.name,
        "type": "array" if is_list else _TYPES[field.type],
        "description": field.description,
        "description_zh": field.description_zh,
    }
    if field.unit:
        described["unit"] = field.unit
    constraints: dict[str, Any] = {}
    # A CSV reader that takes "" for missing must not be told that a text which may be empty is required.
    never_empty = field.type != pa.string() or field.values or field.pattern or identifies
    if not field.nullable and never_empty:
        constraints["required"] = True
    if field.values and is_list:
        described["arrayItem"] = {"type": "string", "constraints": {"enum": list(field.values)}}
    elif field.values:
        constraints["enum"] = list(field.values)
    if field.pattern:
        constraints["pattern"] = field.pattern
    return described | ({"constraints": constraints} if constraints else {})
