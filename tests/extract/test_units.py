import pytest

from pipeline.contract.fields import BASE_UNIT, KIND
from pipeline.extract.units import known_unit, unit_of, units


def test_every_unit_is_of_a_declared_kind():
    assert {unit.kind for unit in units().values()} <= set(KIND)
    assert {unit.base_unit for unit in units().values()} - {None} <= set(BASE_UNIT)
    assert all((unit.factor is None) == (unit.base_unit is None) for unit in units().values())


@pytest.mark.parametrize(("name", "amount"), [("公顷", 10_000), ("亩", 10_000 / 15), ("吨", 1000), ("斤", 0.5), ("兆瓦", 1e6)])
def test_conversions(name, amount):
    assert unit_of(name).factor == pytest.approx(amount)


def test_an_unknown_classifier_counts_and_a_compound_is_other():
    assert (unit_of("畦").kind, unit_of("畦").base_unit) == ("count", "1")
    assert unit_of("元/亩").kind == "other"
    assert known_unit("元/亩")
    assert not known_unit("畦")
