"""What is on record of a unit's year besides its ledger, in one query.

Every kind of row is a branch of a union: a letter for its table, and the row as a JSON object, so
that themes and titles may hold whatever people typed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from reports.models import Finding, SitIn
from reports.rules.words import RETURN, SUBMIT
from reports.yearly.facts import (
    Achieved,
    Heard,
    Item,
    LeaderTerm,
    LinkedTopic,
    PlanPaper,
    Problem,
    SessionMore,
    Spoken,
    Step,
    Written,
)
from reports.yearly.figures import PLAN, REPORT, SESSION
from reports.yearly.spans import Span
from sessions.models import (
    AnnualPlan,
    Outcome,
    PersonalRecord,
    PlanItem,
    ReviewEvent,
    Speech,
    Status,
    StudySession,
)
from units.models import Person, RosterEntry, Unit, UnitName

Json = dict[str, Any]
Branch = QuerySet[Any, Any]
MORE, LEADS, INVITED, PARTNERS, TOPICS, SPEECHES, RECORDS = "MLIJTSR"
OUTCOMES, STEPS, PLANS, ITEMS, PROBLEMS, HEARD, PEOPLE, LED = "OEPCFVND"


class OnRecord:
    """The rows of one unit that are dated within a span, up to a day of it."""

    def __init__(self, unit: Unit, span: Span, as_of: dt.date) -> None:
        self._found: dict[str, list[Json]] = defaultdict(list)
        first, *others = _branches(unit, span, as_of)
        for source, row in first.union(*others, all=True):
            self._found[source].append(row)
        for rows in self._found.values():
            rows.sort(key=lambda row: (row.get("on") or "", row["id"]))

    def themes(self) -> dict[int, tuple[str, dt.date]]:
        """Theme and day of every session, adjacent ones too; nothing for one kept on paper."""
        return {
            row["id"]: ("" if row["is_offline"] else row["theme"], _day(row["on"]))
            for row in self._found[MORE]
        }

    def more(self) -> dict[int, SessionMore]:
        """What the ledger does not say of each session."""
        return {
            row["id"]: SessionMore(
                lecturer=row["lecturer"],
                scope=row["scope"],
                expanded=row["expanded"],
                attending=row["attending"],
                observing=row["observing"],
                teaching=row["teaching"],
                problem=row["problem"],
                is_offline=bool(row["is_offline"]),
                item=row["item"],
            )
            for row in self._found[MORE]
        }

    def partners(self) -> dict[int, tuple[str, ...]]:
        """The groups each joint session was held with."""
        names: dict[int, dict[str, None]] = defaultdict(dict)
        for source in (LEADS, INVITED, PARTNERS):
            for row in self._found[source]:
                names[row["id"]][row["name"] or row["code"]] = None
        return {key: tuple(found) for key, found in names.items()}

    def topics(self) -> tuple[LinkedTopic, ...]:
        """Which sessions are about which topics."""
        return tuple(
            LinkedTopic(row["id"], row["topic"], row["name"], row["level"], row["group"])
            for row in self._found[TOPICS]
        )

    def speeches(self) -> tuple[Spoken, ...]:
        """What due members said."""
        return tuple(
            Spoken(row["session"], row["name"], row["kind"], row["title"])
            for row in self._found[SPEECHES]
        )

    def people(self) -> dict[int, str]:
        """The names of everybody in the unit's rosters."""
        return {row["id"]: row["name"] for row in self._found[PEOPLE]}

    def leaders(self) -> tuple[LeaderTerm, ...]:
        """Who led the group when."""
        return tuple(
            LeaderTerm(row["name"], _day(row["on"]), _day(row["end"]) if row["end"] else None)
            for row in self._found[LED]
        )

    def records(self) -> tuple[Written, ...]:
        """Personal records of all kinds."""
        return tuple(
            Written(row["id"], row["name"], row["kind"], _day(row["on"]), row["title"])
            for row in self._found[RECORDS]
        )

    def outcomes(self) -> tuple[Achieved, ...]:
        """What study led to."""
        return tuple(
            Achieved(
                id=row["id"],
                kind=row["kind"],
                on=_day(row["on"]),
                title=row["title"],
                authors=row["authors"],
                level=row["level"],
                outlet=row["outlet"],
                conversion=row["conversion"],
                by_principal=bool(row["by_principal"]),
            )
            for row in self._found[OUTCOMES]
        )

    def plan(self) -> PlanPaper | None:
        """The year's plan."""
        for row in self._found[PLANS]:
            approved = _day(row["approved_on"]) if row["approved_on"] else None
            return PlanPaper(row["id"], row["title"], row["approved_by"], approved)
        return None

    def items(self) -> tuple[Item, ...]:
        """The plan's items in their order."""
        rows = sorted(self._found[ITEMS], key=lambda row: (row["rank"], row["id"]))
        return tuple(
            Item(row["id"], row["topic"], row["period"], row["state"], row["note"]) for row in rows
        )

    def steps(self) -> tuple[Step, ...]:
        """Submissions, and returns by the department, in the order of their days and entry."""
        return tuple(
            Step(row["paper"], row["key"], row["name"], row["kind"], _day(row["on"]))
            for row in self._found[STEPS]
        )

    def problems(self) -> tuple[Problem, ...]:
        """Findings of the department; signed off only if by the day."""
        return tuple(
            Problem(
                row["id"],
                _day(row["on"]),
                row["problem"],
                _day(row["closed_on"]) if row["closed_on"] else None,
            )
            for row in self._found[PROBLEMS]
        )

    def heard(self) -> tuple[Heard, ...]:
        """Sit-ins that took place."""
        return tuple(Heard(row["id"], _day(row["on"])) for row in self._found[HEARD])


