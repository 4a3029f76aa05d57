"""The views: answers to common questions over the published tables, as SQL that DuckDB runs.

They stand in `xianqing.duckdb` of a release and in `xianqing query`. A column that comes straight from a
table keeps that table's description; what is new is described here. Tables belong in `tables`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contract.tables import Table, table


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view.

    Args:
        name: English snake_case.
        origin: the table and column it comes from, `figures.value`; None where it is computed.
        sql: how it is computed; None where it is taken as it is.
        description: what it holds; taken from the origin where there is one.
    """

    name: str
    origin: str | None = None
    sql: str | None = None
    description: str = ""

    @property
    def expression(self) -> str:
        """What is selected."""
        return f'{self.sql or _quoted(self.origin or self.name)} AS "{self.name}"'

    @property
    def comment(self) -> str:
        """What it holds, in a sentence."""
        if self.origin and not self.description:
            owner, _, name = self.origin.partition(".")
            return table(owner).column(name).description
        return self.description


@dataclass(frozen=True, slots=True)
class View:
    """One view: its question, its columns, and the rest of its SQL from FROM on."""

    name: str
    description: str
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


_place = _from("documents", "province", "prefecture", "county")

VIEWS = (
    View(
        "figures_in_place",
        "Figures with their place, their subject and the document that reports them; near-duplicates are left out.",
        (
            *_from("figures", "figure_id"),
            *_place,
            *_from("figures", "county_code"),
            Column("subject", "entities.name", description="Whom or what the figure is about."),
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
        (
            *_place,
            *_from("issue_resolution", "county_code"),
            Column("documents", None, "count(DISTINCT issue_resolution.doc_id)", "How many documents report it."),
            Column("issues_found", None, "sum(issues_found)", "Problems raised, all reports together."),
            Column("issues_resolved", None, "sum(issues_resolved)", "Problems solved, all reports together."),
            Column(
                "resolution_rate",
                None,
                "sum(issues_resolved) FILTER (issues_found IS NOT NULL) "
                "/ nullif(sum(issues_found) FILTER (issues_resolved IS NOT NULL), 0)",
                "Solved by raised, over the reports that give both.",
            ),
        ),
        "FROM issue_resolution JOIN documents USING (doc_id) WHERE documents.duplicate_of IS NULL "
        "GROUP BY ALL ORDER BY issues_found DESC NULLS LAST, county_code",
    ),
    View(
        "damage_by_class",
        "How the texts were damaged and what became of it, one row a damage class.",
        (
            *_from("repairs", "damage"),
            Column("documents", None, "count(DISTINCT repairs.doc_id)", "How many documents have it."),
            Column("repairs", None, "count(*)", "How many changes or marks."),
            *(
                Column(status, None, f"count(*) FILTER (status = '{status}')", f"How many of them are {status}.")
                for status in table("repairs").column("status").values
            ),
            Column("mean_confidence", None, "avg(confidence)", "Mean confidence of the changes."),
        ),
        "FROM repairs GROUP BY damage ORDER BY repairs DESC, damage",
    ),
    View(
        "documents_by_county",
        "What is known of each county: documents, span of dates, sound figures.",
        (
            *_place,
            *_from("documents", "county_code"),
            Column("documents", None, "count(*)", "How many documents are about it, near-duplicates left out."),
            Column("first_published", None, "min(published_on)", "Date of the earliest."),
            Column("last_published", None, "max(published_on)", "Date of the latest."),
            Column("sound_figures", None, "coalesce(sum(n_sound), 0)::BIGINT", "Figures that can be trusted."),
        ),
        "FROM documents LEFT JOIN (SELECT doc_id, count(*) AS n_sound FROM figures WHERE trust = 'sound' GROUP BY doc_id) "
        "USING (doc_id) WHERE duplicate_of IS NULL GROUP BY ALL ORDER BY documents DESC, county_code",
    ),
    View(
        "practices_in_place",
        "Ways of working that places set up, with their place and document.",
        (
            *_place,
            *_from("practices", "county_code", "name", "components", "quote"),
            *_from("documents", "title", "published_on", "source", "doc_id"),
        ),
        "FROM practices JOIN documents USING (doc_id)",
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
