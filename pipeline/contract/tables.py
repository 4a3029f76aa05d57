"""The tables: which columns each has, what identifies a row, and what it points to.

`PUBLISHED` is what a release holds; `STAGED` is what the steps hand on to one another. Columns are
declared in `pipeline.contract.fields`; forms made from these declarations live in `pipeline.contract.render`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pyarrow as pa

from pipeline.contract import fields as f
from pipeline.contract.fields import Field


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of this table whose values stand in another table."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table.

    Args:
        name: English snake_case.
        fields: its columns, in order.
        primary_key: the columns that identify a row.
        foreign_keys: what it points to.
        sort_by: the order of the rows; the primary key where nothing else is said.
        description: what a row is, in English.
        description_zh: the same in Chinese.
    """

    name: str
    description: str
    description_zh: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    sort_by: tuple[str, ...] = ()

    @cached_property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, with descriptions as metadata."""
        return pa.schema([field.arrow for field in self.fields], {"description": self.description})

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that rows are sorted by."""
        return self.sort_by or self.primary_key

    def column(self, name: str) -> Field:
        """A column by name.

        Raises:
            KeyError: the table has no such column.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no column {name}; it has {', '.join(self.columns)}")

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        """An Arrow table of these rows.

        Raises:
            KeyError: a row lacks a column or has one that was not declared.
            pyarrow.ArrowInvalid: a value does not fit its column.
        """
        names = set(self.columns)
        for row in rows:
            if row.keys() != names:
                lacks, extra = sorted(names - row.keys()), sorted(row.keys() - names)
                raise KeyError(f"a row of {self.name} lacks {lacks} or has {extra} too many")
        return pa.Table.from_pylist(list(rows), self.arrow)

    def of_columns(self, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
        """An Arrow table of these columns, which takes half the time of rows.

        Raises:
            KeyError: a column is missing or was not declared.
            pyarrow.ArrowInvalid: a value does not fit its column, or the columns are not of one length.
        """
        if columns.keys() != set(self.columns):
            lacks, extra = sorted(set(self.columns) - columns.keys()), sorted(columns.keys() - set(self.columns))
            raise KeyError(f"{self.name} lacks the columns {lacks} or has {extra} too many")
        return pa.Table.from_pydict(dict(columns), self.arrow)

    def without_source_text(self) -> Table:
        """The same table without the columns that repeat its authors' words."""
        return replace(self, fields=tuple(field for field in self.fields if not field.source_text))


# What repair says of a document, as staged and as published.
_page = (
    f.doc_id,
    f.source,
    f.sha256,
    f.n_bytes,
    f.encoding,
    f.script,
    f.damages,
    f.n_repairs,
    f.n_unresolved,
    f.title,
    f.subtitle,
    f.text,
    f.author,
    f.editor,
    f.publisher,
    f.section,
    f.published_on,
    f.published_on_basis,
)
_document = ForeignKey(("doc_id",), "documents", ("doc_id",))
_entity = ForeignKey(("entity_id",), "entities", ("entity_id",))

documents = Table(
    "documents",
    "One row a raw document.",
    "每行一篇原始文档。",
    (
        *_page,
        f.province,
        f.prefecture,
        f.county,
        f.county_code,
        f.duplicate_of,
        f.n_chars,
    ),
    ("doc_id",),
    (ForeignKey(("duplicate_of",), "documents", ("doc_id",)),),
    ("source",),
)
repairs = Table(
    "repairs",
    "The ledger: one row a change between the decoded raw text and the text.",
    "账本：原文与正文之间的每处改动一行。",
    (
        f.doc_id,
        f.seq,
        f.raw_start,
        f.raw_end,
        f.text_start,
        f.text_end,
        f.before,
        f.after,
        f.damage,
        f.status,
        f.confidence,
        f.suggestion,
    ),
    ("doc_id", "seq"),
    (_document,),
)
entities = Table(
    "entities",
    "One row a place, organization, person, campaign or mechanism.",
    "每行一个地点、机构、人物、行动或机制。",
    (
        f.entity_id,
        f.entity_type,
        f.name,
        f.aliases,
        f.code,
        f.level,
        f.parent_id,
        f.county_code,
        f.n_documents,
        f.n_mentions,
    ),
    ("entity_id",),
    (ForeignKey(("parent_id",), "entities", ("entity_id",)),),
)
mentions = Table(
    "mentions",
    "One row a place in a document where an entity is named.",
    "每行一处实体提及。",
    (f.doc_id, f.start, f.end, f.surface, f.entity_type, f.entity_id, f.role, f.confidence),
    ("doc_id", "start", "end", "entity_id", "surface"),
    (_document, _entity),
)
figures = Table(
    "figures",
    "One row a figure that a document reports.",
    "每行一个文档所报告的数据。",
    (
        f.figure_id,
        f.doc_id,
        f.start,
        f.end,
        f.surface,
        f.value,
        f.lower,
        f.upper,
        f.qualifier,
        f.unit,
        f.kind,
        f.base_value,
        f.base_unit,
        f.metric,
        f.per,
        f.change,
        f.subject_id,
        f.county_code,
        f.period_start,
        f.period_end,
        f.context,
        f.trust,
        f.trust_reason,
    ),
    ("figure_id",),
    (_document, ForeignKey(("subject_id",), "entities", ("entity_id",))),
    ("doc_id", "start", "figure_id"),
)
_figure = ("figures", ("figure_id",))
issue_resolution = Table(
    "issue_resolution",
    "Problems raised against problems solved, as the documents report them.",
    "文档所报告的问题发现数与解决数。",
    (
        f.doc_id,
        f.county_code,
        f.period_start,
        f.period_end,
        f.issues_found,
        f.issues_resolved,
        f.resolution_rate,
        f.found_figure_id,
        f.resolved_figure_id,
    ),
    ("doc_id", "found_figure_id", "resolved_figure_id"),
    (_document, ForeignKey(("found_figure_id",), *_figure), ForeignKey(("resolved_figure_id",), *_figure)),
)
practices = Table(
    "practices",
    "What a place did: one row a mechanism and document.",
    "各地做法：每行一个机制与一篇文档。",
    (f.entity_id, f.doc_id, f.county_code, f.name, f.components, f.quote),
    ("entity_id", "doc_id"),
    (_entity, _document),
)
quarantine = Table(
    "quarantine",
    "What could not be read, and why.",
    "未能读取的内容及原因。",
    (
        f.source,
        f.sha256.means(
            "SHA-256 of the bytes, null where they could not be read.",
            "字节的 SHA-256；无法读取时为空。",
            nullable=True,
        ),
        f.n_bytes,
        f.reason,
        f.detail,
    ),
    ("source",),
)
quality = Table(
    "quality",
    "One row a check that ran.",
    "每行一项已执行的检查。",
    (f.step, f.check, f.severity, f.passed, f.measured, f.threshold, f.description),
    ("step", "check"),
)

