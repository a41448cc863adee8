"""Tells the room of study sessions what the rules in force ask of sessions."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.dispatch import receiver

from reports.models import Closing
from reports.periods import Month, WorkingCalendar
from reports.rule_sets import applicable
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import REPORTED_ON_TIME, Params
from reports.working_days import recorded_calendar
from sessions.recording.terms import Terms, YearTerms
from sessions.signals import terms_asked
from units.models import Unit


@receiver(terms_asked, dispatch_uid="terms_of_session")
def terms(unit: Unit, year: int, today: dt.date, **_: Any) -> YearTerms | None:
    """By the rule set that binds the unit today; None where the county has published none."""
    bound = applicable(unit, today, year)
    if bound is None:
        return None
    above = unit.path.strip("/").split("/")
    closings = Closing.objects.filter(
        root__code__in=above, month__startswith=f"{year:04}-", reopened_at=None
    )
    return _BoundTerms(bound.facts, frozenset(closings.values_list("month", flat=True)))


class _BoundTerms(YearTerms):
    """By a rule set, and by the months that are closed; reads the calendar when it is needed."""

    def __init__(self, facts: RuleSetFacts, closed_months: frozenset[str]) -> None:
        self._facts = facts
        self._closed_months = closed_months

    def of(self, first_day: dt.date, last_day: dt.date) -> Terms:
        return Terms(
            min_speakers=self._facts.min_speakers,
            report_by=self._report_by(last_day),
            is_closed=Month.of(first_day).key in self._closed_months,
        )

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        return recorded_calendar()

    def _report_by(self, last_day: dt.date) -> dt.date | None:
        for rule in self._facts.rules:
            if rule.key == REPORTED_ON_TIME and rule.enabled:
                workdays = Params.of(rule, self._facts.year).number("workdays")
                return self._calendar.add_workdays(last_day, workdays)
        return None
