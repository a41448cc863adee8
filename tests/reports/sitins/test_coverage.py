"""Every unit once in two years."""

import datetime as dt

import pytest

from reports.sitins.coverage import UnitPlan, gap, proposed
from reports.sitins.plan import units_in, year_plan
from tests.portal.county import make_county, make_unit
from tests.reports.sitins.make import make_sit_in
from units.models import Unit

BARE = [UnitPlan(pk) for pk in (1, 2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("units", "left", "suggested"),
    [
        ([], [], []),
        (BARE, [1, 2, 3, 4, 5], [1, 2, 3]),  # the first year: half, in official order
        ([UnitPlan(1, now=True), *BARE[1:]], [2, 3, 4, 5], [2, 3]),
        ([UnitPlan(1, before=True), *BARE[1:]], [2, 3, 4, 5], [2, 3, 4, 5]),  # the second: the rest
        ([UnitPlan(1, before=True), UnitPlan(2, now=True)], [], []),
        ([UnitPlan(1, founded=2026), UnitPlan(2, before=True)], [], []),  # has next year too
        ([UnitPlan(1, founded=2025), UnitPlan(2, before=True)], [1], [1]),
    ],
)
def test_who_is_left_and_who_is_suggested(units, left, suggested):
    assert (gap(units, 2026), proposed(units, 2026)) == (left, suggested)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "year", "asked", "is_covered"),
    [
        ("fed_back", 2025, 2026, True),
        ("held", 2025, 2026, True),
        ("fed_back", 2024, 2026, False),  # three years ago is too long
        ("planned", 2025, 2026, False),  # its year is over and nobody went
        ("planned", 2026, 2026, True),
        ("cancelled", 2026, 2026, False),
        ("agreed", 2026, 2027, True),  # next year's plan counts on this year's
    ],
)
def test_what_covers_a_unit(status, year, asked, is_covered):
    county, today = make_county(), dt.date(2026, 6, 10)
    make_sit_in(county.own, status, year=year)
    plan = year_plan(units_in(Unit.objects.below(county.root), asked, today), asked, today)
    assert set(plan.units) == {county.own.pk, county.sister.pk}
    assert (county.own.pk not in plan.gap) is is_covered


@pytest.mark.django_db
def test_a_unit_that_is_gone_needs_nobody():
    county, today = make_county(), dt.date(2026, 6, 10)
    make_unit("QS003", "青石县丙局", county.root)
    Unit.objects.filter(code="QS003").update(abolished_on="2026-03-01")
    units = units_in(Unit.objects.below(county.root), 2026, today)
    assert [unit.code for unit in units] == ["QS001", "QS002"]
