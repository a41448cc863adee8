"""A city looks over its counties."""

import pytest

from tests.portal.county import County, make_assignment, make_unit, make_user
from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import make_entry, make_session
from units.access.roles import Role
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch) -> County:
    """青石县 lies in 云州市, which has another county and a bureau of its own."""
    on_the_day(monkeypatch)
    county = make_studying_county()
    city = make_unit("YZ", "云州市委宣传部")
    for unit in Unit.objects.filter(code__startswith="QS"):
        parent = city if unit.parent is None else unit.parent
        Unit.objects.filter(pk=unit.pk).update(path=f"YZ/{unit.path}", parent=parent)
    other = make_unit("HS", "红石县委宣传部", city)
    Unit.objects.filter(pk=other.pk).update(has_group=False, rank_order=2)
    for code, name, parent in (("HS01", "红石县戊局", other), ("YZ01", "云州市己局", city)):
        unit = make_unit(code, name, parent)
        make_entry(unit, f"{name}的人")
        make_session(unit, "2026-03-12")
    county.people["city"] = make_user("city")
    make_assignment(county["city"], Role.AUDITOR, city)
    return county


def shown(county: County, **asked: str):
    return browser_of(county, "city").get("/overview/", asked).context


def test_rows_are_counties_then_the_citys_own_units(county: County):
    areas = shown(county)["areas"]
    assert [(line.name, line.units, line.figures.sessions) for line in areas] == [
        ("委宣传部"[-3:], 2, 3), ("宣传部", 1, 1), ("直属单位", 1, 1),
    ]  # fmt: skip
    march = [line.shares[2] for line in areas]
    assert march == [(2, 2), (1, 1), (1, 1)]
    assert [line.attendance for line in areas] == ["91.67%", "100.00%", "100.00%"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"within": "QS"}, ["QS001", "QS002"]),
        ({"rows": "own"}, ["YZ01"]),
        ({"rows": "units"}, ["HS01", "QS001", "QS002", "YZ01"]),
        ({"standing": "behind"}, ["HS01", "QS001", "QS002", "YZ01"]),
    ],
)
def test_a_county_opens_into_its_units(county: County, asked: dict[str, str], codes: list[str]):
    assert [line.code for line in shown(county, **asked)["lines"]] == codes


def test_a_county_does_not_see_the_other(county: County):
    page = browser_of(county, "auditor").get("/overview/", {"within": "HS"}).content.decode()
    assert "甲局" in page
    assert "戊局" not in page
