"""Rules judged occurrence by occurrence and reported as one line a year."""

import datetime as dt
from abc import ABC, abstractmethod
from functools import lru_cache

from reports.rules.facts import EvidenceFacts, RuleFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import Params
from reports.rules.results import Result
from reports.rules.tally import Tally
from reports.rules.words import AT_RISK, MET, MET_LATE, MISSED, NOT_APPLICABLE, PENDING, WAIVED

# Files come the same day to many sessions; as many answers are kept as a city asks for.
REMEMBERED = 10_000

WORST_FIRST = (MISSED, AT_RISK, PENDING, MET_LATE, MET)


def occurrence(done: dt.date | None, deadline: dt.date, horizon: Horizon, warn: str) -> str:
    """The outcome of one occurrence: done on a day, or open (None)."""
    if done is not None:
        return MET if done <= deadline else MET_LATE
    if horizon.as_of > deadline:
        return MISSED
    return horizon.unmet(deadline, warn)


class Deadlines(dict[dt.date, dt.date]):
    """Day → so many calendar days later, each worked out once."""

    def __init__(self, days: int) -> None:
        super().__init__()
        self._days = dt.timedelta(days=days)

    def __missing__(self, day: dt.date) -> dt.date:
        later = self[day] = day + self._days
        return later


class Folded(ABC):
    """What the folded rules share: the line made of the occurrences' outcomes."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon
        self._period = horizon.year_key
        self._params = Params.of(rule, horizon.year.year)

    @abstractmethod
    def counts(self, tally: Tally) -> dict[str, int]:
        """How many occurrences have each outcome, none zero."""

    def judge(self, tally: Tally, results: list[Result]) -> None:
        """Add the year's line: the worst outcome, and how many occurrences are missed."""
        counts = self.counts(tally)
        missed: int | None = counts.get(MISSED, 0)
        if not counts:
            outcome, missed = NOT_APPLICABLE, None
        elif tally.unit.waivers and tally.waived(self.key, self._period):
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

    def counts(self, tally: Tally) -> dict[str, int]:
        """One occurrence for each of the year's sessions that has ended."""
        counts: dict[str, int] = {}
        deadlines, horizon = self.deadlines, self._horizon
        for ended, submitted in tally.reports:
            outcome = occurrence(submitted, deadlines[ended], horizon, "session")
            counts[outcome] = counts.get(outcome, 0) + 1
        return counts


class MakeupsDone(Folded):
    """`makeups_done`: each row of a counted session that counts as absent."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        super().__init__(rule, horizon)
        self.deadlines = Deadlines(self._params.number("days"))

    def deadline(self, day: dt.date) -> dt.date:
        """The last day to make up a session of that day."""
        return self.deadlines[day]

    def counts(self, tally: Tally) -> dict[str, int]:
        """One occurrence for each person-time absent."""
        counts: dict[str, int] = {}
        deadlines, horizon = self.deadlines, self._horizon
        for day, made_on, number in tally.owed:
            outcome = occurrence(made_on, deadlines[day], horizon, "makeup")
            counts[outcome] = counts.get(outcome, 0) + number
        return counts


class SessionFile(Folded):
    """`session_file`: each counted session, until every required kind is on file."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        super().__init__(rule, horizon)
        self.deadlines = horizon.calendar.sums(self._params.number("workdays"))
        self.required_kinds = self._params.words("required_kinds")
        self._completed = lru_cache(maxsize=REMEMBERED)(self.completed)

    def completed(self, evidence: tuple[EvidenceFacts, ...]) -> dt.date | None:
        """The first day on which the last missing kind came; None while one is missing."""
        wanted = self.required_kinds
        if len(evidence) < len(wanted):
            return None
        as_of = self._horizon.as_of
        arrived: dict[str, dt.date] = {}
        for kind, on in evidence:
            if kind in wanted and on <= as_of and (kind not in arrived or on < arrived[kind]):
                arrived[kind] = on
        return max(arrived.values()) if len(arrived) == len(wanted) else None

    def counts(self, tally: Tally) -> dict[str, int]:
        """One occurrence for each counted session."""
        counts: dict[str, int] = {}
        deadlines, horizon = self.deadlines, self._horizon
        completed = self._completed
        for session in tally.counted:
            done = completed(session.evidence)
            outcome = occurrence(done, deadlines[session.end_date], horizon, "session")
            counts[outcome] = counts.get(outcome, 0) + 1
        return counts
