"""Tells the room of study sessions who owes a make-up and until when."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from reports.rule_sets import applicable
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import MAKEUPS_DONE, Params
from reports.rules.words import ABSENT, LEAVE_COUNTS_AS
from sessions.makeups.terms import MakeupTerms
from sessions.signals import makeup_terms_asked
from units.models import Unit


@receiver(makeup_terms_asked, dispatch_uid="makeup_terms")
def terms(unit: Unit, years: set[int], today: dt.date, **_: Any) -> dict[int, MakeupTerms]:
    """By the rule sets that bind the unit today; years without one are left out."""
    bound = {year: applicable(unit, today, year) for year in years}
    return {year: terms_in(found.facts) for year, found in bound.items() if found is not None}


def terms_in(facts: RuleSetFacts) -> MakeupTerms:
    """The terms of a rule set: `makeups_done`, parameter `days` (calendar days)."""
    days = [
        Params.of(rule, facts.year).number("days")
        for rule in facts.rules
        if rule.key == MAKEUPS_DONE and rule.enabled
    ]
    owing = {kind for kind in LEAVE_COUNTS_AS if facts.leave_counts_as.get(kind, ABSENT) == ABSENT}
    return MakeupTerms(days=days[0] if days else None, owing=frozenset(owing))
