"""What a unit's archive of a year holds (学习档案): a file for each session, and the year's papers.

The papers follow practice: 一次一档 for each session; plan, reports, roster, personal records and
outcomes for the year. What is lacking is told by the rule's required kinds and by practice.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reports.archives.pieces import Piece, Slot, Standing, Turnout, counted, piece_of, slots_of
from reports.review_terms import wanted_kinds
from reports.rule_book import rule_book
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    Outcome,
    PersonalRecord,
    Speech,
    Status,
    StudySession,
    UnitReport,
)
from sessions.querysets import OutcomeQuerySet, PersonalRecordQuerySet
from units.models import RosterEntry, Unit
from units.querysets import RosterQuerySet


@dataclass(frozen=True, slots=True)
class SessionContents:
    """The file of one session."""

    row: StudySession
    turnout: Turnout
    slots: tuple[Slot, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for slot in self.slots for piece in slot.pieces)

    @property
    def lacking(self) -> tuple[Slot, ...]:
        """What the rule requires first, then what practice has."""
        found = [slot for slot in self.slots if slot.is_lacking]
        return tuple(sorted(found, key=lambda slot: slot.standing != Standing.REQUIRED))

    @property
    def required(self) -> tuple[Slot, ...]:
        """Kinds the rule requires and nobody has put on file."""
        return tuple(slot for slot in self.slots if slot.standing == Standing.REQUIRED)

    @property
    def is_complete(self) -> bool:
        return not self.required

    @property
    def papers(self) -> tuple[Piece, ...]:
        """What lies on paper only; `row.archive_place` says where the session's own file lies."""
        return tuple(piece for piece in self.pieces if piece.is_on_paper)

    @property
    def withheld(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.why_withheld)


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan or a report that was handed in, with what is attached to it."""

    row: AnnualPlan | UnitReport
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class YearContents:
    """A unit's archive of a year; drafts are no part of it, they are only counted.

    `sources` are the workbooks from which sessions of the year were imported. A part that is not
    `whole` has sessions only. The lists of the year are read when somebody asks for them.
    """

    unit: Unit
    year: int
    required: frozenset[str]
    sessions: tuple[SessionContents, ...]
    plan: Paper | None
    reports: tuple[Paper, ...]
    sources: tuple[Piece, ...]
    drafts: int
    whole: bool = True

    @cached_property
    def roster(self) -> tuple[RosterEntry, ...]:
        """Terms that touch the year, in official order."""
        if not self.whole:
            return ()
        entries = roster_of(self.unit, self.year).select_related("person")
        return tuple(entries.order_by("rank_order", "start_date", "pk"))

    @cached_property
    def records(self) -> tuple[PersonalRecord, ...]:
        if not self.whole:
            return ()
        written = records_of(self.unit, self.year).select_related("person")
        return tuple(written.order_by("date", "pk"))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        if not self.whole:
            return ()
        return tuple(outcomes_of(self.unit, self.year).order_by("date", "pk"))

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Plan and reports."""
        return (self.plan, *self.reports) if self.plan else self.reports

    def report(self, kind: str) -> Paper | None:
        return next((one for one in self.reports if getattr(one.row, "kind", "") == kind), None)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every piece of the year, of papers and of sessions."""
        yield from self.sources
        for paper in self.papers:
            yield from paper.pieces
        for session in self.sessions:
            yield from session.pieces

    @property
    def complete(self) -> int:
        """Sessions whose file holds all the rule requires."""
        return sum(session.is_complete for session in self.sessions)

    @property
    def standings(self) -> dict[Standing, int]:
        """How many kinds of paper, over all sessions, stand in which way."""
        return dict(counted(slot for session in self.sessions for slot in session.slots))


def contents_of(unit: Unit, year: int, as_of: dt.date | None = None) -> YearContents:
    """The unit's archive of the year; the same number of queries for any number of sessions.

    `as_of` decides which rule set says what is required; the year's last day if not given.
    """
    ours = StudySession.objects.of_year(year).filter(unit=unit)
    known = list(_with_turnout(ours).select_related("plan_item").order_by("date", "pk"))
    rows = [row for row in known if row.status != Status.DRAFT]
    required = required_kinds(unit, year, as_of)
    ledgers = {row.ledger_import_id for row in rows if row.ledger_import_id is not None}
    offline = {row.pk for row in rows if row.is_offline_only}
    pieces = _pieces(unit, year, ledgers, offline)
    sessions = tuple(
        SessionContents(
            row,
            _turnout(row),
            slots_of(
                form=row.form,
                pieces=pieces.get(("session", row.pk), ()),
                turnout=_turnout(row),
                required=required,
            ),
        )
        for row in rows
    )
    plans = AnnualPlan.objects.filter(unit=unit, year=year).exclude(status=Status.DRAFT)
    plan = plans.first()
    reports = UnitReport.objects.filter(unit=unit, year=year).exclude(status=Status.DRAFT)
    papers = tuple(
        Paper(row, tuple(pieces.get(("report", row.pk), ()))) for row in reports.order_by("-kind")
    )
    filed = Paper(plan, tuple(pieces.get(("plan", plan.pk), ()))) if plan else None
    return YearContents(
        unit=unit,
        year=year,
        required=required,
        sessions=sessions,
        plan=filed,
        reports=papers,
        sources=tuple(piece for pk in sorted(ledgers) for piece in pieces.get(("ledger", pk), ())),
        drafts=len(known) - len(rows),
    )


def required_kinds(unit: Unit, year: int, as_of: dt.date | None = None) -> frozenset[str]:
    """What the rule set that binds the unit wants in each session's file; one query."""
    book = rule_book(year=year, as_of=as_of or dt.date(year, 12, 31))
    bound = book.applicable(unit.pk, unit.category_id)
    return wanted_kinds(bound.facts) if bound else frozenset()


