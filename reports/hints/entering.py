"""When sessions took place and when they were typed in, and years in which nobody was missing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import Substr

from reports.hints.found import Found, about
from reports.hints.material import Material, Session
from reports.hints.thresholds import ENTERED_ON_ONE_DAY, FULL_ATTENDANCE_SESSIONS
from reports.models import Hint, UnitMonth
from sessions.models import StudySession


def entered_at_once(on: Material) -> Iterator[Found]:
    """Many sessions a unit typed in on one day; ledgers that were imported are left out."""
    days: dict[tuple[int, dt.date], list[Session]] = defaultdict(list)
    for session in on.sessions:
        if session.source == StudySession.Source.ENTERED:
            days[session.unit, session.entered_on].append(session)
    for (unit, day), typed in days.items():
        if len(typed) >= ENTERED_ON_ONE_DAY:
            facts = {"day": day.isoformat(), "number": len(typed)}
            papers = [session.paper for session in typed]
            yield about(Hint.Kind.ENTERED_AT_ONCE, f"{unit}:{day}", papers, {unit: facts})


def on_rest_days(on: Material) -> Iterator[Found]:
    """Sessions none of whose days was worked; a reading class over a week-end is none."""
    for session in on.sessions:
        if not any(on.calendar.is_workday(day) for day in session.days):
            key = f"{session.id}:{session.date}"
            yield about(Hint.Kind.REST_DAY, key, [session.paper])


def full_attendance(on: Material) -> Iterator[Found]:
    """Units all of whose members were at all counted sessions of a year; one query."""
    totals = (
        UnitMonth.objects.filter(month__gte=f"{on.start.year:04d}-01")
        .annotate(year=Substr("month", 1, 4))
        .order_by()
        .values_list("unit_id", "year")
        .annotate(Sum("sessions"), Sum("due"), Sum("present"), Sum("excluded"))
    )
    for unit, year, sessions, due, present, excluded in totals:
        whole = due > 0 and present == due and not excluded
        if whole and sessions >= FULL_ATTENDANCE_SESSIONS and int(year) <= on.until.year:
            day = dt.date(int(year), 1, 1)
            facts = {"year": int(year), "number": sessions, "due": due}
            kind = Hint.Kind.FULL_ATTENDANCE
            yield Found(kind, f"{kind}:{unit}:{year}", day, day, {unit: facts})
