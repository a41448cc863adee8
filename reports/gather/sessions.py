"""Study sessions and what hangs on them, in two queries for any number of units."""

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Count, F, QuerySet

from reports.gather.attendance import GroupReader, exceptions
from reports.gather.events import KNOWN, EventReader, said
from reports.gather.unions import Among, JoinedText, Row, Rows, Words, branch, by_owner, word
from reports.rules.facts import EvidenceFacts, SessionFacts, SpeechFacts
from sessions.models import Attendance, Evidence, ReviewEvent, Speech, StudySession
from units.models import RosterEntry

EVENT, ATTENDANCE, SPEECH, EVIDENCE, TOPIC = "EASFT"
COLUMNS = ("unit_id", "id", "date", "end_date", "half_days", "form")

by_day = itemgetter(2, 1)

SessionRow = tuple[int, int, dt.date, dt.date, int, str]
Files = tuple[EvidenceFacts, ...]


class Sessions:
    """The year's sessions of some units as rows; they become facts when a unit is asked for."""

    def __init__(self, unit_ids: Sequence[int], year: int) -> None:
        mine = StudySession.objects.of_year(year).filter(Among("unit_id", unit_ids))
        self._sessions: dict[int, list[SessionRow]] = {}
        for row in mine.order_by().values_list(*COLUMNS):
            self._sessions.setdefault(row[0], []).append(row)
        self._details: Rows = by_owner(_branches(unit_ids, year))
        self._groups = GroupReader()
        self._events = EventReader()
        self._files: dict[str, Files] = {}

    def take(self, unit: int) -> tuple[SessionFacts, ...]:
        """The sessions of a unit in the order of their days; once only, the rows are let go."""
        rows = sorted(self._sessions.pop(unit, ()), key=by_day)
        return tuple([self._session(row) for row in rows])

    def _session(self, row: SessionRow) -> SessionFacts:
        _, key, first, last, half_days, form = row
        events: list[Row] = []
        attendance: tuple[Any, ...] = ()
        speeches: list[SpeechFacts] = []
        evidence: Files = ()
        topics: list[int] = []
        for detail in self._details.pop(key, ()):
            source, _, number, text = detail
            if source == EVENT:
                events.append(detail)
            elif source == ATTENDANCE:
                attendance = self._groups.groups(number, text)
            elif source == EVIDENCE:
                evidence = self._files.get(text) or self._read_files(text)
            elif source == SPEECH:
                speeches.append(SpeechFacts(number, text))
            else:
                topics.append(number)
        return SessionFacts(
            key, first, last, half_days, form,
            self._events.events(events), attendance, tuple(speeches), tuple(topics), evidence,
        )  # fmt: skip

    def _read_files(self, text: str) -> Files:
        pairs = [one.split(" ") for one in text.split(",")]
        files = tuple(EvidenceFacts(kind, dt.date.fromisoformat(on)) for kind, on in pairs)
        return self._files.setdefault(text, files)


def _branches(unit_ids: Sequence[int], year: int) -> Iterator[QuerySet[Any, Any]]:
    mine = Among("session__unit_id", unit_ids)
    session, row = F("session_id"), F("id")
    events = ReviewEvent.objects.filter(mine, session__date__year=year, kind__in=KNOWN)
    yield branch(events, EVENT, session, row, said())
    attendance = Attendance.objects.filter(mine, session__date__year=year)
    yield branch(attendance, ATTENDANCE, session, Count("id"), exceptions())
    speeches = Speech.objects.filter(
        mine, session__date__year=year, member__role__in=RosterEntry.DUE_ROLES
    )
    yield branch(speeches, SPEECH, session, F("member__person_id"), F("kind"))
    evidence = Evidence.objects.filter(mine, session__date__year=year)
    yield branch(evidence, EVIDENCE, session, Count("id"), JoinedText(Words("kind", "on")))
    links = StudySession.topics.through.objects.filter(
        Among("studysession__unit_id", unit_ids), studysession__date__year=year
    )
    yield branch(links, TOPIC, F("studysession_id"), F("topic_id"), word("topic_id"))
