"""Fact rows are always what a rebuild would make them, and give the figures of an evaluation."""

import datetime as dt

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports import facts
from reports.current import current_figures, current_months
from reports.evaluation import evaluate
from reports.models import PersonYear, RuleSet, UnitMonth
from reports.rules.results import Figures
from sessions.models import Attendance, Status, StudySession
from sessions.services import ALLOWED, announce
from tests.reports.records import (
    YEAR,
    make_record,
    make_root,
    make_rules,
    make_session,
    make_unit,
    review,
)
from units.models import RosterEntry, Unit

TODAY = dt.date(2026, 12, 31)
MONTH = ("unit_id", "month", *Figures._fields)
PERSON = (
    "person_id", "year", "due", "excluded", "present", "made_up", "key_speeches", "reflections",
    "research",
)  # fmt: skip

days = st.dates(dt.date(2025, 12, 1), TODAY).map(dt.date.isoformat)
statuses = st.lists(st.sampled_from(["present", "leave", "absent"]), max_size=3)
changes = st.one_of(
    st.tuples(st.just("session"), days, statuses, st.integers(0, 3)),
    st.tuples(st.just("step"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("makeup"), st.integers(0, 9)),
    st.tuples(st.just("record"), days),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("found"), days),
    st.tuples(st.just("resign"), st.integers(0, 2)),
    st.tuples(st.just("rules"), st.sampled_from([["accepted"], ["submitted", "accepted"]])),
)


def snapshot() -> tuple[list[object], list[object]]:
    return (
        sorted(UnitMonth.objects.values_list(*MONTH)),
        sorted(PersonYear.objects.values_list(*PERSON)),
    )


def apply(unit: Unit, kind: str, *details) -> None:
    """One change, made as the services make it."""
    sessions = list(StudySession.objects.filter(unit=unit).order_by("id"))
    if kind == "session":
        day, given_statuses, speakers = details
        make_session(unit, day, statuses=given_statuses, speakers=speakers, form="discussion")
    elif kind == "record":
        make_record(unit, details[0])
    elif kind == "found":
        unit.established_on = dt.date.fromisoformat(details[0])
        unit.save()
    elif kind == "resign":
        entry = RosterEntry.objects.of_unit(unit).order_by("id")[details[0]]
        entry.end_date, entry.role = "2026-07-01", "secretary"
        entry.save()
    elif kind == "rules":
        number = 1 + RuleSet.objects.count()
        effective = f"2026-01-{number:02}"
        make_rules(title=f"规则{number}", effective=effective, counted_statuses=details[0])
    elif sessions:
        touch(kind, sessions[details[0] % len(sessions)], *details[1:])


def touch(kind: str, session: StudySession, *details) -> None:
    if kind == "step":
        steps = sorted(ALLOWED[Status(session.status)] - {"file"})
        if steps:
            review(session, steps[details[0] % len(steps)], "2026-12-30")
    elif kind == "makeup":
        Attendance.objects.filter(session=session, status="absent").update(
            makeup_date=session.date, makeup_confirmed_on=session.date
        )
        announce(unit_ids={session.unit_id}, years={session.date.year})
    else:
        session.delete()
        announce(unit_ids={session.unit_id}, years={session.date.year})


class FactsAlwaysHold(TestCase):
    @settings(max_examples=40)
    @given(st.lists(changes, min_size=1, max_size=8))
    def test_facts_equal_a_rebuild_and_an_evaluation(self, steps):
        make_rules()
        unit = make_unit()
        for step in steps:
            apply(unit, *step)
        kept = snapshot()
        for year in (2025, 2026):
            list(facts.rebuild(Unit.objects.all(), year))
        assert snapshot() == kept
        raw = evaluate(Unit.objects.all(), TODAY)
        assert current_figures(Unit.objects.all(), TODAY) == {
            one.unit_id: one.evaluation.figures for one in raw
        }


@pytest.mark.django_db
def test_facts_add_up_a_month():
    unit = make_unit()
    make_session(unit, "2026-03-10", statuses=["present", "leave", "absent"])
    make_session(unit, "2026-03-20", form="discussion", speakers=2, half_days=2)
    (month,) = UnitMonth.objects.values_list(*MONTH)
    assert month == (unit.pk, "2026-03", 2, 1, 3, 6, 1, 4, 0)
    assert [one.sessions for one in current_months(Unit.objects.all(), YEAR)] == [2]


@pytest.mark.django_db
def test_figures_before_a_rule_set_takes_effect_follow_the_old_one():
    make_rules(title="旧")
    unit = make_unit()
    make_session(unit)
    make_rules(title="新", effective="2026-07-01", counted_statuses=["accepted"])
    figures = {
        day.month: current_figures(Unit.objects.all(), day)[unit.pk].sessions
        for day in (dt.date(2026, 6, 30), dt.date(2026, 7, 1))
    }
    assert figures == {6: 1, 7: 0}


@pytest.mark.django_db
def test_figures_of_today_come_in_three_queries(django_assert_num_queries):
    make_rules()
    make_session(make_unit())
    root = make_root()
    with django_assert_num_queries(3):
        current_figures(Unit.objects.below(root), TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 5])
def test_facts_are_counted_anew_in_five_queries(number, django_assert_num_queries):
    make_rules()
    unit = make_unit()
    for day in range(1, number + 1):
        make_session(unit, f"2026-03-{day:02}", statuses=["present", "absent"])
    with django_assert_num_queries(5):
        facts.recompute(unit_ids=[unit.pk], years=[YEAR])


@pytest.mark.django_db
def test_the_command_rebuilds_what_was_lost(capsys):
    make_session(make_unit())
    kept = snapshot()
    UnitMonth.objects.all().delete()
    PersonYear.objects.all().delete()
    call_command("rebuild_facts", "--year", "2026")
    assert snapshot() == kept
    assert "已重建 2/2 个单位" in capsys.readouterr().out
