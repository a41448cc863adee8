"""The words behind a unit's figures: themes, names, reasons and papers, read in one query."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from reports.gather.unions import Row, Words, branch, by_owner, word
from reports.hints.words import own_kind
from reports.models import AssessmentSheet, Circular, Finding, HintSide
from reports.periods import Month, Quarter
from sessions.models import (
    HANDED_IN,
    AnnualPlan,
    Attendance,
    PlanItem,
    ReportNotice,
    ReviewEvent,
    Status,
    StudySession,
    Topic,
    UnitReport,
)
from units.models import Assignment, Person, Unit

SESSION, PERSON, TOPIC, PLAN, REPORT, ITEM, ATTENDED = "SHTLUIA"
HINT, FINDING, NOTICE, CIRCULAR = "XFNC"
ASSESSMENT = "Y"
CHORES = (HINT, FINDING, NOTICE, CIRCULAR, ASSESSMENT, ITEM)
RETURNED_SESSION, RETURNED_PLAN, RETURNED_REPORT = "spr"
UNFINISHED = (Status.DRAFT, Status.RETURNED)
OPEN_ITEM = (PlanItem.State.PLANNED, PlanItem.State.ADJUSTED, PlanItem.State.POSTPONED)
NOTICED_FOR = dt.timedelta(days=62)


class SessionOnRecord(NamedTuple):
    """A session as lists name it; `status` is today's."""

    id: int
    on: dt.date
    status: str
    theme: str

    @property
    def title(self) -> str:
        """Its theme; what to call it where the theme may not be stored."""
        return self.theme or _("（未登记主题的学习）")


class ItemOnRecord(NamedTuple):
    """An item of the plan that is not carried out yet."""

    period: str
    topic: str


class HintOnRecord(NamedTuple):
    """The unit's side of a hint about which it has said nothing yet."""

    id: int
    kind: str


class FindingOnRecord(NamedTuple):
    """A finding the unit has to put right and answer."""

    id: int
    due: dt.date
    problem: str


class NoticeOnRecord(NamedTuple):
    """A notice that asks for a report which is not handed in yet."""

    id: int
    due: dt.date
    title: str


class CircularOnRecord(NamedTuple):
    """A circular about to be issued, on whose words about it the unit has said nothing yet."""

    id: int
    due: dt.date
    title: str


class AssessmentOnRecord(NamedTuple):
    """A year-end assessment for which the unit has not handed in its own scores yet."""

    id: int
    due: dt.date
    title: str


class ReturnOnRecord(NamedTuple):
    """What whoever returned it has said; `due` is their own day, whatever the rules count."""

    due: dt.date | None
    reason: str


