"""A stored record as its checks look at it."""

from dataclasses import dataclass
from datetime import date

from sessions.models import Attendance, Evidence, Form, ReviewEvent, Speech, Status, StudySession
from sessions.recording.due import due_members
from sessions.recording.terms import Terms, terms_of
from units.models import RosterEntry


@dataclass(frozen=True, slots=True)
class Sheet:
    """``due`` has one entry a person. ``twin`` is another record of the day with this theme.
    ``has_files``: files are on record, besides what is held.
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


def sheet_of(session: StudySession, today: date) -> Sheet:
    """Reads the record and what the rules ask of it."""
    unit = session.unit
    twins = StudySession.objects.filter(unit=unit, date=session.date, theme=session.theme)
    return Sheet(
        session=session,
        due=due_members(unit, session.date),
        rows=list(session.attendance.select_related("member__person")),
        speeches=list(session.speeches.select_related("member__person")),
        has_topics=session.topics.exists(),
        has_files=session.evidence.filter(checked=Evidence.Checked.CLEAN).exclude(file="").exists(),
        has_been_submitted=session.events.filter(kind=ReviewEvent.Kind.SUBMIT).exists(),
        twin=twins.exclude(pk=session.pk).exclude(status=Status.DRAFT).exclude(theme="").first(),
        terms=terms_of(unit, session.date, session.end_date, today),
        today=today,
    )
