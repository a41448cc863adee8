"""One walk through a unit's sessions: what counts at the day of evaluation, and how."""

import datetime as dt
from collections.abc import Hashable, Sequence

from reports.rules.facts import AttendanceGroup, EventFacts, SessionFacts, UnitFacts
from reports.rules.horizon import Horizon
from reports.rules.results import Figures
from reports.rules.service import in_office, service_days
from reports.rules.sums import Sums
from reports.rules.words import (
    ADJACENT,
    DISCUSSION_FORMS,
    DRAFT,
    EXCLUDED,
    KEY_SPEECH,
    PRESENT,
    RETURNED,
    SPEECH_LABELS,
    STATUS_AFTER,
    SUBMIT,
    SUBMITTED,
)

State = tuple[str, dt.date, dt.date | None]
_EVER_BEFORE = dt.date.min
_SPOKEN = frozenset(SPEECH_LABELS)


def is_discussion(session: SessionFacts, min_speakers: int) -> bool:
    """Whether a session is a 集体研讨: the form, and enough different members who spoke."""
    return (
        session.form in DISCUSSION_FORMS
        and len(session.speeches) >= min_speakers
        and len({person for person, kind in session.speeches if kind in _SPOKEN}) >= min_speakers
    )


def state_at(events: tuple[EventFacts, ...], as_of: dt.date) -> State:
    """The status at `as_of`, the day of the event that made it, and the first submission's day.

    The last event dated ≤ `as_of` decides; on one day, the one later in the list.
    """
    last_kind = ""
    reached = _EVER_BEFORE
    submitted = None
    for on, kind in events:
        if on <= as_of:
            if on >= reached:
                reached = on
                last_kind = kind
            if kind == SUBMIT and (submitted is None or on < submitted):
                submitted = on
    return STATUS_AFTER.get(last_kind, DRAFT), reached, submitted


class Tally(Sums):
    """What counts among a unit's facts, and the counted sessions themselves."""

    __slots__ = ("_unit", "counted")

    def __init__(self, unit: UnitFacts, horizon: Horizon) -> None:
        super().__init__(unit, horizon)
        self._unit = unit
        self.counted: list[SessionFacts] = []
        self._sort_sessions()
        self._count()

    @property
    def unit(self) -> UnitFacts:
        """All facts."""
        return self._unit

    def _sort_sessions(self) -> None:
        horizon = self.horizon
        as_of = horizon.as_of
        first = self.first
        until = min(as_of, self.last)
        counted_statuses = horizon.counted_statuses
        counted, reports = self.counted, self.reports
        for session in self.unit.sessions:
            _, date, end_date, _, form, events, _, _, _, _ = session
            if not first <= date <= until or form == ADJACENT:
                continue
            status, since, submitted = state_at(events, as_of)
            if end_date <= as_of:
                reports.append((end_date, submitted))
            if status in counted_statuses:
                counted.append(session)
            elif status == SUBMITTED:
                self.waiting.append(session)
            elif status == RETURNED:
                self.stands_returned = True
                if as_of <= horizon.correction_ends[since]:
                    self.correcting.append(session)

    def _count(self) -> None:
        months, quarters, linked = self.months, self.quarters, self.linked
        filed = self.filed
        min_speakers = self.horizon.min_speakers
        discussions = half_days = 0
        for session in self.counted:
            _, day, last, length, form, _, attendance, _, topics, evidence = session
            month = day.month - 1
            months[month] += 1
            half_days += length
            if form in DISCUSSION_FORMS and is_discussion(session, min_speakers):
                quarters[month // 3] += 1
                discussions += 1
            for topic in topics:
                linked.setdefault(topic, []).append(day)
            filed.append((last, evidence))
            self._attend(day, attendance)
        self.figures = Figures(
            len(self.counted),
            discussions,
            half_days,
            self.present + self.absent + self.excluded,
            self.excluded,
            self.present,
            self.made_up,
        )

    def _attend(self, day: dt.date, attendance: tuple[AttendanceGroup, ...]) -> None:
        horizon = self.horizon
        for status, leave_kind, made_on, confirmed_on, number in attendance:
            if status == PRESENT:
                self.present += number
                continue
            counts_as = horizon.counts_as(status, leave_kind)
            if counts_as == PRESENT:
                self.present += number
            elif counts_as == EXCLUDED:
                self.excluded += number
            else:
                self.absent += number
                if confirmed_on is not None and confirmed_on <= horizon.as_of:
                    self.made_up += number
                    self.owed += [(day, made_on or confirmed_on)] * number
                else:
                    self.owed += [(day, None)] * number

    def find_bound(self) -> frozenset[Hashable]:
        """Those in office at `as_of` whose service in the year is long enough."""
        least = self.horizon.min_service_days
        served = service_days(self._unit.terms, self.first, self.last, self.horizon.as_of)
        return frozenset(person for person, days in served.items() if days >= least)

    def key_speakers(self) -> Sequence[Hashable]:
        """Who made a key speech in a counted session, once for each."""
        speeches = [speech for session in self.counted for speech in session.speeches]
        return [person for person, kind in speeches if kind == KEY_SPEECH]

    def authors(self, kind: str) -> Sequence[Hashable]:
        """Whose records of a kind lie in the year up to `as_of`, once for each."""
        first, until = self.horizon.year_first, min(self.horizon.as_of, self.horizon.year_last)
        return [
            person
            for person, record, on in self._unit.records
            if record == kind and first <= on <= until
        ]

    def in_office(self) -> int:
        """How many due members are in office at `as_of`."""
        return len(in_office(self._unit.terms, self.horizon.as_of))
