"""Which deadlines move when a date becomes a working day or a rest day."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count

from reports.periods import Month, WorkingCalendar
from reports.rule_book import PublishedSet, published_sets
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import REPORTED_ON_TIME, SESSION_FILE, Params
from reports.rules.words import ADJACENT
from sessions.models import StudySession

# No deadline in working days lies further from its beginning.
REACH = dt.timedelta(days=100)


class Effects(NamedTuple):
    """How many ends of months would be settled on another day, and the reports and files of how
    many recorded sessions would be due on another.
    """

    settled: int
    sessions: int

    @property
    def total(self) -> int:
        return self.settled + self.sessions


def effects(calendar: WorkingCalendar, date: dt.date, *, is_workday: bool) -> Effects:
    """What changes against the calendar as it is; two queries."""
    if calendar.is_workday(date) == is_workday:
        return Effects(0, 0)
    changed = calendar.with_overrides({date: is_workday})
    sets = published_sets(date.year)
    settle = {one.facts.settle_workdays for one in sets} or {RuleSetFacts(0, ()).settle_workdays}
    ends = [month.last for month in _months_before(date)]
    due = {workdays for one in sets for workdays in _due_workdays(one)}
    held = StudySession.objects.filter(end_date__gte=date - REACH, end_date__lt=date)
    days = held.exclude(form=ADJACENT).order_by().values("end_date").annotate(number=Count("pk"))
    return Effects(
        settled=sum(_moves(calendar, changed, end, settle) for end in ends),
        sessions=sum(
            row["number"] for row in days if _moves(calendar, changed, row["end_date"], due)
        ),
    )


def _months_before(date: dt.date) -> list[Month]:
    months, month = [], Month.of(date).previous
    while month.last >= date - REACH:
        months.append(month)
        month = month.previous
    return months


def _due_workdays(one: PublishedSet) -> set[int]:
    return {
        Params.of(rule, one.facts.year).number("workdays")
        for rule in one.facts.rules
        if rule.enabled and rule.key in {REPORTED_ON_TIME, SESSION_FILE}
    }


def _moves(old: WorkingCalendar, new: WorkingCalendar, day: dt.date, workdays: set[int]) -> bool:
    return any(old.add_workdays(day, n) != new.add_workdays(day, n) for n in workdays)
