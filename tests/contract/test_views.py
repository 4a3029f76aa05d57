"""Every column of a view is described, and views do without what a release of facts leaves out."""

import pytest

from pipeline.contract.tables import PUBLISHED
from pipeline.contract.views import VIEWS, view


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


@pytest.mark.parametrize("one", VIEWS, ids=lambda one: one.name)
def test_columns_are_described_and_come_from_tables_that_exist(one):
    assert [column for column in one.columns if not (column.description and is_chinese(column.description_zh))] == []
    assert one.description and is_chinese(one.description_zh)
    assert one.held(PUBLISHED) == one.columns


def test_a_release_of_facts_leaves_out_what_is_its_authors():
    facts = tuple(spec.without_source_text() for spec in PUBLISHED)
    names = [column.name for column in view("figures_in_place").held(facts)]
    assert "context" not in names and "value" in names
    assert "context" not in view("figures_in_place").sql(facts)


def test_an_unknown_view_is_answered_with_those_there_are():
    with pytest.raises(KeyError, match="damage_by_class"):
        view("nothing")