PUBLISHED = (documents, repairs, entities, mentions, figures, issue_resolution, practices, quarantine, quality)

raw_documents = Table(
    "raw_documents",
    "One row a document as decoded.",
    "每行一篇解码后的文档。",
    (
        f.doc_id,
        f.source,
        f.sha256,
        f.n_bytes,
        f.encoding,
        f.encoding_confidence,
        f.media_type,
        f.hint_title,
        f.hint_date,
        f.raw_text,
    ),
    ("source",),
)
repaired_documents = Table(
    "repaired_documents",
    "One row a document as repaired.",
    "每行一篇修复后的文档。",
    (
        *_page,
        f.n_chars,
        f.bylines,
        f.page_context,
    ),
    ("source",),
)
entity_mentions = Table(
    "entity_mentions",
    "One row a mention with what its document alone says of the entity.",
    "每行一处提及，连同本文档对该实体的判定。",
    (
        f.doc_id,
        f.start,
        f.end,
        f.surface,
        f.entity_type,
        f.entity_id,
        f.name,
        f.role,
        f.code,
        f.level,
        f.parent_code,
        f.county_code,
        f.components,
        f.quote,
        f.confidence,
        f.aside,
    ),
    ("doc_id", "start", "end", "entity_id", "surface"),
)
places = Table(
    "places",
    "One row a place that is mentioned or contains one that is.",
    "每行一个被提及的地点或其上级地点。",
    (f.entity_id, f.name, f.code.required(), f.level, f.parent_code, f.county_code),
    ("entity_id",),
)
geography = Table(
    "geography",
    "One row a document: the county it is mainly about.",
    "每行一篇文档：其主要涉及的县。",
    (f.doc_id, f.province, f.prefecture, f.county, f.county_code, f.county_reason),
    ("doc_id",),
)
staged_figures = Table(
    "staged_figures",
    "One row a figure, before it is tied to an entity.",
    "每行一个数据（尚未关联实体）。",
    (
        *(field for field in figures.fields if field.name not in ("subject_id", "county_code")),
        f.named_from,
        f.whole,
        f.said_at,
        f.said_sort,
    ),
    ("figure_id",),
    sort_by=("doc_id", "start", "figure_id"),
)
signatures = Table(
    "signatures",
    "One row a document: what tells near-identical ones.",
    "每行一篇文档：用于识别近似重复文档。",
    (f.doc_id, f.signature, f.bands),
    ("doc_id",),
)
failures = Table(
    "failures",
    "One row a document that made a step fail.",
    "每行一篇导致步骤失败的文档。",
    (f.doc_id, f.detail),
    ("doc_id",),
)

STAGED = (raw_documents, repaired_documents, entity_mentions, places, geography, staged_figures, signatures, failures)

_BY_NAME = {table.name: table for table in (*PUBLISHED, *STAGED)}


def table(name: str) -> Table:
    """A table by name.

    Raises:
        KeyError: there is no such table.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise KeyError(f"no table {name}; there are {', '.join(_BY_NAME)}") from None