def _branches(unit: Unit, span: Span, as_of: dt.date) -> Iterator[Branch]:
    within = {"date__gte": span.first, "date__lte": as_of}
    sessions = StudySession.objects.filter(unit=unit, **within)
    yield _branch(
        sessions, MORE,
        id="id", on="date", theme="theme", lecturer="lecturer", scope="scope",
        expanded="guests_expanded", attending="guests_attending", observing="guests_observing",
        teaching="guests_teaching", problem="problem_solved", is_offline="is_offline_only",
        item="plan_item_id",
    )  # fmt: skip
    yield from _joint(sessions, as_of)
    of_session = {f"session__{name}": value for name, value in within.items()}
    spoken = Speech.objects.filter(
        session__unit=unit, member__role__in=RosterEntry.DUE_ROLES, **of_session
    )
    yield _branch(spoken, SPEECHES, id="id", on="session__date", session="session_id",
                  name="member__person__name", kind="kind", title="title")  # fmt: skip
    yield _branch(Person.objects.filter(unit=unit), PEOPLE, id="id", name="name")
    led = RosterEntry.objects.filter(person__unit=unit, role=RosterEntry.Role.LEADER)
    yield _branch(led.filter(start_date__lte=as_of), LED, id="id", on="start_date",
                  end="end_date", name="person__name")  # fmt: skip
    records = PersonalRecord.objects.filter(person__unit=unit, **within)
    yield _branch(records, RECORDS, id="id", on="date", name="person__name", kind="kind",
                  title="title")  # fmt: skip
    outcomes = Outcome.objects.filter(unit=unit, **within)
    yield _branch(outcomes, OUTCOMES, id="id", on="date", kind="kind", title="title",
                  authors="authors", level="level", outlet="outlet", conversion="conversion",
                  by_principal="by_principal")  # fmt: skip
    yield from _reviewed(unit, span, as_of)
    yield from _plan(unit, span)
    yield from _inspected(unit, span, as_of)


def _joint(sessions: QuerySet[StudySession], as_of: dt.date) -> Iterator[Branch]:
    """Topics, and with whom: the lead of each, the units it invited, those that took part."""
    links = StudySession.topics.through.objects.filter(studysession__in=sessions)
    yield _branch(
        links, TOPICS,
        id="studysession_id", on="studysession__date", topic="topic_id", name="topic__name",
        level="topic__level", group="topic__content_group",
    )  # fmt: skip
    led = sessions.filter(joint_lead__isnull=False)
    yield _branch(led, LEADS, id="id", code="joint_lead__unit__code",
                  name=_short("joint_lead__unit", as_of))  # fmt: skip
    invited = StudySession.joint_units.through.objects.filter(studysession__in=sessions)
    yield _branch(invited, INVITED, id="studysession_id", code="unit__code",
                  name=_short("unit", as_of))  # fmt: skip
    partners = StudySession.objects.filter(joint_lead__in=sessions).exclude(status="draft")
    yield _branch(partners, PARTNERS, id="joint_lead_id", code="unit__code",
                  name=_short("unit", as_of))  # fmt: skip


