"""Tells the room of study sessions what the rules in force ask of one session."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from reports.models import Closing
from reports.periods import Month
from reports.rule_sets import applicable
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import REPORTED_ON_TIME, Params
from reports.working_days import recorded_calendar
from sessions.recording.terms import Terms
from sessions.signals import terms_asked
from units.models import Unit


@receiver(terms_asked, dispatch_uid="terms_of_session")
def terms(
    unit: Unit, first_day: dt.date, last_day: dt.date, today: dt.date, **_: Any
) -> Terms | None:
    """By the rule set that binds the unit today; None where the county has published none."""
    bound = applicable(unit, today, first_day.year)
    if bound is None:
        return None
    month = Month.of(first_day).key
    closings = Closing.objects.filter(month=month, reopened_at=None).select_related("root")
    return Terms(
        min_speakers=bound.facts.min_speakers,
        report_by=_report_by(bound.facts, last_day),
        is_closed=any(unit.path.startswith(each.root.path) for each in closings),
    )


def _report_by(facts: RuleSetFacts, last_day: dt.date) -> dt.date | None:
    for rule in facts.rules:
        if rule.key == REPORTED_ON_TIME and rule.enabled:
            workdays = Params.of(rule, facts.year).number("workdays")
            return recorded_calendar().add_workdays(last_day, workdays)
    return None
