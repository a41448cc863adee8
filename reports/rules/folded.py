"""Rules judged occurrence by occurrence and reported as one line a year."""

import datetime as dt
from abc import ABC, abstractmethod
from typing import TypeVar

from reports.rules.brief import Evidence, file, rows
from reports.rules.facts import RuleFacts
from reports.rules.horizon import Horizon
from reports.rules.known import Known
from reports.rules.registry import Params
from reports.rules.results import Result
from reports.rules.sums import Sums
from reports.rules.words import AT_RISK, MET, MET_LATE, MISSED, NOT_APPLICABLE, PENDING, WAIVED

Occurrence = TypeVar("Occurrence")

WORST_FIRST = (MISSED, AT_RISK, PENDING, MET_LATE, MET)


def occurrence(done: dt.date | None, deadline: dt.date, horizon: Horizon, warn: str) -> str:
    """The outcome of one occurrence: done on a day, or open (None)."""
    if done is not None:
        return MET if done <= deadline else MET_LATE
    if horizon.as_of > deadline:
        return MISSED
    return horizon.unmet(deadline, warn)


def _counted(outcomes: Known[Occurrence, str], occurrences: list[Occurrence]) -> dict[str, int]:
    """How many occurrences have each outcome; no step of Python for any that is known."""
    found = list(map(outcomes.__getitem__, occurrences))
    return {outcome: found.count(outcome) for outcome in set(found)}


class Folded(ABC):
    """What the folded rules share: the line made of the occurrences' outcomes."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon
        self._period = horizon.year_key
        self._params = Params.of(rule, horizon.year.year)

    @abstractmethod
    def counts(self, sums: Sums) -> dict[str, int]:
        """How many occurrences have each outcome, none zero."""

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add the year's line: the worst outcome, and how many occurrences are missed."""
        counts = self.counts(sums)
        missed: int | None = counts.get(MISSED, 0)
        if not counts:
            outcome, missed = NOT_APPLICABLE, None
        elif sums.waivers and sums.waived(self.key, self._period):
            outcome = WAIVED
        else:
            outcome = next(word for word in WORST_FIRST if word in counts)
        results.append(
            Result(self.key, self._period, outcome, self._severity, missed, counts=counts)
        )


class ReportedOnTime(Folded):
    """`reported_on_time`: each session that has ended, judged by its first submission."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        super().__init__(rule, horizon)
        self.deadlines = horizon.calendar.sums(self._params.number("workdays"))
        self._outcomes = Known(self._outcome)

    def counts(self, sums: Sums) -> dict[str, int]:
        """One occurrence for each of the year's sessions that has ended."""
        return _counted(self._outcomes, sums.reports)

    def _outcome(self, ended_and_sent: tuple[dt.date, dt.date | None]) -> str:
        ended, submitted = ended_and_sent
        return occurrence(submitted, self.deadlines[ended], self._horizon, "session")


class MakeupsDone(Folded):
    """`makeups_done`: each row of a counted session that counts as absent."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        super().__init__(rule, horizon)
        self._days = dt.timedelta(days=self._params.number("days"))
        self.deadlines = Known(self._deadline)
        self._outcomes = Known(self._outcome)

    def _deadline(self, day: dt.date) -> dt.date:
        return day + self._days

    def deadline(self, day: dt.date) -> dt.date:
        """The last day to make up a session of that day."""
        return self.deadlines[day]

    def counts(self, sums: Sums) -> dict[str, int]:
        """One occurrence for each person-time absent."""
        return _counted(self._outcomes, sums.owed)

    def _outcome(self, held_and_made: tuple[dt.date, dt.date | None]) -> str:
        day, made_on = held_and_made
        return occurrence(made_on, self.deadlines[day], self._horizon, "makeup")


class SessionFile(Folded):
    """`session_file`: each counted session, until every required kind is on file."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        super().__init__(rule, horizon)
        self.deadlines = horizon.calendar.sums(self._params.number("workdays"))
        self.required_kinds = self._params.words("required_kinds")
        self._files = Known(file)
        self._outcomes = Known(self._outcome)

    def completed(self, files: Evidence) -> dt.date | None:
        """The first day on which the last missing kind came; None while one is missing."""
        wanted = self.required_kinds
        as_of = self._horizon.as_of
        arrived: dict[str, dt.date] = {}
        if not isinstance(files, tuple):
            known = self._files
            files = tuple([known[one] for one in rows(files)])
        for kind, on in files:
            if kind in wanted and on <= as_of and (kind not in arrived or on < arrived[kind]):
                arrived[kind] = on
        return max(arrived.values()) if len(arrived) == len(wanted) else None

    def counts(self, sums: Sums) -> dict[str, int]:
        """One occurrence for each counted session."""
        completed = self.completed
        return _counted(self._outcomes, [(last, completed(files)) for last, files in sums.filed])

    def _outcome(self, ended_and_filed: tuple[dt.date, dt.date | None]) -> str:
        ended, filed = ended_and_filed
        return occurrence(filed, self.deadlines[ended], self._horizon, "session")
