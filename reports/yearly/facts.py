"""What a unit's figures are made from: plain, frozen, read by `reports.yearly.gathering`.

`ledger` and `members` are the rows the workbook prints, those of the closing where the month is
closed. What the ledger does not hold (who lectured, topics, speeches, papers) is looked up by the
ids of its sessions.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.rules.results import UnitEvaluation
from reports.workbook.data import MemberRow, SessionRow
from reports.yearly.figures import About, Asked


class SessionMore(NamedTuple):
    """What the ledger does not say of a session. Guests are head-counts."""

    lecturer: str = ""
    scope: str = ""
    expanded: int = 0
    attending: int = 0
    observing: int = 0
    teaching: int = 0
    problem: str = ""
    is_offline: bool = False
    item: int | None = None


class AdjacentSession(NamedTuple):
    """An activity beside the group's own study, as handed in."""

    id: int
    on: dt.date
    theme: str


class LeftOut(NamedTuple):
    """A session that was handed in and does not count, and why."""

    id: int
    on: dt.date
    theme: str
    reason: str


class LinkedTopic(NamedTuple):
    """A topic a session is linked to."""

    session: int
    topic: int
    name: str
    level: str
    group: int


class Spoken(NamedTuple):
    """A speech of a due member."""

    session: int
    name: str
    kind: str
    title: str


class Written(NamedTuple):
    """A personal record of any kind."""

    id: int
    name: str
    kind: str
    on: dt.date
    title: str


class Achieved(NamedTuple):
    """An outcome of study."""

    id: int
    kind: str
    on: dt.date
    title: str
    authors: str
    level: str
    outlet: str
    conversion: str
    by_principal: bool


class Step(NamedTuple):
    """A submission or a return by the department of a session, the plan or a report.

    `paper` is the kind of row, `key` its id. In the order they were entered.
    """

    paper: str
    key: int
    name: str
    kind: str
    on: dt.date


class Item(NamedTuple):
    """An item of the annual plan; `state` is the unit's own mark."""

    id: int
    topic: str
    period: str
    state: str
    note: str


class Problem(NamedTuple):
    """A finding of the department."""

    id: int
    on: dt.date
    problem: str
    closed_on: dt.date | None


class Heard(NamedTuple):
    """A sit-in that took place."""

    id: int
    on: dt.date


class LeaderTerm(NamedTuple):
    """When somebody led the group: [start, end), open without an end."""

    name: str
    start: dt.date
    end: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in the term."""
        return self.start <= day and (self.end is None or day < self.end)


class PlanPaper(NamedTuple):
    """The year's plan."""

    id: int
    title: str
    approved_by: str
    approved_on: dt.date | None


@dataclass(frozen=True, slots=True)
class YearFacts:
    """One unit's half-year or year. Everything is dated within it.

    `discussions` and `with_texts` are ids of sessions: which of them are 集体研讨, which have the
    speeches on file. `counted_words` are the words of the ledger's states that count;
    `partners` the names of those a session was held with. `short` are, by rule, the names of those
    short of what each member should do.
    """

    about: About
    asked: Asked
    evaluation: UnitEvaluation
    ledger: tuple[tuple[int, SessionRow], ...]
    members: tuple[MemberRow, ...]
    counted_words: frozenset[str]
    discussions: frozenset[int] = frozenset()
    with_texts: frozenset[int] = frozenset()
    more: Mapping[int, SessionMore] = field(default_factory=dict)
    partners: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    adjacent: tuple[AdjacentSession, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    topics: tuple[LinkedTopic, ...] = ()
    speeches: tuple[Spoken, ...] = ()
    records: tuple[Written, ...] = ()
    outcomes: tuple[Achieved, ...] = ()
    plan: PlanPaper | None = None
    items: tuple[Item, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    heard: tuple[Heard, ...] = ()
    leaders: tuple[LeaderTerm, ...] = ()
    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
