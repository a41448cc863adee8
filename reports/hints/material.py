"""What all finders go by: units, working days and sessions of two years, in three queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from reports.hints.found import Paper
from reports.hints.thresholds import HALF_DAYS_OF_A_DAY
from reports.periods import DAY, WorkingCalendar
from reports.working_days import recorded_calendar
from sessions.models import Status, StudySession
from units.models import Unit


class Session(NamedTuple):
    """A session the department may see. ``event`` is the leading record of a joint study, else
    the session itself; ``entered_on`` the local day somebody began to type it in.
    """

    id: int
    unit: int
    date: dt.date
    end_date: dt.date
    half_days: int
    source: str
    entered_on: dt.date
    event: int

    @property
    def days(self) -> list[dt.date]:
        """Every day from the first to the last."""
        return [self.date + DAY * number for number in range((self.end_date - self.date).days + 1)]

    @property
    def load(self) -> float:
        """Half-days on each of its days, two at most."""
        return min(HALF_DAYS_OF_A_DAY, self.half_days / len(self.days))

    @property
    def paper(self) -> Paper:
        return Paper(self.unit, "sessions", self.id, self.date, self.event)


@dataclass(frozen=True)
class Material:
    """``county`` is by unit the department above it: a hint never joins units of two."""

    start: dt.date
    until: dt.date
    county: dict[int, int]
    calendar: WorkingCalendar
    sessions: list[Session]

    @cached_property
    def by_id(self) -> dict[int, Session]:
        return {session.id: session for session in self.sessions}


def material(as_of: dt.date) -> Material:
    """This year's and last year's, up to the day. Drafts are nobody's affair but the unit's."""
    start = dt.date(as_of.year - 1, 1, 1)
    rows = (
        StudySession.objects.filter(date__range=(start, as_of))
        .exclude(status=Status.DRAFT)
        .order_by("id")
    )
    told = rows.values_list(
        *("id", "unit_id", "date", "end_date", "half_days", "source", "created_at", "joint_lead_id")
    )
    sessions = [
        Session(key, unit, first, last, length, source, timezone.localdate(typed), lead or key)
        for key, unit, first, last, length, source, typed, lead in told.iterator()
    ]
    return Material(start, as_of, _counties(), recorded_calendar(), sessions)


def _counties() -> dict[int, int]:
    """By unit, the nearest one above it that keeps no group; the unit itself if there is none."""
    rows = Unit.objects.values_list("id", "parent_id", "has_group")
    above = {key: (parent, has_group) for key, parent, has_group in rows}
    return {key: _county(key, above) for key in above}


def _county(unit: int, above: Mapping[int, tuple[int | None, bool]]) -> int:
    parent = above[unit][0]
    while parent is not None:
        if not above[parent][1]:
            return parent
        parent = above[parent][0]
    return unit