def _reviewed(unit: Unit, span: Span, as_of: dt.date) -> Iterator[Branch]:
    """Steps of this year's papers; returns inside the unit are its own affair."""
    steps = ReviewEvent.objects.filter(
        Q(kind=SUBMIT) | Q(kind=RETURN, in_unit=False), on__gte=span.first, on__lte=as_of
    )
    columns = {"id": "id", "on": "on", "kind": "kind"}
    of_sessions = steps.filter(session__unit=unit, session__date__year=span.year)
    yield _branch(of_sessions, STEPS, **columns, paper=Value(SESSION), key="session_id",
                  name="session__theme")  # fmt: skip
    of_plan = steps.filter(plan__unit=unit, plan__year=span.year)
    yield _branch(of_plan, STEPS, **columns, paper=Value(PLAN), key="plan_id", name="plan__title")
    of_reports = steps.filter(report__unit=unit, report__year=span.year)
    yield _branch(of_reports, STEPS, **columns, paper=Value(REPORT), key="report_id",
                  name="report__kind")  # fmt: skip


def _plan(unit: Unit, span: Span) -> Iterator[Branch]:
    """Items of the second half are left out of the first's; a draft is the unit's own affair."""
    handed_in = AnnualPlan.objects.exclude(status=Status.DRAFT)
    plans = handed_in.filter(unit=unit, year=span.year)
    yield _branch(plans, PLANS, id="id", title="title", approved_by="approved_by",
                  approved_on="approved_on")  # fmt: skip
    items = PlanItem.objects.filter(plan__in=plans, period__in=periods_within(span))
    yield _branch(items, ITEMS, id="id", rank="rank_order", topic="topic", period="period",
                  state="state", note="note")  # fmt: skip


def _inspected(unit: Unit, span: Span, as_of: dt.date) -> Iterator[Branch]:
    noted = Finding.objects.filter(unit=unit, found_on__gte=span.first, found_on__lte=as_of)
    columns = {"id": "id", "on": "found_on", "problem": "problem"}
    signed_off = Q(closed_on__lte=as_of)
    yield _branch(noted.filter(signed_off), PROBLEMS, **columns, closed_on="closed_on")
    # Not `exclude`: what is open has no day to compare.
    still_open = noted.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=as_of))
    nothing = Value(None, output_field=CharField())
    yield _branch(still_open, PROBLEMS, **columns, closed_on=nothing)
    held = SitIn.objects.filter(unit=unit, date__gte=span.first, date__lte=as_of,
                                status__in=(SitIn.Status.HELD, SitIn.Status.FED_BACK))  # fmt: skip
    yield _branch(held, HEARD, id="id", on="date")


def periods_within(span: Span) -> list[str]:
    """The months and quarters of the span, as plans name them."""
    months, quarters = span.last.month, span.last.month // 3
    return [
        *(f"{span.year:04d}-{month:02d}" for month in range(1, months + 1)),
        *(f"{span.year:04d}-Q{quarter}" for quarter in range(1, quarters + 1)),
    ]


def _branch(rows: QuerySet[Any], source: str, **columns: str | Combinable) -> Branch:
    named = {
        name: F(column) if isinstance(column, str) else column for name, column in columns.items()
    }
    tag = Value(source, output_field=CharField())
    tagged: Branch = rows.order_by().values_list(tag, JSONObject(**named))
    return tagged


def _short(unit: str, day: dt.date) -> Subquery:
    """The short name, on the day, of the unit a row names."""
    names = UnitName.objects.filter(unit=OuterRef(unit), valid_from__lte=day)
    latest = names.order_by("-valid_from").values("short_name")[:1]
    return Subquery(latest, output_field=CharField())


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