def _with_turnout(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """Annotates the counts of `Turnout`, so that they cost no query of their own."""
    rows = Attendance.objects.all()
    return sessions.annotate(
        due=_number(rows),
        here=_number(rows.filter(status__in=Attendance.HERE)),
        on_leave=_number(rows.filter(status=Attendance.Status.LEAVE)),
        made_up=_number(rows.filter(makeup_confirmed_on__isnull=False)),
        spoken=_number(Speech.objects.filter(kind=Speech.Kind.KEY)),
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    ours = rows.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(Subquery(ours.annotate(n=Count("pk")).values("n")), 0)


def _turnout(row: Any) -> Turnout:
    return Turnout(row.due, row.here, row.on_leave, row.made_up, row.spoken)


def _pieces(
    unit: Unit, year: int, ledgers: Collection[int], offline: Collection[int]
) -> dict[tuple[str, int], list[Piece]]:
    """By what they belong to; one query. `offline` are the sessions that must stay offline."""
    wanted = (
        Q(session__unit=unit, session__date__year=year)
        | Q(plan__unit=unit, plan__year=year)
        | Q(report__unit=unit, report__year=year)
        | Q(ledger__in=ledgers)
    )
    found: dict[tuple[str, int], list[Piece]] = {}
    for row in Evidence.objects.filter(wanted).order_by("on", "pk"):
        owners = {
            "session": row.session_id,
            "plan": row.plan_id,
            "report": row.report_id,
            "ledger": row.ledger_id,
        }
        for paper, pk in owners.items():
            if pk is not None:
                piece = piece_of(row, is_offline=row.session_id in offline)
                found.setdefault((paper, pk), []).append(piece)
    return found


def roster_of(unit: Unit, year: int) -> RosterQuerySet:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    lasting = Q(end_date__isnull=True) | Q(end_date__gt=first)
    return RosterEntry.objects.of_unit(unit).filter(lasting, start_date__lte=last)


def records_of(unit: Unit, year: int) -> PersonalRecordQuerySet:
    return PersonalRecord.objects.filter(person__unit=unit, date__year=year)


def outcomes_of(unit: Unit, year: int) -> OutcomeQuerySet:
    return Outcome.objects.filter(unit=unit, date__year=year)
