"""Until when absences are to be made up, for pages that list open make-ups."""

import datetime as dt
from dataclasses import dataclass

from reports.rule_book import rule_book
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import MAKEUPS_DONE, Params
from reports.rules.words import ABSENT, LEAVE
from units.models import Unit


@dataclass(frozen=True, slots=True)
class MakeupTerms:
    """What a rule set says about make-ups; `days` is None where no rule asks for them."""

    days: int | None
    leave_counts_as: dict[str, str]

    def deadline(self, session_day: dt.date) -> dt.date | None:
        """The last day, included, to make up an absence from a session of that (first) day."""
        return None if self.days is None else session_day + dt.timedelta(days=self.days)

    def owed(self, status: str, leave_kind: str) -> bool:
        """Whether an attendance row counts as absent, so that it is to be made up."""
        if status == LEAVE:
            return self.leave_counts_as.get(leave_kind, ABSENT) == ABSENT
        return status == ABSENT


def makeup_terms(unit: Unit, *, year: int, as_of: dt.date) -> MakeupTerms:
    """The terms that bind a unit's sessions of a year, by the rule set in force; one query."""
    bound = rule_book(year=year, as_of=as_of).applicable(unit.pk, unit.category_id)
    return terms_in(bound.facts if bound else RuleSetFacts(year, rules=()))


def terms_in(rule_set: RuleSetFacts) -> MakeupTerms:
    """The terms of a rule set (`makeups_done`, parameter `days`: calendar days)."""
    asked = [rule for rule in rule_set.rules if rule.key == MAKEUPS_DONE and rule.enabled]
    days = Params.of(asked[0], rule_set.year).number("days") if asked else None
    return MakeupTerms(days, dict(rule_set.leave_counts_as))
