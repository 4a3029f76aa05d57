"""The views: answers to common questions over the published tables, as SQL that DuckDB runs.

They stand in `xianqing.duckdb` of a release and in `xianqing query`. A column that comes straight from a
table keeps that table's description; what is new is described here. Tables belong in `tables`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contract.fields import Field
from pipeline.contract.tables import Table, table


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view.

    Args:
        name: English snake_case.
        origin: the table and column it comes from, `figures.value`; None where it is computed.
        sql: how it is computed; None where it is taken as it is.
        described: what it holds, in English and in Chinese; taken from the origin where nothing is said.
    """

    name: str
    origin: str | None = None
    sql: str | None = None
    described: tuple[str, str] | None = None

    @property
    def expression(self) -> str:
        """What is selected."""
        return f'{self.sql or _quoted(self.origin or self.name)} AS "{self.name}"'

    @property
    def description(self) -> str:
        """What it holds, in English."""
        return self.described[0] if self.described else self.field.description

    @property
    def description_zh(self) -> str:
        """The same in Chinese."""
        return self.described[1] if self.described else self.field.description_zh

    @property
    def field(self) -> Field:
        """The column it comes from.

        Raises:
            ValueError: it is computed.
        """
        if self.origin is None:
            raise ValueError(f"{self.name} is computed; it comes from no column")
        owner, _, name = self.origin.partition(".")
        return table(owner).column(name)


@dataclass(frozen=True, slots=True)
class View:
    """One view: its question, its columns, and the rest of its SQL from FROM on."""

    name: str
    description: str
    description_zh: str
    columns: tuple[Column, ...]
    source: str

    def sql(self, tables: Sequence[Table]) -> str:
        """The query over these tables; columns that they do not have are left out."""
        return f"SELECT {', '.join(column.expression for column in self.held(tables))} {self.source}"

    def held(self, tables: Sequence[Table]) -> tuple[Column, ...]:
        """The columns that these tables can give: a release of facts lacks some."""
        there = {f"{spec.name}.{name}" for spec in tables for name in spec.columns}
        return tuple(column for column in self.columns if column.origin is None or column.origin in there)


def _quoted(name: str) -> str:
    return ".".join(f'"{part}"' for part in name.split("."))


def _from(owner: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, f"{owner}.{name}") for name in names)


def _new(name: str, sql: str, description: str, description_zh: str) -> Column:
    return Column(name, sql=sql, described=(description, description_zh))


_STATUS_ZH = ("复原", "推断", "移除", "未决")  # in the order in which the contract declares them
_place = _from("documents", "province", "prefecture", "county")

VIEWS = (
    View(
        "figures_in_place",
        "Figures with their place, their subject and the document that reports them; near-duplicates are left out.",
        "数据及其所属地点、主体与出处文档；不含重复文档。",
        (
            *_from("figures", "figure_id"),
            *_place,
            *_from("figures", "county_code"),
            Column("subject", "entities.name", described=("Whom or what the figure is about.", "数据所说的主体。")),
            *_from(
                "figures",
                *("metric", "value", "lower", "upper", "qualifier", "unit", "kind", "per", "change"),
                *("period_start", "period_end", "trust", "trust_reason", "context"),
            ),
            *_from("documents", "title", "published_on", "source", "doc_id"),
        ),
        "FROM figures JOIN documents USING (doc_id) LEFT JOIN entities ON entities.entity_id = figures.subject_id "
        "WHERE documents.duplicate_of IS NULL",
    ),
    View(
        "issues_by_county",
        "Problems found against problems resolved, one row a county; near-duplicates are left out.",
        "发现问题与解决问题，一县一行；不含重复文档。",
        (
            *_place,
            *_from("issue_resolution", "county_code"),
            _new("documents", "count(DISTINCT issue_resolution.doc_id)", "How many documents report it.", "有多少篇文档报告。"),
            _new("issues_found", "sum(issues_found)", "Problems raised, all reports together.", "各篇报告的发现问题数之和。"),
            _new(
                "issues_resolved", "sum(issues_resolved)", "Problems solved, all reports together.", "各篇报告的解决问题数之和。"
            ),
            _new(
                "resolution_rate",
                "sum(issues_resolved) FILTER (issues_found IS NOT NULL) "
                "/ nullif(sum(issues_found) FILTER (issues_resolved IS NOT NULL), 0)",
                "Solved by raised, over the reports that give both.",
                "解决数除以发现数，仅计两数俱全的报告。",
            ),
        ),
        "FROM issue_resolution JOIN documents USING (doc_id) WHERE documents.duplicate_of IS NULL "
        "GROUP BY ALL ORDER BY issues_found DESC NULLS LAST, county_code",
    ),
    View(
        "damage_by_class",
        "How the texts were damaged and what became of it, one row a damage class.",
        "文本的损伤及其处理结果，一类损伤一行。",
        (
            *_from("repairs", "damage"),
            _new("documents", "count(DISTINCT repairs.doc_id)", "How many documents have it.", "有此损伤的文档数。"),
            _new("repairs", "count(*)", "How many changes or marks.", "改动与标记的数目。"),
            *(
                _new(status, f"count(*) FILTER (status = '{status}')", f"How many of them are {status}.", f"其中{word}的数目。")
                for status, word in zip(table("repairs").column("status").values, _STATUS_ZH, strict=True)
            ),
            _new("mean_confidence", "avg(confidence)", "Mean confidence of the changes.", "改动的平均置信度。"),
        ),
        "FROM repairs GROUP BY damage ORDER BY repairs DESC, damage",
    ),
    View(
        "documents_by_county",
        "What is known of each county: documents, span of dates, sound figures.",
        "各县概况：文档数、时间跨度、可信数据数，一县一行。",
        (
            *_place,
            *_from("documents", "county_code"),
            _new(
                "documents",
                "count(*)",
                "How many documents are about it, near-duplicates left out.",
                "关于该县的文档数，不含重复文档。",
            ),
            _new("first_published", "min(published_on)", "Date of the earliest.", "最早发布日期。"),
            _new("last_published", "max(published_on)", "Date of the latest.", "最晚发布日期。"),
            _new("sound_figures", "coalesce(sum(n_sound), 0)::BIGINT", "Figures that can be trusted.", "可信数据数。"),
        ),
        "FROM documents LEFT JOIN (SELECT doc_id, count(*) AS n_sound FROM figures WHERE trust = 'sound' GROUP BY doc_id) "
        "USING (doc_id) WHERE duplicate_of IS NULL GROUP BY ALL ORDER BY documents DESC, county_code",
    ),
    View(
        "practices_in_place",
        "Ways of working that places set up, with their place and document; near-duplicates are left out.",
        "各地建立的工作机制及其所属地点与出处文档；不含重复文档。",
        (
            *_place,
            *_from("practices", "county_code", "name", "components", "quote"),
            *_from("documents", "title", "published_on", "source", "doc_id"),
        ),
        "FROM practices JOIN documents USING (doc_id) WHERE documents.duplicate_of IS NULL",
    ),
)


def view(name: str) -> View:
    """A view by name.

    Raises:
        KeyError: there is no such view.
    """
    for one in VIEWS:
        if one.name == name:
            return one
    raise KeyError(f"no view {name}; there are {', '.join(v.name for v in VIEWS)}")
