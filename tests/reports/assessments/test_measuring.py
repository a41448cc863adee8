"""What an assessment takes from the closing of December, and what from the records."""

import datetime as dt

import pytest

from reports.assessments.measuring import basis_of, measure, read
from reports.assessments.reading import sheet_view
from reports.closing import close_month
from reports.models import Rule, Waiver
from reports.periods import Month
from reports.rule_book import published_sets
from tests.reports.assessments.make import make_scheme, make_sheet
from tests.reports.records import at, make_root, make_rules, make_session, make_unit

pytestmark = pytest.mark.django_db
MONTHS = "monthly_sessions"
NEW_YEAR, LATER = dt.date(2027, 1, 4), dt.date(2027, 3, 1)


@pytest.fixture
def unit():
    make_rules()
    return make_unit()


@pytest.fixture
def sheet(unit):
    return make_sheet(unit, scheme=make_scheme(make_root()), obligations={}, measured_at=None)


def measured(sheet, today: dt.date) -> dict[str, str]:
    """The outcome of each month."""
    values = {"root": sheet.scheme.root, "year": 2026, "today": today}
    assert measure(sheets=[sheet], at=at(today.isoformat()), **values) == 1
    sheet.refresh_from_db()
    return {one.label: one.outcome for one in read(sheet.obligations, MONTHS) or ()}


def close(unit) -> None:
    close_month(root=unit.parent, month=Month(2026, 12), at=at("2027-01-02"), by=None)


def test_before_the_closing_the_records_of_the_day_count(sheet, unit):
    make_session(unit, "2026-03-10")
    found = measured(sheet, dt.date(2026, 5, 20))
    assert (found["2月"], found["3月"], found["6月"]) == ("missed", "met", "pending")
    assert (sheet.closing, sheet.as_of) == (None, dt.date(2026, 5, 20))


def test_what_was_settled_when_the_month_was_closed_stays(sheet, unit):
    close(unit)
    make_session(unit, "2026-03-10")  # entered after the closing
    found = measured(sheet, LATER)
    assert found["3月"] == "missed"
    assert sheet.closing is not None
    assert (sheet.as_of, sheet.open_as_of) == (dt.date(2026, 12, 31), dt.date(2027, 1, 31))


def test_what_was_open_at_the_closing_is_settled_in_january(sheet, unit):
    close(unit)
    assert measured(sheet, NEW_YEAR)["12月"] == "at_risk"
    assert measured(sheet, LATER)["12月"] == "missed"


def test_a_session_of_december_reported_in_january_is_still_met(sheet, unit):
    close(unit)
    make_session(unit, "2026-12-28")
    assert measured(sheet, LATER)["12月"] == "met"


def test_nothing_changes_after_january(unit):
    basis = basis_of(unit.parent, 2026, LATER)
    assert (basis.closing, basis.as_of) == (None, dt.date(2027, 1, 31))
    assert "尚未封账" in basis.words


def test_what_is_waived_and_what_the_rules_do_not_ask(sheet, unit):
    for month in range(1, 13):
        Waiver.objects.create(
            unit=unit, rule=MONTHS, period=f"2026-{month:02d}", approver="测主任",
            reason="防汛", granted_on=dt.date(2026, 1, 5),
        )  # fmt: skip
    assert set(measured(sheet, LATER).values()) == {"waived"}
    items = list(sheet.scheme.items.all())
    view = sheet_view(sheet, items, [])
    assert (str(view.total.possible), view.lines[0].score) == ("4.00", "不适用")
    assert "均已豁免" in view.lines[0].reasons[0].text
    assert read(sheet.obligations, "annual_days") is None


def test_a_file_that_has_to_hold_photos_is_not_scored(sheet):
    rules = Rule.objects.filter(rule_set__in=[one.id for one in published_sets(2026)])
    rules.filter(key="session_file").update(parameters={"required_kinds": ["photo"]})
    measured(sheet, LATER)
    assert read(sheet.obligations, "session_file") is None
    assert read(sheet.obligations, "plan_filed")


def test_a_number_of_queries_that_units_do_not_change(unit, django_assert_max_num_queries):
    scheme = make_scheme(make_root())
    sheets = [make_sheet(make_unit(f"QS{number}"), scheme=scheme) for number in range(20, 32)]
    with django_assert_max_num_queries(20):
        measure(sheets=sheets, root=scheme.root, year=2026, today=LATER, at=at("2027-03-01"))
