"""A unit's figures from the database: live, and as its month was closed."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.closing import close_month
from reports.evaluation import evaluate_unit
from reports.models import Finding
from reports.periods import Month
from reports.yearly.gathering import UnitSpan, year_figures
from reports.yearly.groups import grouped
from reports.yearly.spans import Span
from sessions.models import AnnualPlan, Outcome, PersonalRecord, PlanItem, StudySession, Topic
from tests.reports.records import (
    at,
    make_entry,
    make_record,
    make_root,
    make_rules,
    make_session,
    make_unit,
    review,
)
from units.models import RosterEntry, Unit

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 8, 1)
HALF = Span(2026, "half_year")


def found(unit: Unit, span: Span = HALF, today: dt.date = TODAY) -> UnitSpan:
    named = Unit.objects.named(span.as_of(today)).select_related("category").get(pk=unit.pk)
    answer = year_figures(named, span, today=today)
    assert answer is not None
    return answer


def shown(unit: Unit) -> dict[str, str]:
    figures = found(unit).figures
    return {one.key: one.shown for _, group in grouped(figures) for one in group}


@pytest.fixture
def unit() -> Unit:
    make_rules()
    unit = make_unit(members=4)
    make_session(unit, "2026-03-10", form="discussion", speakers=2, theme="春耕")
    make_session(unit, "2026-04-10", statuses=["absent"], form="lecture", lecturer="教师")
    make_session(unit, "2026-05-10", steps=["submit", "return"], theme="退回的")
    make_session(unit, "2026-05-20", steps=[], theme="草稿")
    make_session(unit, "2026-06-10", form="adjacent", theme="书记讲党课")
    make_session(unit, "2026-07-10", theme="下半年的")
    make_record(unit, "2026-04-02")
    return unit


def add_papers(unit: Unit) -> None:
    """One of everything beside sessions."""
    topic = Topic.objects.create(name="全会精神", level="county", content_group=3,
                                 from_date="2026-01-01", due="2026-12-31")  # fmt: skip
    session = StudySession.objects.get(theme="春耕")
    session.topics.add(topic)
    plan = AnnualPlan.objects.create(
        unit=unit, year=2026, title="计划", approved_by="成员0", status="filed"
    )
    item = PlanItem.objects.create(plan=plan, period="2026-03", topic="春耕", form="discussion")
    PlanItem.objects.create(plan=plan, period="2026-09", topic="秋收", form="discussion")
    StudySession.objects.filter(pk=session.pk).update(plan_item=item)
    Outcome.objects.create(unit=unit, kind="leaders_remark", title="建议", date="2026-05-01",
                           level="city", by_principal=True)  # fmt: skip
    Outcome.objects.create(unit=unit, kind="article", title="下半年的", date="2026-07-01")
    person = unit.people.order_by("id")[0]
    PersonalRecord.objects.create(person=person, kind="self_study", date="2026-05-02", title="党章")
    Finding.objects.create(unit=unit, source="archive", found_on="2026-05-01", problem="缺签到表",
                           due="2026-05-20")  # fmt: skip


def test_the_numbers_are_those_of_the_evaluation(unit):
    judged = evaluate_unit(unit, HALF.last)
    assert judged is not None
    figures = found(unit).figures
    assert figures.sessions.value == judged.evaluation.figures.sessions == 2
    assert figures.discussions.value == judged.evaluation.figures.discussions == 1
    assert figures.attendance.value == (7, 8)
    assert [row.name for row in figures.adjacent.rows] == ["书记讲党课"]
    assert figures.months_due.value == 6
    assert [row.name for row in figures.months_met.rows] == ["2026年3月", "2026年4月"]


def test_sessions_handed_in_that_do_not_count_are_named_with_the_reason(unit):
    late = make_session(unit, "2026-06-29", steps=[], theme="七月报的")
    review(late, "submit", "2026-07-02")
    rows = {row.name: row.note for row in found(unit).figures.left_out.rows}
    assert rows == {
        "退回的": "已退回，更正期已过，重新报送后方可计入",
        "七月报的": "在统计截至日之后报送",
    }


def test_the_year_sees_the_second_half_too(unit):
    assert found(unit, Span(2026, "annual")).figures.sessions.value == 3
    assert found(unit, Span(2026, "annual")).figures.about.as_of == TODAY


def test_papers_of_the_half_year_alone(unit):
    add_papers(unit)
    said = shown(unit)
    assert (said["topics_county"], said["items_done"], said["items_planned"]) == ("1", "1", "0")
    assert (said["outcome_leaders_remark"], said["outcome_article"]) == ("1", "0")
    assert (said["remarks_by_principal"], said["self_study"], said["findings"]) == ("1", "1", "1")
    assert (said["returned"], said["mended"], said["lectures"]) == ("1", "0", "1")


def test_partners_of_a_joint_session_are_named(unit):
    other = make_unit("QS02")
    lead = StudySession.objects.get(theme="春耕")
    partner = make_session(other, "2026-03-10", joint_lead=lead)
    assert [row.note for row in found(unit).figures.joint.rows] == ["QS02"]
    assert [row.id for row in found(other).figures.joint.rows] == [partner.pk]


def test_the_number_of_queries_does_not_follow_the_rows(unit):
    with CaptureQueriesContext(connection) as few:
        found(unit)
    add_papers(unit)
    for day in range(1, 9):
        make_session(unit, f"2026-02-0{day}", form="discussion", speakers=3)
    with CaptureQueriesContext(connection) as many:
        found(unit)
    assert len(many) == len(few) <= 18


def test_a_unit_that_owes_nothing_has_no_figures():
    root = make_root()
    assert year_figures(Unit.objects.select_related("category").get(pk=root.pk), HALF,
                        today=TODAY) is None  # fmt: skip


def change_everything(unit: Unit) -> None:
    """After the closing: a late session, a corrected one, another member, other rules."""
    late = make_session(unit, "2026-06-20", steps=[], theme="补报的")
    review(late, "submit", "2026-07-20")
    StudySession.objects.filter(theme="春耕").update(half_days=2)
    make_entry(unit, "新来的", start="2026-01-01")
    make_record(unit, "2026-05-05")


def test_a_closed_month_prints_what_was_stored(unit):
    add_papers(unit)
    close_month(root=make_root(), month=Month(2026, 6), at=at("2026-07-08"), by=None)
    before = shown(unit)
    assert found(unit).figures.about.closed_on == dt.date(2026, 7, 8)
    assert found(unit).changed is None
    change_everything(unit)
    assert shown(unit) == before
    changed = found(unit).changed
    assert changed is not None
    assert [(one.theme, one.late) for one in changed.sessions] == [
        ("春耕", False),
        ("补报的", True),
    ]
    assert changed.after is not None
    assert changed.after.sessions == 3


def test_closed_and_open_print_the_same_where_nothing_changed(unit):
    add_papers(unit)
    live = shown(unit)
    close_month(root=make_root(), month=Month(2026, 6), at=at("2026-07-08"), by=None)
    assert shown(unit) == live
    assert [row.note for row in found(unit).figures.left_out.rows] == ["已退回"]


def test_a_unit_the_closing_does_not_know_is_counted_live(unit):
    close_month(root=make_root(), month=Month(2026, 6), at=at("2026-07-08"), by=None)
    newcomer = make_unit("QS09")
    make_session(newcomer, "2026-03-12")
    figures = found(newcomer).figures
    assert (figures.sessions.value, figures.about.closed_on) == (1, None)


def test_a_new_leader_has_not_presided_over_what_went_before():
    make_rules()
    unit = make_unit(members=2)
    roster = RosterEntry.objects.filter(person__unit=unit)
    roster.filter(role="leader").update(end_date="2026-04-01")
    roster.filter(role="member").update(end_date="2026-04-01")
    make_entry(unit, "成员0", start="2026-04-01")
    make_entry(unit, "成员1", role="leader", start="2026-04-01")
    make_session(unit, "2026-03-10", chair="成员0")
    make_session(unit, "2026-03-20", chair="成员1")
    make_session(unit, "2026-05-10", chair="成员1")
    days = [row.on for row in found(unit).figures.chaired_by_leader.rows]
    assert days == [dt.date(2026, 3, 10), dt.date(2026, 5, 10)]


def test_days_are_asked_in_proportion_of_a_unit_that_is_new():
    make_rules().rules.filter(key="annual_days").update(enabled=True)
    unit, new = make_unit(), make_unit("QS02", established_on=dt.date(2026, 4, 1))
    late = make_unit("QS03", established_on=dt.date(2026, 12, 15))
    days = [found(one, Span(2026, "annual")).figures.asked.year_days for one in (unit, new, late)]
    assert days == [12, 9, None]


def test_a_plan_that_is_still_a_draft_is_the_units_own_affair(unit):
    add_papers(unit)
    AnnualPlan.objects.update(status="draft")
    figures = found(unit).figures
    assert (figures.plan.value, [one.value for one in figures.plan_items if one.rows]) == (0, [])
