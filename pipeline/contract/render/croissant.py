"""The contract as MLCommons Croissant 1.1: `croissant.json`, read by machine-learning tools.

One record set a table, read from its Parquet parts. Every part and CSV file stands in the distribution
with its hash. Foreign keys stand in the descriptions only: loaders read a `references` as an order to
join, and would hand out joined rows in place of the table's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from pipeline.contract.fields import Field
from pipeline.contract.render.release_info import (
    KEYWORDS,
    LICENSE_URL,
    SUMMARY,
    SUMMARY_ZH,
    TITLE,
    TITLE_ZH,
    FileInfo,
    ReleaseInfo,
)
from pipeline.contract.tables import Table

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
PARQUET = "application/x-parquet"  # the name by which Croissant's loader knows Parquet

_TYPES: dict[pa.DataType, str] = {
    pa.string(): "sc:Text",
    pa.int64(): "sc:Integer",
    pa.float64(): "sc:Float",
    pa.date32(): "sc:Date",
    pa.bool_(): "sc:Boolean",
}

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(tables: Sequence[Table], release: ReleaseInfo) -> dict[str, Any]:
    """The Croissant descriptor of a release.

    Args:
        tables: the tables it holds.
        release: its version, date and files.

    Returns:
        The descriptor, in the order in which it is to be written.

    Raises:
        KeyError: a column has a type that the descriptor does not know.
    """
    distribution: list[dict[str, Any]] = []
    for table in tables:
        distribution.append(
            {
                "@type": "cr:FileSet",
                "@id": f"{table.name}-parquet",
                "name": f"{table.name}-parquet",
                "description": {"en": f"All parts of {table.name}.", "zh": f"{table.name} 的全部分片。"},
                "encodingFormat": PARQUET,
                "includes": f"parquet/{table.name}/*.parquet",
            }
        )
        distribution += (_file(file) for file in release.files.get(table.name, ()))
    created = release.created.strftime("%Y-%m-%d")
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": {"en": TITLE, "zh": TITLE_ZH},
        "description": {"en": f"{SUMMARY} {release.rights}", "zh": SUMMARY_ZH + release.rights_zh},
        "license": LICENSE_URL,
        "version": release.version,
        "dateCreated": created,
        "datePublished": created,
        "inLanguage": ["zh-Hans", "en"],
        "keywords": list(KEYWORDS),
        "citeAs": f"{TITLE}, release {release.version}.",
        "isLiveDataset": False,
        "creator": {"@type": "sc:Organization", "name": "Xianqing contributors"},
        "distribution": distribution,
        "recordSet": [_record_set(table) for table in tables],
    }


def _file(file: FileInfo) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": PARQUET if file.format == "parquet" else "text/csv",
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": {"en": table.description, "zh": table.description_zh},
        "key": [{"@id": f"{table.name}/{column}"} for column in table.primary_key],
        "field": [_field(table, field) for field in table.fields],
    }


def _field(table: Table, field: Field) -> dict[str, Any]:
    is_list = pa.types.is_list(field.type)
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": {"en": field.description + _more(table, field), "zh": field.description_zh},
        "dataType": _TYPES[field.type.value_type if is_list else field.type],
        "source": {"fileSet": {"@id": f"{table.name}-parquet"}, "extract": {"column": field.name}},
    }
    return described | ({"isArray": True, "arrayShape": "-1"} if is_list else {})


def _more(table: Table, field: Field) -> str:
    """Unit, values and target of a column, as sentences."""
    parts = []
    if field.unit:
        parts.append(f" Unit: {field.unit}.")
    if field.values:
        parts.append(f" One of: {', '.join(field.values)}.")
    parts += (f" Refers to {key.table}/{key.references[0]}." for key in table.foreign_keys if key.columns == (field.name,))
    return "".join(parts)
