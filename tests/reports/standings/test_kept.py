"""What is kept of units is always what an evaluation of the moment says."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reports import tasks
from reports.evaluation import Evaluated, evaluate
from reports.gather import gather
from reports.models import CalendarDay, RuleSet, UnitStanding, Waiver
from reports.rules.registry import MONTHLY_SESSIONS
from reports.standings import basis, keeping
from reports.standings import kept as gists
from reports.standings.basis import ground
from reports.standings.gist import Gist, gist, total
from reports.standings.kept import standings
from sessions.models import Topic
from tests.reports.records import YEAR, make_entry, make_rules, make_session, make_unit
from tests.reports.test_facts import apply, changes
from units.models import Category, RosterEntry, Unit
from units.roster.changing import roster_change
from units.roster.terms import digest_of

TODAY = dt.date(2026, 12, 20)

others = st.one_of(
    st.tuples(st.just("rules"), st.sampled_from([["accepted"], ["submitted", "accepted"]])),
    st.tuples(st.just("waive"), st.integers(1, 12)),
    st.tuples(st.just("revoke")),
    st.tuples(st.just("rest"), st.integers(1, 28)),
    st.tuples(st.just("topic"), st.booleans()),
    st.tuples(st.just("retire")),
    st.tuples(st.just("move")),
    st.tuples(st.just("abolish"), st.integers(1, 28)),
    st.tuples(st.just("join"), st.integers(1, 28)),
)

records = changes.filter(lambda one: one[0] != "rules")


def kept(today: dt.date = TODAY) -> list[Gist]:
    return standings(Unit.objects.all(), ground(year=YEAR, as_of=today), today=today)


def fresh(today: dt.date = TODAY) -> list[Gist]:
    return [gist(judged) for judged in evaluate(Unit.objects.all(), today)]


def change(unit: Unit, kind: str, *details) -> None:
    """A change of what evaluations follow from; many are made past any signal."""
    if kind == "waive":
        key = {"unit": unit, "rule": MONTHLY_SESSIONS, "period": f"{YEAR}-{details[0]:02}"}
        if not Waiver.objects.standing().filter(**key).exists():
            Waiver.objects.create(**key, approver="部长", reason="借调", granted_on=TODAY)
    elif kind == "rules":
        number = RuleSet.objects.count()
        day = dt.date(YEAR, 3, 1) + dt.timedelta(days=number)
        make_rules(title=f"规则{number}", effective=f"{day}", counted_statuses=details[0])
    elif kind == "revoke":
        Waiver.objects.standing().update(revoked_on=TODAY, revoke_reason="收回")
    elif kind == "rest":
        CalendarDay.objects.get_or_create(
            date=dt.date(YEAR, 12, details[0]), defaults={"is_workday": False}
        )
    elif kind == "topic":
        topic = Topic.objects.create(
            name="专题", level="county", content_group=1, from_date="2026-01-01", due="2026-12-10"
        )
        topic.categories.set(Category.objects.filter(code="bureau") if details[0] else [])
    elif kind == "retire":
        Topic.objects.update(retired_on=TODAY)
    elif kind == "move":
        other, _ = Category.objects.get_or_create(code="township", name="乡镇")
        Unit.objects.filter(pk=unit.pk).update(category=other)
    elif kind == "abolish":
        Unit.objects.filter(pk=unit.pk).update(abolished_on=dt.date(YEAR, 12, details[0]))
    else:
        newcomer = f"新来的{RosterEntry.objects.count()}"
        make_entry(unit, newcomer, start=f"{YEAR}-06-{details[0]:02}")


class KeptAlwaysHolds(TestCase):
    @settings(max_examples=30)
    @given(st.lists(st.one_of(records.map(lambda one: (apply, *one)),
                              others.map(lambda one: (change, *one))), max_size=8))  # fmt: skip
    def test_it_is_what_an_evaluation_says_after_any_change(self, made):
        first, second = make_unit("QS01"), make_unit("QS02", category="office")
        make_rules()
        make_session(second, "2026-05-06")
        assert kept() == fresh()
        for do, kind, *details in made:
            do(first, kind, *details)
            assert kept() == fresh()
        tomorrow = TODAY + dt.timedelta(days=5)
        assert kept(tomorrow) == fresh(tomorrow)


@pytest.fixture
def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The units evaluated for keeping, in turn."""
    seen: list[int] = []

    def counted(judged: Evaluated) -> Gist:
        seen.append(judged.unit_id)
        return gist(judged)

    monkeypatch.setattr(gists, "gist", counted)
    return seen


@pytest.mark.django_db
def test_only_what_changed_is_evaluated_again(evaluated: list[int]):
    make_rules()
    first, second = make_unit("QS01"), make_unit("QS02")
    kept()
    kept()
    assert evaluated == [first.pk, second.pk]
    make_session(second)
    kept()
    assert evaluated == [first.pk, second.pk, second.pk]


@pytest.mark.django_db
def test_the_hourly_task_spares_the_first_visitor(evaluated: list[int]):
    make_rules()
    unit = make_unit()
    with time_machine.travel(f"{TODAY}T00:10:00+08:00"):
        tasks.keep_standings()
    kept()
    assert evaluated == [unit.pk]


@pytest.mark.django_db
def test_a_change_during_the_evaluation_is_seen_the_next_time(monkeypatch: pytest.MonkeyPatch):
    make_rules()
    unit = make_unit()

    def overtaken(units, year):
        found = list(gather(units, year))
        make_session(unit, "2026-04-08")
        return iter(found)

    monkeypatch.setattr(keeping, "gather", overtaken)
    (late,) = kept()
    monkeypatch.undo()
    assert total(late.monthly).sessions == 0
    assert [total(one.monthly).sessions for one in kept()] == [1]


@pytest.mark.django_db
def test_another_version_of_the_rules_is_asked_anew(
    evaluated: list[int], monkeypatch: pytest.MonkeyPatch
):
    make_rules()
    make_unit()
    kept()
    monkeypatch.setattr(basis, "_code", lambda: "other")
    kept()
    assert len(evaluated) == 2


@pytest.mark.django_db
def test_a_roster_written_in_bulk_is_noticed():
    make_rules()
    unit = make_unit()
    kept()
    with roster_change(unit, seen=digest_of(unit)):
        RosterEntry.objects.of_unit(unit).update(end_date="2026-01-15")
    assert kept() == fresh()


@pytest.mark.django_db
def test_another_day_leaves_no_trace():
    make_rules()
    make_session(make_unit())
    on = ground(year=YEAR, as_of=dt.date(2026, 4, 30))
    (then,) = standings(Unit.objects.all(), on, today=TODAY)
    assert (then.months, then.quarters) == ("xxmrdddddddd", "xpdd")
    assert not UnitStanding.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("units", [2, 40])
def test_queries_do_not_grow_with_units(units: int, django_assert_num_queries):
    make_rules()
    for number in range(units):
        make_unit(f"QS{number:02}", members=1)
    on = ground(year=YEAR, as_of=TODAY)
    with django_assert_num_queries(10):
        standings(Unit.objects.all(), on, today=TODAY)
    with django_assert_num_queries(4):
        standings(Unit.objects.all(), on, today=TODAY)