@dataclass
class OnRecord:
    """`returns` are the last returns of what stands returned, by letter and id, in words;
    `attended` the people with an attendance row, by session.

    Ids of plan and reports are None where there is none; `topics` are keyed as results write them.
    """

    sessions: dict[int, SessionOnRecord] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    plan: tuple[int, str] | None = None
    reports: dict[str, tuple[int, str]] = field(default_factory=dict)
    items: list[ItemOnRecord] = field(default_factory=list)
    attended: dict[int, list[int]] = field(default_factory=dict)
    hints: list[HintOnRecord] = field(default_factory=list)
    findings: list[FindingOnRecord] = field(default_factory=list)
    notices: list[NoticeOnRecord] = field(default_factory=list)
    circulars: list[CircularOnRecord] = field(default_factory=list)
    assessments: list[AssessmentOnRecord] = field(default_factory=list)
    returns: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Takes one row of the query."""
        source, owner, number, text = row
        if source == PERSON:
            self.people[owner] = text
        elif source == TOPIC:
            self.topics[str(owner)] = text
        elif source == SESSION:
            on, status, theme = text.split(" ", 2)
            named = "" if number else theme
            self.sessions[owner] = SessionOnRecord(owner, dt.date.fromisoformat(on), status, named)
        elif source == PLAN:
            self.plan = (owner, text)
        elif source == REPORT:
            kind, status = text.split(" ")
            self.reports[kind] = (owner, status)
        elif source == ATTENDED:
            self.attended.setdefault(owner, []).append(number)
        elif source in CHORES:
            self._add_chore(row)
        else:
            last = self.returns.get((source, owner), (0, ""))
            self.returns[source, owner] = max(last, (number, text))

    def _add_chore(self, row: Row) -> None:
        source, owner, number, text = row
        if source == HINT:
            self.hints.append(HintOnRecord(owner, own_kind(text, is_alone=not number)))
        elif source == FINDING:
            due, problem = text.split(" ", 1)
            self.findings.append(FindingOnRecord(owner, dt.date.fromisoformat(due), problem))
        elif source == NOTICE:
            due, title = text.split(" ", 1)
            self.notices.append(NoticeOnRecord(owner, dt.date.fromisoformat(due), title))
        elif source == CIRCULAR:
            due, title = text.split(" ", 1)
            self.circulars.append(CircularOnRecord(owner, dt.date.fromisoformat(due), title))
        elif source == ASSESSMENT:
            due, title = text.split(" ", 1)
            self.assessments.append(AssessmentOnRecord(owner, dt.date.fromisoformat(due), title))
        else:
            self.items.append(ItemOnRecord(*text.split(" ", 1)))

    def last_return(self, source: str, key: int) -> ReturnOnRecord:
        """Why and until when it was returned last; nothing for what does not stand returned."""
        due, _space, reason = self.returns.get((source, key), (0, ""))[1].partition(" ")
        return ReturnOnRecord(dt.date.fromisoformat(due) if due else None, reason)


def on_record(
    unit: Unit, as_of: dt.date, assignment: Assignment, *, names: bool, chores: bool
) -> OnRecord:
    """What pages about a unit's year name, as far as the role may see it; one query.

    `names` brings those of people, `chores` what the unit itself has to see to.
    """
    found = OnRecord()
    branches = [*_basis(unit, as_of, assignment)]
    if names:
        people = Person.objects.filter(unit=unit)
        branches.append(branch(people, PERSON, F("id"), F("id"), F("name")))
    if chores:
        branches += [*_papers(unit, as_of), *_returns(unit)]
        branches += [_items(unit, as_of), _attended(unit, as_of), _hints(unit)]
        branches += [_findings(unit), _notices(unit, as_of), _circulars(unit, as_of)]
        branches.append(_assessments(unit, as_of))
    rows = by_owner(branches).values()
    for row in sorted((one for rows_of_owner in rows for one in rows_of_owner), key=_by_number):
        found.add(row)
    return found


def _by_number(row: Row) -> tuple[str, int]:
    return row[0], row[2]


def _basis(unit: Unit, as_of: dt.date, role: Assignment) -> Iterator[QuerySet[Any, Any]]:
    wanted = Q(date__year=as_of.year) | Q(status__in=UNFINISHED)
    sessions = StudySession.objects.visible_to(role).filter(wanted, unit=unit)
    offline = Cast("is_offline_only", IntegerField())
    yield branch(sessions, SESSION, F("id"), offline, Words("date", "status", "theme"))
    topics = Topic.objects.filter(required=True, due__year=as_of.year)
    yield branch(topics, TOPIC, F("id"), F("id"), F("name"))


def _papers(unit: Unit, as_of: dt.date) -> Iterator[QuerySet[Any, Any]]:
    mine = {"unit": unit, "year": as_of.year}
    plans = AnnualPlan.objects.filter(**mine)
    yield branch(plans, PLAN, F("id"), F("id"), F("status"))
    reports = UnitReport.objects.filter(**mine)
    yield branch(reports, REPORT, F("id"), F("id"), Words("kind", "status"))


def _returns(unit: Unit) -> Iterator[QuerySet[Any, Any]]:
    about = {
        RETURNED_SESSION: "session",
        RETURNED_PLAN: "plan",
        RETURNED_REPORT: "report",
    }
    for source, paper in about.items():
        standing = {f"{paper}__unit": unit, f"{paper}__status": Status.RETURNED}
        events = ReviewEvent.objects.filter(kind=ReviewEvent.Kind.RETURN, **standing)
        yield branch(events, source, F(f"{paper}_id"), F("id"), Words(word("due"), "reason"))


def _items(unit: Unit, as_of: dt.date) -> QuerySet[Any, Any]:
    """Items of this month, the next and this quarter that nothing handed in has carried out."""
    month, quarter = Month.of(as_of), Quarter.of(as_of)
    done = StudySession.objects.filter(plan_item=OuterRef("pk"), status__in=HANDED_IN)
    items = PlanItem.objects.filter(
        ~Exists(done),
        plan__unit=unit,
        plan__year=as_of.year,
        state__in=OPEN_ITEM,
        period__in=(month.key, month.next.key, quarter.key),
    )
    return branch(items, ITEM, F("id"), F("rank_order"), Words("period", "topic"))


def _attended(unit: Unit, as_of: dt.date) -> QuerySet[Any, Any]:
    rows = Attendance.objects.filter(session__unit=unit, session__date__year=as_of.year)
    return branch(rows, ATTENDED, F("session_id"), F("member__person_id"), F("status"))


def _hints(unit: Unit) -> QuerySet[Any, Any]:
    """What the unit may explain still; `number` tells whether another unit has a part in it."""
    sides = HintSide.objects.filter(unit=unit).to_explain()
    others = HintSide.objects.filter(hint=OuterRef("hint")).exclude(unit=unit)
    return branch(sides, HINT, F("id"), Cast(Exists(others), IntegerField()), F("hint__kind"))


def _findings(unit: Unit) -> QuerySet[Any, Any]:
    rows = Finding.objects.filter(unit=unit).awaiting_unit()
    return branch(rows, FINDING, F("id"), F("id"), Words("due", "problem"))


def _notices(unit: Unit, as_of: dt.date) -> QuerySet[Any, Any]:
    """Notices of this year, and for some weeks of last year's reports, not answered yet."""
    answer = {"unit": unit, "year": OuterRef("year"), "kind": OuterRef("kind")}
    answered = UnitReport.objects.filter(**answer, status__in=HANDED_IN)
    asked = Q(year=as_of.year) | Q(year=as_of.year - 1, due__gte=as_of - NOTICED_FOR)
    rows = ReportNotice.objects.standing().concerning(unit).filter(asked, ~Exists(answered))
    return branch(rows, NOTICE, F("id"), F("id"), Words("due", "title"))


def _circulars(unit: Unit, as_of: dt.date) -> QuerySet[Any, Any]:
    """Drafts opened to the unit that it may still explain and has not explained."""
    rows = Circular.objects.open_for(unit).filter(explain_by__gte=as_of)
    open_still = rows.exclude(explanations__unit=unit)
    return branch(open_still, CIRCULAR, F("id"), F("id"), Words("explain_by", "title"))


def _assessments(unit: Unit, as_of: dt.date) -> QuerySet[Any, Any]:
    """Sheets whose own scores can still be handed in."""
    rows = AssessmentSheet.objects.filter(unit=unit, status="draft")
    dated = rows.filter(scheme__published_at__isnull=False).annotate(
        due=Coalesce("own_due", "scheme__self_due")
    )
    still_open = dated.filter(due__gte=as_of)
    return branch(still_open, ASSESSMENT, F("id"), F("id"), Words("due", "scheme__title"))
