import datetime as dt

import pytest

from reports.models import CalendarDay
from reports.rule_sets import change_draft, create_default, publish
from reports.working_days import recorded_calendar
from sessions.reviews.terms import REVIEW_WORKDAYS, NationalFloor, review_book
from tests.reports.mail import NOW, make_unit

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 11)


def make_rules(**changes) -> None:
    rule_set = create_default(year=2026, title="全县规则")
    publish(rule_set=change_draft(rule_set=rule_set, changes=changes), at=NOW, by=None)


def test_the_units_rules_say_until_when_and_what_is_asked():
    make_rules(correction_workdays=3, min_speakers=4)
    CalendarDay.objects.create(date=dt.date(2026, 3, 13), is_workday=False)
    terms = review_book({2026}, TODAY).terms(make_unit("QS001"), 2026)
    assert terms.correct_by == dt.date(2026, 3, 17)
    assert (terms.min_speakers, sorted(terms.wanted)) == (4, ["minutes", "sign_in"])


def test_without_rules_the_floor_holds():
    terms = review_book({2026}, TODAY).terms(make_unit("QS001"), 2026)
    assert terms.correct_by == dt.date(2026, 3, 18)
    assert terms.min_speakers == 2


@pytest.mark.parametrize("today", [TODAY, dt.date(2026, 3, 14), dt.date(2026, 3, 16)])
def test_overdue_is_what_has_waited_longer_than_the_working_days_allowed(today):
    before = review_book((), today).overdue_before
    calendar = recorded_calendar()
    assert calendar.add_workdays(before, REVIEW_WORKDAYS) >= today
    assert calendar.add_workdays(before - dt.timedelta(days=1), REVIEW_WORKDAYS) < today


def test_nobody_asked_knows_weekends():
    floor = NationalFloor(TODAY)
    assert floor.overdue_before == dt.date(2026, 3, 4)
    assert floor.terms(make_unit("QS001"), 2026).correct_by == dt.date(2026, 3, 18)
