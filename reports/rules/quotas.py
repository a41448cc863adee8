"""Rules for each person: key speeches, reflections, research reports."""

from collections.abc import Hashable

from reports.rules.facts import RuleFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import (
    REFLECTIONS_PER_MEMBER,
    RESEARCH_PER_MEMBER,
    Params,
)
from reports.rules.results import Result
from reports.rules.tally import Tally
from reports.rules.words import (
    KEY_SPEECH,
    MET,
    MISSED,
    NOT_APPLICABLE,
    REFLECTION,
    RESEARCH,
    WAIVED,
)

RECORD_KINDS = {REFLECTIONS_PER_MEMBER: REFLECTION, RESEARCH_PER_MEMBER: RESEARCH}


def done(tally: Tally, rule: str) -> dict[Hashable, int]:
    """How many key speeches, or records of the rule's kind, each person has so far."""
    numbers: dict[Hashable, int] = {}
    kind = RECORD_KINDS.get(rule)
    if kind is None:
        for session in tally.counted:
            if session.speeches:
                for person, speech in session.speeches:
                    if speech == KEY_SPEECH:
                        numbers[person] = numbers.get(person, 0) + 1
        return numbers
    first, until = tally.horizon.year_first, min(tally.horizon.as_of, tally.horizon.year_last)
    for person, record, on in tally.unit.records:
        if record == kind and first <= on <= until:
            numbers[person] = numbers.get(person, 0) + 1
    return numbers


class MemberQuota:
    """`speeches_`, `reflections_` and `research_per_member`: `actual` is the people short."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon
        self._period = horizon.year_key
        self._required = Params.of(rule, horizon.year.year).number("required")

    def judge(self, tally: Tally, results: list[Result]) -> None:
        """Add the year's result."""
        bound = tally.bound
        if not bound:
            results.append(Result(self.key, self._period, NOT_APPLICABLE, self._severity))
            return
        numbers = done(tally, self.key)
        required, short = self._required, 0
        for person in bound:
            if person not in numbers or numbers[person] < required:
                short += 1
        outcome = self._outcome(tally, short)
        results.append(Result(self.key, self._period, outcome, self._severity, short))

    def _outcome(self, tally: Tally, short: int) -> str:
        if tally.unit.waivers and tally.waived(self.key, self._period):
            return WAIVED
        if not short:
            return MET
        if self._horizon.settled(tally.last):
            return MISSED
        return self._horizon.unmet(tally.last, "year")
