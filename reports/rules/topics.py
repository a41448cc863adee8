"""The rule `required_topics`: each topic studied at least once in its window."""

from reports.rules.counts import settled_outcome
from reports.rules.facts import RuleFacts, SessionFacts, TopicFacts
from reports.rules.horizon import Horizon
from reports.rules.results import Result
from reports.rules.tally import Tally
from reports.rules.words import MET, MET_LATE, NOT_APPLICABLE, WAIVED


class RequiredTopics:
    """One obligation for each topic; its period is the topic's id."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon

    def judge(self, tally: Tally, results: list[Result]) -> None:
        """Add one result for each topic, in the order of the facts."""
        for topic in tally.unit.topics:
            period = str(topic.id)
            if not tally.active_throughout(topic.start, topic.due):
                results.append(Result(self.key, period, NOT_APPLICABLE, self._severity))
                continue
            days = [day for day in tally.linked.get(topic.id, ()) if day >= topic.start]
            if tally.unit.waivers and tally.waived(self.key, period):
                outcome = WAIVED
            elif days:
                outcome = MET if min(days) <= topic.due else MET_LATE
            else:
                outcome = self._unstudied(topic, tally)
            results.append(Result(self.key, period, outcome, self._severity, len(days)))

    def _unstudied(self, topic: TopicFacts, tally: Tally) -> str:
        if not self._horizon.settled(topic.due):
            return self._horizon.unmet(topic.due, "dated")
        return settled_outcome(
            1, 0, _linked(tally.waiting, topic), _linked(tally.correcting, topic)
        )


def _linked(sessions: list[SessionFacts], topic: TopicFacts) -> int:
    return sum(
        topic.id in session.topics and topic.start <= session.date <= topic.due
        for session in sessions
    )
