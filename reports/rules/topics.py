"""The rule `required_topics`: each topic studied at least once in its window."""

from typing import NamedTuple

from reports.rules.counts import settled_outcome
from reports.rules.facts import RuleFacts, SessionFacts, TopicFacts
from reports.rules.horizon import Horizon
from reports.rules.known import Known
from reports.rules.results import Result
from reports.rules.sums import Sums
from reports.rules.words import MET, MET_LATE, NOT_APPLICABLE, WAIVED


class _Asked(NamedTuple):
    """A topic, its period, and the result of a unit that need not study it."""

    topic: TopicFacts
    period: str
    none: Result


class RequiredTopics:
    """One obligation for each topic; its period is the topic's id."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon
        self._topics: tuple[TopicFacts, ...] = ()
        self._asked: list[_Asked] = []
        self._results = Known(self._result)

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add one result for each topic, in the order of the facts."""
        waivers, linked = sums.waivers, sums.linked
        for topic, period, none in self._prepared(sums.unit.topics):
            if not sums.active_all_year and not sums.active_throughout(topic.start, topic.due):
                results.append(none)
                continue
            days = [day for day in linked.get(topic.id, ()) if day >= topic.start]
            if waivers and sums.waived(self.key, period):
                outcome = WAIVED
            elif days:
                outcome = MET if min(days) <= topic.due else MET_LATE
            else:
                outcome = self._unstudied(topic, sums)
            results.append(self._results[period, outcome, len(days)])

    def _result(self, found: tuple[str, str, int]) -> Result:
        period, outcome, number = found
        return Result(self.key, period, outcome, self._severity, number)

    def _prepared(self, topics: tuple[TopicFacts, ...]) -> list[_Asked]:
        """One after another, units have the very same topics: they are made ready once."""
        if topics is not self._topics:
            none = [
                Result(self.key, str(topic.id), NOT_APPLICABLE, self._severity) for topic in topics
            ]
            self._asked = [_Asked(t, n.period, n) for t, n in zip(topics, none, strict=True)]
            self._topics = topics
        return self._asked

    def _unstudied(self, topic: TopicFacts, sums: Sums) -> str:
        if not self._horizon.settled(topic.due):
            return self._horizon.unmet(topic.due, "dated")
        return settled_outcome(1, 0, _linked(sums.waiting, topic), _linked(sums.correcting, topic))


def _linked(sessions: list[SessionFacts], topic: TopicFacts) -> int:
    return sum(
        topic.id in session.topics and topic.start <= session.date <= topic.due
        for session in sessions
    )
