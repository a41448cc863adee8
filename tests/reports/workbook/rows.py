"""Rows of the fictional county 青石县 in the database, for what reads them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from reports.gather import gather
from reports.periods import WorkingCalendar
from reports.rules.defaults import default_rule_set
from reports.rules.engine import RuleContext, evaluate
from reports.rules.facts import RuleSetFacts
from reports.workbook.collect import EvaluatedUnit, collect_rollup
from reports.workbook.data import RollupData, RuleSetInUse
from sessions.models import AnnualPlan, Attendance, ReviewEvent, Speech, StudySession
from tests.reports.workbook.samples import AS_OF, PRINTED_AT
from units.models import Category, Person, RosterEntry, Unit, UnitName

START = dt.date(2024, 1, 1)


def make_county() -> Unit:
    """The county's root, without a group of its own."""
    return make_unit("QS", "青石县", None, has_group=False)


def make_unit(code: str, name: str, root: Unit | None, **values) -> Unit:
    category, _ = Category.objects.get_or_create(code="township", defaults={"name": "乡镇"})
    values = {"category": category, "party_body": "committee", **values}
    path = f"{root.path if root else ''}{code}/"
    unit = Unit.objects.create(code=code, parent=root, path=path, **values)
    UnitName.objects.create(unit=unit, name=f"中共{name}委员会", short_name=name)
    return unit


def make_members(unit: Unit, number: int, *, end: dt.date | None = None) -> list[RosterEntry]:
    """成员1, 成员2 … in this order; the first is the leader."""
    return [
        RosterEntry.objects.create(
            person=Person.objects.create(unit=unit, name=f"成员{place}"),
            role="leader" if place == 1 else "member",
            post=f"职务{place}",
            rank_order=place,
            start_date=START,
            end_date=end,
        )
        for place in range(1, number + 1)
    ]


def make_session(
    unit: Unit,
    date: dt.date,
    members: Sequence[RosterEntry],
    *,
    events: Sequence[tuple[str, dt.date]] | None = None,
    absences: Mapping[int, Mapping[str, object]] | None = None,
    speakers: Sequence[int] = (0, 1),
    **values,
) -> StudySession:
    """A discussion accepted on its day; `absences` and `speakers` by the place of the member."""
    values = {"form": "discussion", "end_date": date, "theme": "专题研讨", **values}
    session = StudySession.objects.create(unit=unit, date=date, **values)
    for kind, on in events if events is not None else [("submit", date), ("accept", date)]:
        make_event(kind, on, session=session)
    for place, member in enumerate(members):
        status = (absences or {}).get(place, {"status": "present"})
        Attendance.objects.create(session=session, member=member, **status)
    for place in speakers if members else ():
        Speech.objects.create(session=session, member=members[place], kind="key")
    return session


def make_plan(unit: Unit, *events: tuple[str, dt.date]) -> AnnualPlan:
    plan = AnnualPlan.objects.create(unit=unit, year=2026, title="年度学习计划")
    for kind, on in events:
        make_event(kind, on, plan=plan)
    return plan


def make_event(kind: str, on: dt.date, **about) -> ReviewEvent:
    reason = "请补充会议记录" if kind == "return" else ""
    return ReviewEvent.objects.create(kind=kind, on=on, at=timezone.now(), reason=reason, **about)


def collect(
    root: Unit, *, as_of: dt.date = AS_OF, rule_set: RuleSetFacts | None = None
) -> RollupData:
    """The county evaluated by the engine and collected."""
    context = RuleContext(rule_set or default_rule_set(2026), WorkingCalendar(), as_of)
    used = RuleSetInUse("2026年县级考核规则", 1, context)
    evaluated = [
        EvaluatedUnit(head.id, evaluate(facts, context), used)
        for head, facts in gather(Unit.objects.below(root), as_of.year)
    ]
    return collect_rollup(
        root=root, as_of=as_of, evaluated=evaluated, checksum="c0ffee", printed_at=PRINTED_AT
    )
