import pytest

from portal.sample.county import build_county
from tests.portal.sample.conftest import make_request


@pytest.mark.parametrize("units", [1, 3, 12, 120, 300, 301, 1500, 12000])
def test_no_name_code_or_path_occurs_twice(units):
    county = build_county(make_request(units=units))
    current = {id(name.unit): name for name in county.names}
    assert len(county.members) == units
    assert len({name.name for name in current.values()}) == len(current)
    assert len({name.short_name for name in current.values()}) == len(current)
    assert len({member.unit.path for member in county.members}) == units


def test_a_large_county_is_a_city_of_counties():
    county = build_county(make_request(units=1500))
    assert len(county.counties) == 13
    assert not any(below.has_group for below in county.counties)
    member = county.members[-1].unit
    assert member.path == f"QS/QS13/{member.code}/"


def test_the_first_units_have_the_addresses():
    county = build_county(make_request(units=12, without_address=2))
    assert [bool(member.unit.email) for member in county.members] == [True] * 10 + [False] * 2
