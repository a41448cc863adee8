"""What a real county has once or twice is there."""

import datetime as dt

import pytest
from django.db.models import Count, F, Sum

from reports.models import MailSchedule, RuleSet, UnitMonth, Waiver
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    Form,
    Outcome,
    PersonalRecord,
    ReviewEvent,
    StudySession,
    Topic,
    UnitReport,
)
from units.models import Assignment, Person, RosterEntry, Unit, UnitName

# Once: what a county holds is made without asking the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("county")]


def test_the_root_is_the_department_of_the_county():
    root = Unit.objects.get(parent=None)
    name = UnitName.objects.get(unit=root)
    assert (name.name, name.short_name) == ("中共青石县委宣传部", "青石县")
    assert not root.has_group
    assert root.email.endswith(".example")


def test_the_units_asked_for_are_there_in_official_order():
    units = Unit.objects.with_group()
    assert units.count() == 40
    assert units.filter(email="").count() == 2
    assert len(set(units.values_list("rank_order", flat=True))) == 40
    categories = list(units.order_by("rank_order").values_list("category__rank_order", flat=True))
    assert categories == sorted(categories)


def test_units_begin_end_and_change_their_names():
    assert Unit.objects.filter(established_on=dt.date(2026, 3, 16)).exists()
    ended = Unit.objects.filter(abolished_on__isnull=False)
    assert set(ended.values_list("abolished_on", flat=True)) == {
        dt.date(2026, 10, 9),
        dt.date(2026, 10, 16),
    }
    assert all(unit.successor and unit.successor.abolished_on is None for unit in ended)
    assert UnitName.objects.filter(valid_from=dt.date(2026, 7, 1)).exists()


def test_people_come_go_come_back_and_share_names():
    by_person = RosterEntry.objects.values("person").annotate(terms=Count("id"))
    assert by_person.filter(terms=2).exists()
    names = Person.objects.values("unit", "name").annotate(number=Count("id"))
    assert names.filter(number=2).exists()
    assert RosterEntry.objects.filter(note="换届", start_date=dt.date(2026, 5, 20)).exists()
    arrivals = RosterEntry.objects.filter(start_date__year=2026).exclude(note="换届")
    assert arrivals.filter(person__unit__established_on=None).exists()
    assert RosterEntry.objects.filter(note="调离", end_date__year=2026).exists()


def test_groups_have_five_to_thirteen_and_a_secretary():
    for unit in Unit.objects.with_group().exclude(waivers__rule="plan_filed"):
        day = unit.established_on or dt.date(2026, 1, 5)
        entries = RosterEntry.objects.of_unit(unit).in_office(day)
        assert 5 <= entries.due().count() <= 13, unit
        assert entries.filter(role="secretary").count() == 1


@pytest.mark.parametrize("value", [*Form.values])
def test_every_form_occurs(value):
    assert StudySession.objects.filter(form=value).exists()


@pytest.mark.parametrize("value", Attendance.Status.values)
def test_every_attendance_occurs(value):
    assert Attendance.objects.filter(status=value).exists()


@pytest.mark.parametrize("value", ["submit", "accept", "file", "return", "withdraw"])
def test_every_step_occurs(value):
    assert ReviewEvent.objects.filter(kind=value).exists()


@pytest.mark.parametrize("value", ["draft", "submitted", "accepted", "returned"])
def test_sessions_stand_everywhere(value):
    assert StudySession.objects.filter(status=value).exists()


def test_make_ups_are_done_late_unconfirmed_and_missing():
    made_up = Attendance.objects.filter(makeup_date__isnull=False)
    assert made_up.filter(makeup_confirmed_on__isnull=False).exists()
    assert made_up.filter(makeup_confirmed_on__isnull=True).exists()
    assert made_up.filter(makeup_date__gt=F("session__date") + dt.timedelta(days=30)).exists()
    never = Attendance.objects.filter(makeup_date=None, session__date__month__lte=8)
    assert never.filter(leave_kind="official_trip").exists()


def test_plans_are_filed_late_returned_and_missing():
    assert AnnualPlan.objects.filter(status="filed", events__on__month=2).exists()
    assert AnnualPlan.objects.filter(status="filed", events__kind="return").exists()
    assert AnnualPlan.objects.filter(status="draft").exists()
    assert AnnualPlan.objects.filter(items__state="done", items__sessions__isnull=False).exists()


def test_the_department_has_set_its_year():
    assert Topic.objects.filter(required=True).count() == 4
    assert Waiver.objects.filter(rule="monthly_sessions", period="2026-06").exists()
    monthly, reminder = MailSchedule.objects.order_by("run")
    assert (monthly.workday, monthly.hour, monthly.first_period) == (3, 9, "2026-10")
    assert (reminder.workday, reminder.first_period) == (10, "2026-11")


def test_the_default_rules_are_published_for_everybody():
    rule_set = RuleSet.objects.get()
    assert rule_set.year == 2026
    assert rule_set.published_at is not None
    assert rule_set.rules.filter(enabled=True).count() >= 10


def test_the_fact_rows_are_worked_out():
    months = UnitMonth.objects.aggregate(sessions=Sum("sessions"), due=Sum("due"))
    counted = StudySession.objects.filter(status__in=["submitted", "accepted"])
    counted = counted.exclude(form=Form.ADJACENT)
    assert months["sessions"] == counted.count()
    assert months["due"] == Attendance.objects.filter(session__in=counted).count()


def test_writings_files_and_reports_are_there():
    assert PersonalRecord.objects.values("kind").distinct().count() == 3
    assert Outcome.objects.exists()
    assert Evidence.objects.exists()
    assert not Evidence.objects.exclude(file="").exists()
    assert UnitReport.objects.filter(kind="half_year", status="returned").exists()


def test_the_department_and_some_units_have_accounts():
    roles = set(Assignment.objects.values_list("role", flat=True))
    assert roles == set(Assignment.Role.values)
    assert not any(a.user.has_usable_password() for a in Assignment.objects.all())
