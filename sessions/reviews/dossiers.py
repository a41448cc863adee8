"""Sessions with all that their review looks at: two queries for a page of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from sessions.models import Attendance, Evidence, Speech, Status, StudySession
from sessions.querysets import short_name_on
from sessions.recording.sheet import Sheet
from sessions.recording.terms import Terms
from sessions.reviews.terms import ReviewTerms
from units.models import Person, RosterEntry, Unit

ATTENDANCE, SPEECH, EVIDENCE, TOPIC, DUE = "aseto"
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """``on_file``: the kinds of evidence there; ``held``: pieces held for their markings;
    ``has_files``: some of what is there is a file.
    """

    session: StudySession
    due: list[RosterEntry]
    rows: list[Attendance]
    speeches: list[Speech]
    topics: list[str]
    on_file: frozenset[str]
    held: int
    has_files: bool

    def sheet(self, terms: ReviewTerms, today: date) -> Sheet:
        """As the checks before submission look at it."""
        status = getattr(self.session, "twin_status", None)
        return Sheet(
            session=self.session,
            due=self.due,
            rows=self.rows,
            speeches=self.speeches,
            has_topics=bool(self.topics),
            has_files=self.has_files,
            has_been_submitted=True,
            twin=StudySession(status=status) if status else None,
            terms=Terms(min_speakers=terms.min_speakers),
            today=today,
        )


def reviewable(today: date) -> QuerySet[StudySession]:
    """Sessions with the unit's name and the status of another record of the day and theme."""
    twins = StudySession.objects.filter(
        unit=OuterRef("unit"), date=OuterRef("date"), theme=OuterRef("theme")
    )
    twin = twins.exclude(Q(pk=OuterRef("pk")) | Q(status=Status.DRAFT) | Q(theme=""))
    return StudySession.objects.select_related("unit__category", "plan_item").annotate(
        unit_name=short_name_on(today),
        twin_status=Subquery(twin.values("status")[:1]),
        is_joint=Exists(
            StudySession.joint_units.through.objects.filter(studysession=OuterRef("pk"))
        ),
    )


def dossiers(sessions: Iterable[StudySession]) -> dict[int, Dossier]:
    """By the session's id; one query for all that hangs on them."""
    wanted = {session.pk: session for session in sessions}
    if not wanted:
        return {}
    hanging: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for table, owner, *row in sorted(_rows(wanted)):
        hanging[table, owner].append(tuple(row))
    return {pk: _dossier(session, hanging) for pk, session in wanted.items()}


def _dossier(session: StudySession, hanging: dict[tuple[str, int], list[Row]]) -> Dossier:
    pieces = hanging[EVIDENCE, session.pk]
    clean = [row for row in pieces if row[5] == Evidence.Checked.CLEAN]
    return Dossier(
        session=session,
        due=_in_office(hanging[DUE, session.unit_id], session.date),
        rows=[_attendance(row) for row in hanging[ATTENDANCE, session.pk]],
        speeches=[_speech(row) for row in hanging[SPEECH, session.pk]],
        topics=[row[3] for row in hanging[TOPIC, session.pk]],
        on_file=frozenset(row[4] for row in clean),
        held=sum(row[5] == Evidence.Checked.HELD for row in pieces),
        has_files=any(row[6] for row in clean),
    )


def _in_office(rows: list[Row], day: date) -> list[RosterEntry]:
    """One entry a person, the first in official order, as recording.due has it."""
    first_of: dict[int, RosterEntry] = {}
    for row in rows:
        start, end = row[4], row[5]
        if start <= day.isoformat() and (not end or end > day.isoformat()):
            first_of.setdefault(row[2], _member(row))
    return list(first_of.values())


def _member(row: Row) -> RosterEntry:
    return RosterEntry(person=Person(pk=row[2], name=row[3]), post=row[7], rank_order=row[0])


def _attendance(row: Row) -> Attendance:
    status, leave_kind, reason = row[4:7]
    return Attendance(
        pk=row[1], member=_member(row), status=status, leave_kind=leave_kind, reason=reason
    )


def _speech(row: Row) -> Speech:
    return Speech(pk=row[1], member=_member(row), kind=row[4], title=row[5])


def _rows(sessions: dict[int, StudySession]) -> "QuerySet[Any, Row]":
    """Columns: table, owner, rank, id, person, name, and four words."""
    of_these = {"session__in": list(sessions)}
    nobody, none = Value(0), Value("")
    person = ("member__person_id", "member__person__name")
    rank = "member__rank_order"
    topics = StudySession.topics.through.objects.filter(studysession__in=list(sessions))
    attendance = Attendance.objects.filter(**of_these).values_list(
        Value(ATTENDANCE), "session_id", rank, "pk", *person,
        "status", "leave_kind", "reason", "member__post",
    )  # fmt: skip
    speeches = Speech.objects.filter(**of_these).values_list(
        Value(SPEECH), "session_id", rank, "pk", *person, "kind", "title", none, "member__post"
    )
    evidence = Evidence.objects.filter(**of_these).values_list(
        Value(EVIDENCE), "session_id", nobody, "pk", nobody, none, "kind", "checked", "file", none
    )
    linked = topics.values_list(
        Value(TOPIC), "studysession_id", nobody, "pk", nobody, "topic__name", none, none, none, none
    )
    due = _entries(sessions.values()).values_list(
        Value(DUE), "person__unit_id", F("rank_order"), "pk", "person_id", "person__name",
        Cast("start_date", CharField()), Cast("end_date", CharField()), none, "post",
    )  # fmt: skip
    branches = [each.order_by() for each in (speeches, evidence, linked, due)]
    return attendance.order_by().union(*branches, all=True)


def _entries(sessions: Iterable[StudySession]) -> QuerySet[RosterEntry]:
    """Terms of due members that touch the days of the sessions."""
    days = [session.date for session in sessions]
    units: set[Unit | int] = {session.unit_id for session in sessions}
    entries = RosterEntry.objects.due().filter(person__unit__in=units, start_date__lte=max(days))
    return entries.filter(Q(end_date__isnull=True) | Q(end_date__gt=min(days)))
