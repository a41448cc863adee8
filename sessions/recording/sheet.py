"""A stored record as its checks look at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, OuterRef

from sessions.models import Attendance, Evidence, Form, ReviewEvent, Speech, Status, StudySession
from sessions.recording.ground import Ground
from sessions.recording.terms import Terms
from units.models import RosterEntry

Row = TypeVar("Row", Attendance, Speech)


@dataclass(frozen=True, slots=True)
class Sheet:
    """``due`` has one entry a person. ``twin`` is another record of the day with this theme.
    ``has_files``: files are on record, besides what is held. ``is_joint``: units studied with are
    named, or have a record of it; only a submission asks.
    """

    session: StudySession
    due: list[RosterEntry]
    rows: list[Attendance]
    speeches: list[Speech]
    has_topics: bool
    has_files: bool
    has_been_submitted: bool
    twin: StudySession | None
    terms: Terms
    today: date
    is_joint: bool = False

    @property
    def here(self) -> set[int]:
        """Ids of the people present."""
        return {row.member.person_id for row in self.rows if row.status in Attendance.HERE}

    @property
    def counts(self) -> tuple[int, int]:
        """应到 and 实到."""
        due = {member.person_id for member in self.due}
        return len(due), len(self.here & due)

    @property
    def is_adjacent(self) -> bool:
        return self.session.form == Form.ADJACENT


def sheet_of(session: StudySession, today: date, ground: Ground) -> Sheet:
    """Reads the record and what the rules ask of it."""
    due = ground.due(session.date)
    has_topics, has_files, has_been_submitted, names_units, has_partners = _what_hangs_on(session)
    twins = StudySession.objects.filter(unit=session.unit, date=session.date, theme=session.theme)
    return Sheet(
        session=session,
        due=due,
        rows=_with_members(session.attendance.all(), due),
        speeches=_with_members(session.speeches.all(), due),
        has_topics=has_topics,
        has_files=has_files,
        has_been_submitted=has_been_submitted,
        twin=twins.exclude(pk=session.pk).exclude(status=Status.DRAFT).exclude(theme="").first(),
        terms=ground.terms(session.date, session.end_date, today),
        today=today,
        is_joint=names_units or has_partners,
    )


def _what_hangs_on(session: StudySession) -> tuple[bool, bool, bool, bool, bool]:
    """Whether there are topics, clean files, submissions, units named and their records."""
    linked = {"studysession": OuterRef("pk")}
    files = Evidence.objects.filter(session=OuterRef("pk"), checked=Evidence.Checked.CLEAN)
    submissions = ReviewEvent.objects.filter(session=OuterRef("pk"), kind=ReviewEvent.Kind.SUBMIT)
    found: tuple[bool, bool, bool, bool, bool] = StudySession.objects.values_list(
        Exists(StudySession.topics.through.objects.filter(**linked)),
        Exists(files.exclude(file="")),
        Exists(submissions),
        Exists(StudySession.joint_units.through.objects.filter(**linked)),
        Exists(StudySession.objects.filter(joint_lead=OuterRef("pk"))),
    ).get(pk=session.pk)
    return found


def _with_members(rows: Iterable[Row], due: Iterable[RosterEntry]) -> list[Row]:
    """The rows with their members: nearly always those due, who are at hand."""
    listed = list(rows)
    known = {entry.pk: entry for entry in due}
    if others := {row.member_id for row in listed} - known.keys():
        known |= RosterEntry.objects.select_related("person").in_bulk(others)
    for row in listed:
        row.member = known[row.member_id]
    return listed
