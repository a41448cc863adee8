"""Rules for each person: key speeches, reflections, research reports."""

from collections import Counter
from collections.abc import Hashable, Sequence

from reports.rules.facts import RuleFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import (
    REFLECTIONS_PER_MEMBER,
    RESEARCH_PER_MEMBER,
    Params,
)
from reports.rules.results import Result
from reports.rules.sums import Sums
from reports.rules.words import (
    MET,
    MISSED,
    NOT_APPLICABLE,
    REFLECTION,
    RESEARCH,
    WAIVED,
)

RECORD_KINDS = {REFLECTIONS_PER_MEMBER: REFLECTION, RESEARCH_PER_MEMBER: RESEARCH}


def done(sums: Sums, rule: str) -> Sequence[Hashable]:
    """The people of all key speeches, or of all records of the rule's kind, so far."""
    kind = RECORD_KINDS.get(rule)
    return sums.key_speakers() if kind is None else sums.authors(kind)


class MemberQuota:
    """`speeches_`, `reflections_` and `research_per_member`: `actual` is the people short."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon
        self._period = horizon.year_key
        self._required = Params.of(rule, horizon.year.year).number("required")

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add the year's result."""
        bound = sums.bound
        if not bound:
            results.append(Result(self.key, self._period, NOT_APPLICABLE, self._severity))
            return
        enough, required = done(sums, self.key), self._required
        if required > 1:
            numbers = Counter(enough)
            enough = [person for person in numbers if numbers[person] >= required]
        short = len(bound.difference(enough))
        outcome = self._outcome(sums, short)
        results.append(Result(self.key, self._period, outcome, self._severity, short))

    def _outcome(self, sums: Sums, short: int) -> str:
        if sums.waivers and sums.waived(self.key, self._period):
            return WAIVED
        if not short:
            return MET
        if self._horizon.settled(sums.last):
            return MISSED
        return self._horizon.unmet(sums.last, "year")
