"""One walk through a unit's sessions: what counts at the day of evaluation, and how."""

import datetime as dt
from collections.abc import Hashable

from reports.periods import DAY
from reports.rules.facts import AttendanceGroup, EventFacts, SessionFacts, UnitFacts, WaiverFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import MONTHLY_SESSIONS
from reports.rules.results import Figures
from reports.rules.service import service_days
from reports.rules.words import (
    ADJACENT,
    DISCUSSION_FORMS,
    DRAFT,
    EXCLUDED,
    PRESENT,
    RETURNED,
    SPEECH_LABELS,
    STATUS_AFTER,
    SUBMIT,
    SUBMITTED,
)

_EVER_BEFORE = dt.date.min
_SPOKEN = frozenset(SPEECH_LABELS)


def is_discussion(session: SessionFacts, min_speakers: int) -> bool:
    """Whether a session is a 集体研讨: the form, and enough different members who spoke."""
    return (
        session.form in DISCUSSION_FORMS
        and len(session.speeches) >= min_speakers
        and len({person for person, kind in session.speeches if kind in _SPOKEN}) >= min_speakers
    )


def state_at(events: tuple[EventFacts, ...], as_of: dt.date) -> tuple[str, dt.date, dt.date | None]:
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


class Tally:
    """The sessions of the rule set's year in the unit's life, sorted by what they are worth.

    `months` and `quarters` hold numbers of counted sessions and discussions. `reports` holds the
    last day and the first submission of each session that has ended; `owed` the session day, the
    day made up (None: open) and the number of rows for each group that counts as absent.
    """

    __slots__ = (
        "_bound",
        "absent",
        "active_all_year",
        "correcting",
        "counted",
        "excluded",
        "figures",
        "first",
        "horizon",
        "last",
        "linked",
        "made_up",
        "months",
        "owed",
        "present",
        "quarters",
        "reports",
        "stands_returned",
        "unit",
        "waiting",
    )

    def __init__(self, unit: UnitFacts, horizon: Horizon) -> None:
        self.unit = unit
        self.horizon = horizon
        self.first = horizon.year_first
        self.last = horizon.year_last
        if unit.established_on is not None and unit.established_on > self.first:
            self.first = unit.established_on
        if unit.abolished_on is not None and unit.abolished_on <= self.last:
            self.last = unit.abolished_on - DAY
        self.active_all_year = self.first == horizon.year_first and self.last == horizon.year_last
        self.counted: list[SessionFacts] = []
        self.waiting: list[SessionFacts] = []
        self.correcting: list[SessionFacts] = []
        self.reports: list[tuple[dt.date, dt.date | None]] = []
        self.owed: list[tuple[dt.date, dt.date | None, int]] = []
        self.linked: dict[Hashable, list[dt.date]] = {}
        self.months = [0] * 12
        self.quarters = [0] * 4
        self.present = self.excluded = self.absent = self.made_up = 0
        self.stands_returned = False
        self._bound: frozenset[Hashable] | None = None
        self._sort_sessions()
        self._count()

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
        min_speakers = self.horizon.min_speakers
        discussions = half_days = 0
        for session in self.counted:
            _, day, _, length, form, _, attendance, _, topics, _ = session
            month = day.month - 1
            months[month] += 1
            half_days += length
            if form in DISCUSSION_FORMS and is_discussion(session, min_speakers):
                quarters[month // 3] += 1
                discussions += 1
            for topic in topics:
                linked.setdefault(topic, []).append(day)
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
                    self.owed.append((day, made_on or confirmed_on, number))
                else:
                    self.owed.append((day, None, number))

    @property
    def bound(self) -> frozenset[Hashable]:
        """The people whom the quotas for each person bind."""
        if self._bound is None:
            least = self.horizon.min_service_days
            served = service_days(self.unit.terms, self.first, self.last, self.horizon.as_of)
            self._bound = frozenset(person for person, days in served.items() if days >= least)
        return self._bound

    def active_throughout(self, first: dt.date, last: dt.date) -> bool:
        """Whether the unit lives on every day from `first` to `last`, both in the year."""
        return self.first <= first and last <= self.last

    def waived(self, rule: str, period: str) -> bool:
        """Whether the unit need not fulfil the rule in the period."""
        return WaiverFacts(rule, period) in self.unit.waivers

    def months_due(self) -> int:
        """Full active months without a waiver for monthly sessions: the share of annual rules."""
        if self.active_all_year and not self.unit.waivers:
            return 12
        return sum(
            self.active_throughout(month.first, month.last)
            and not self.waived(MONTHLY_SESSIONS, month.key)
            for month in self.horizon.year.months
        )
