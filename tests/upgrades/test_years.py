"""Copying a year keeps keys, references, constraints and counts."""

from datetime import date

import pytest

from reports.models import SitIn
from sessions.models import AnnualPlan, Attendance, StudySession
from tests.reports.records import make_record, make_rules, make_session, make_unit
from tests.upgrades.years import copy_years, models_of_a_year
from units.models import RosterEntry

pytestmark = [pytest.mark.django_db, pytest.mark.strict]


def test_copies_keep_counts_and_weekdays():
    make_session(make_unit(), "2026-03-10")
    written = copy_years(year=2026, copies=2)
    days = list(StudySession.objects.order_by("date").values_list("date", flat=True))
    assert days == [date(2024, 3, 12), date(2025, 3, 11), date(2026, 3, 10)]
    assert {day.weekday() for day in days} == {1}
    assert (written["study_sessions_attendance"], Attendance.objects.count()) == (6, 9)


def test_copies_refer_to_copies_and_to_the_same_people():
    make_session(make_unit(), "2026-03-10")
    copy_years(year=2026, copies=1)
    older = StudySession.objects.earliest("date")
    assert older.events.get().on == older.date
    assert {row.member_id for row in older.attendance.all()} == set(
        RosterEntry.objects.values_list("pk", flat=True)
    )


def test_a_new_key_follows_all_copies():
    unit = make_unit()
    make_session(unit)
    copy_years(year=2026, copies=2)
    assert make_session(unit, "2026-04-14").pk > 3


def test_no_copy_leaves_its_year():
    make_record(make_unit(), "2026-12-31")
    make_session(make_unit("QS02"), "2026-01-01")
    copy_years(year=2026, copies=4)
    assert StudySession.objects.earliest("date").date.year == 2022
    for model in models_of_a_year():
        rows = model._default_manager.all()
        for field in {"date", "on"} & {field.name for field in model._meta.local_fields}:
            assert all(day.year in range(2022, 2027) for day in rows.values_list(field, flat=True))


def test_years_are_counted_down_and_rules_go_with_them():
    plan = AnnualPlan.objects.create(unit=make_unit(), year=2026, title="计划")
    plan.items.create(period="2026-03", topic="学习宪法", form="collective")
    rules = make_rules()
    copy_years(year=2026, copies=1)
    older = AnnualPlan.objects.get(year=2025)
    assert [item.period for item in older.items.all()] == ["2025-03"]
    copied = type(rules).objects.get(year=2025)
    assert copied.rules.count() == rules.rules.count()


def test_what_is_of_an_older_year_makes_room():
    unit = make_unit()
    for year in (2025, 2026):
        SitIn.objects.create(unit=unit, year=year, month=6)
    copy_years(year=2026, copies=2)
    assert sorted(SitIn.objects.values_list("year", flat=True)) == [2023, 2024, 2025, 2026]


def test_a_form_is_still_sent_once():
    token = "9b2d6f1e-6a52-4a8e-b3f8-6f1f0a1c2d3e"
    make_session(make_unit(), form_token=token)
    copy_years(year=2026, copies=2)
    assert StudySession.objects.values("form_token").distinct().count() == 3
