"""The day of evaluation and all that follows from it and the rule set, whichever the unit."""

import datetime as dt

from reports.periods import WorkingCalendar, Year
from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import MONTHLY_SESSIONS, Params
from reports.rules.words import (
    ABSENT,
    AT_RISK,
    LEAVE,
    PENDING,
    PRESENT,
    SUBMITTED,
    WARN_DAYS,
)


class Horizon:
    """What may be seen at `as_of`, to its end, and which days are over, settled or near.

    Shared by all units of one rule set; everything here is worked out once.
    """

    __slots__ = (
        "as_of",
        "awaits_acceptance",
        "calendar",
        "correction_ends",
        "counted_statuses",
        "leave_counts_as",
        "min_service_days",
        "min_speakers",
        "month_required",
        "rule_set",
        "settle_ends",
        "warn_days",
        "year",
        "year_first",
        "year_key",
        "year_last",
    )

    def __init__(self, rule_set: RuleSetFacts, calendar: WorkingCalendar, as_of: dt.date) -> None:
        self.rule_set = rule_set
        self.calendar = calendar
        self.as_of = as_of
        self.year = Year(rule_set.year)
        self.year_first = self.year.first
        self.year_last = self.year.last
        self.year_key = self.year.key
        self.counted_statuses = rule_set.counted_statuses
        self.awaits_acceptance = SUBMITTED not in rule_set.counted_statuses
        self.min_speakers = rule_set.min_speakers
        self.min_service_days = rule_set.min_service_days
        self.correction_ends = calendar.sums(rule_set.correction_workdays)
        self.settle_ends = calendar.sums(rule_set.settle_workdays)
        self.leave_counts_as = dict(rule_set.leave_counts_as)
        self.warn_days = {**WARN_DAYS, **rule_set.warn_days}
        self.month_required = self._month_required()

    def _month_required(self) -> int:
        """How many sessions a month is asked for; the registry's figure where no rule asks."""
        for rule in self.rule_set.rules:
            if rule.key == MONTHLY_SESSIONS and rule.enabled:
                return Params.of(rule, self.year.year).number("required")
        return Params.of(RuleFacts(MONTHLY_SESSIONS), self.year.year).number("required")

    def params(self, key: str) -> Params:
        """A rule's parameters in this rule set; the registry's where the rule is not in it."""
        for rule in self.rule_set.rules:
            if rule.key == key:
                return Params.of(rule, self.year.year)
        return Params.of(RuleFacts(key), self.year.year)

    def counts_as(self, status: str, leave_kind: str | None) -> str:
        """What an attendance row counts as: present, absent or excluded."""
        if status == LEAVE:
            return self.leave_counts_as.get(leave_kind or "", ABSENT)
        return ABSENT if status == ABSENT else PRESENT

    def settled(self, last_day: dt.date) -> bool:
        """Whether the reports of what was due by `last_day` have had time to come in."""
        return self.as_of > self.settle_ends[last_day]

    def unmet(self, last_day: dt.date, warn: str) -> str:
        """What an unmet and unsettled obligation is: at risk near its last day, else pending."""
        near = (last_day - self.as_of).days <= self.warn_days[warn]
        return AT_RISK if near else PENDING
