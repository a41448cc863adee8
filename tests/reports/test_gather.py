"""Rows into facts: what is read, what is left out, and in how many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.county import Province
from reports.evaluation import evaluate, evaluate_unit
from reports.gather import gather
from reports.models import Waiver
from reports.rules.engine import evaluate as judge
from reports.rules.facts import AttendanceGroup, EventFacts, TopicFacts, WaiverFacts
from sessions.models import Attendance, Evidence, Topic
from tests.reports.records import (
    YEAR,
    make_entry,
    make_record,
    make_rules,
    make_session,
    make_unit,
    review,
)
from units.models import Unit

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 9, 30)


def the_facts(units=None):
    (pair,) = gather(Unit.objects.all() if units is None else units, YEAR)
    return pair[1]


@pytest.mark.parametrize("units", [12, 120])
def test_a_county_costs_the_same_queries_whatever_its_size(units):
    Province(units).write()
    make_rules()
    with CaptureQueriesContext(connection) as queries:
        evaluated = list(evaluate(Unit.objects.all(), AS_OF))
    assert (len(evaluated), len(queries)) == (units, 6)


@pytest.mark.parametrize("as_of", ["2026-03-03", "2026-09-30", "2027-01-20"])
def test_texts_are_judged_as_the_facts_taken_from_them(as_of):
    Province(30).write()
    make_rules()
    for one in evaluate(Unit.objects.all(), dt.date.fromisoformat(as_of), year=YEAR):
        assert judge(one.facts, one.context) == one.evaluation


def test_sessions_far_apart_are_read_as_those_in_a_row():
    Province(6).write()
    make_rules()
    groups = Unit.objects.with_group()
    together = {one.unit_id: one.evaluation for one in evaluate(groups, AS_OF)}
    ends = [groups.order_by("pk")[0].pk, groups.order_by("pk")[5].pk]
    alone = list(evaluate(groups.filter(pk__in=ends), AS_OF))
    assert {one.unit_id: one.evaluation for one in alone} == {pk: together[pk] for pk in ends}


def test_a_city_costs_no_more_queries_than_a_county(django_assert_num_queries):
    make_rules()
    first = make_session(make_unit()).unit
    same = {"category": first.category, "parent": first.parent}
    Unit.objects.bulk_create(
        Unit(code=f"C{number}", path=f"QS/C{number}/", **same) for number in range(1499)
    )
    with django_assert_num_queries(6):
        assert len(list(evaluate(Unit.objects.all(), AS_OF))) == 1500


def test_one_unit_costs_six_queries(django_assert_num_queries):
    make_rules()
    unit = make_session(make_unit()).unit
    with django_assert_num_queries(6):
        evaluate_unit(unit, AS_OF)


def test_a_province_comes_in_slices(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("reports.gather.county.SLICE", 2)
    codes = [make_unit(f"QS{number}").code for number in range(5)]
    with django_assert_num_queries(1 + 3 * 3):
        assert [head.code for head, _ in gather(Unit.objects.all(), YEAR)] == codes


def test_units_without_a_group_or_a_day_in_the_year_owe_nothing():
    make_unit("A", abolished_on="2026-01-01")
    make_unit("B", established_on="2027-01-01")
    make_unit("C", has_group=False)
    make_unit("D", abolished_on="2026-01-02")
    assert [head.code for head, _ in gather(Unit.objects.all(), YEAR)] == ["D"]


def test_rows_alike_are_one_group():
    session = make_session(make_unit(members=5), statuses=["late", "absent", "absent"])
    Attendance.objects.filter(session=session, status="late").update(status="left_early")
    (found,) = the_facts().sessions
    assert sorted(found.attendance, key=str) == sorted(
        [
            AttendanceGroup("left_early"),
            AttendanceGroup("absent", number=2),
            AttendanceGroup("present", number=2),
        ],
        key=str,
    )


def test_make_ups_keep_their_days():
    session = make_session(make_unit(members=1), statuses=["leave"])
    day = dt.date(2026, 4, 1)
    Attendance.objects.update(makeup_date=day, makeup_confirmed_on=day)
    (found,) = the_facts().sessions
    assert found.id == session.pk
    assert found.attendance == (AttendanceGroup("leave", "offsite_training", day, day),)


def test_a_session_nobody_was_due_at_has_no_groups():
    make_session(make_unit(members=0))
    assert the_facts().sessions[0].attendance == ()


def test_events_of_one_day_keep_the_order_of_entry():
    session = make_session(make_unit(), steps=["submit", "approve", "return", "submit", "accept"])
    review(session, "return", "2026-03-12")
    kinds = ["submit", "return", "submit", "accept", "return"]
    days = [dt.date(2026, 3, 10)] * 4 + [dt.date(2026, 3, 12)]
    assert the_facts().sessions[0].events == tuple(map(EventFacts, days, kinds))


def test_several_entries_of_one_person_are_one_person():
    unit = make_unit(members=1)
    make_entry(unit, "成员0", role="deputy", start="2026-05-01")
    make_record(unit)
    facts = the_facts()
    assert len(facts.terms) == 2
    assert len({term.person for term in facts.terms} | {facts.records[0].person}) == 1


def test_a_secretary_is_no_speaker():
    session = make_session(make_unit(), speakers=1)
    secretary = make_entry(session.unit, "秘书", role="secretary")
    session.speeches.create(member=secretary, kind="key")
    assert len(the_facts().sessions[0].speeches) == 1


def test_required_topics_of_the_year_and_their_sessions():
    values = {"level": "county", "content_group": 1, "from_date": "2026-02-01"}
    wanted = Topic.objects.create(name="必学", due="2026-04-01", **values)
    Topic.objects.create(name="选学", due="2026-04-01", **{**values, "required": False})
    Topic.objects.create(name="去年", due="2025-04-01", **{**values, "from_date": "2025-03-01"})
    make_session(make_unit()).topics.add(wanted)
    facts = the_facts()
    assert facts.topics == (TopicFacts(wanted.pk, dt.date(2026, 2, 1), dt.date(2026, 4, 1)),)
    assert facts.sessions[0].topics == (wanted.pk,)


def test_files_waivers_and_other_years():
    unit = make_unit()
    make_session(unit, "2025-12-31")
    session = make_session(unit)
    Evidence.objects.create(session=session, kind="minutes", on="2026-03-11", name="记录")
    Waiver.objects.create(
        unit=unit, rule="monthly_sessions", period="2026-02", approver="某", reason="防汛",
        granted_on="2026-02-01",
    )  # fmt: skip
    facts = the_facts()
    assert [one.id for one in facts.sessions] == [session.pk]
    assert facts.sessions[0].evidence == (("minutes", dt.date(2026, 3, 11)),)
    assert facts.waivers == {WaiverFacts("monthly_sessions", "2026-02")}


def test_a_file_held_for_its_markings_is_not_on_file():
    session = make_session(make_unit())
    for checked in ("pending", "clean", "held"):
        Evidence.objects.create(
            session=session, kind="minutes", on="2026-03-11", name="记录", checked=checked
        )
    assert len(the_facts().sessions[0].evidence) == 2


def test_topics_of_a_category_bind_its_units_alone_and_retired_ones_nobody():
    one, other = make_unit(), make_unit("T", category="township")
    span = {"level": "county", "content_group": 1, "from_date": "2026-01-01", "due": "2026-06-30"}
    shared, own, retired = (Topic.objects.create(name=name, **span) for name in "甲乙丙")
    own.categories.set([other.category])
    Topic.objects.filter(pk=retired.pk).update(retired_on="2026-02-01")
    named = {
        head.id: [topic.id for topic in facts.topics]
        for head, facts in gather(Unit.objects.all(), YEAR)
    }
    assert named == {one.pk: [shared.pk], other.pk: [shared.pk, own.pk]}


def test_a_revoked_waiver_excuses_nobody():
    unit = make_unit()
    Waiver.objects.create(
        unit=unit, rule="monthly_sessions", period="2026-02", approver="测", reason="灾情",
        granted_on="2026-02-01", revoked_on="2026-03-01", revoke_reason="误批",
    )  # fmt: skip
    ((_, facts),) = gather(Unit.objects.all(), YEAR)
    assert facts.waivers == frozenset()
