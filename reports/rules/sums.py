"""What the rules look at in a unit's year, however it was read."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence

from reports.periods import DAY
from reports.rules.brief import BriefUnit, Evidence
from reports.rules.facts import SessionFacts, UnitFacts, WaiverFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import MONTHLY_SESSIONS
from reports.rules.results import Figures


class Sums(ABC):
    """The sessions of the rule set's year in the unit's life, added up by what they are worth.

    `months` and `quarters` hold numbers of counted sessions and discussions. `reports` holds the
    last day and the first submission of each session that has ended; `owed` the session day and
    the day made up (None: open) of each row that counts as absent; `filed` the last day and the
    evidence of each counted session, `linked` the days of those linked to a topic. `waiting` and
    `correcting` are the sessions in suspense.

    Events and evidence may be facts or texts; `reports.rules.brief` takes texts apart.
    """

    __slots__ = (
        "_bound",
        "absent",
        "active_all_year",
        "correcting",
        "excluded",
        "figures",
        "filed",
        "first",
        "horizon",
        "last",
        "linked",
        "made_up",
        "months",
        "owed",
        "present",
        "quarters",
        "reports",
        "stands_returned",
        "waiting",
        "waivers",
    )
    figures: Figures

    def __init__(self, unit: UnitFacts | BriefUnit, horizon: Horizon) -> None:
        self.horizon = horizon
        self.waivers = unit.waivers
        self.first = horizon.year_first
        self.last = horizon.year_last
        if unit.established_on is not None and unit.established_on > self.first:
            self.first = unit.established_on
        if unit.abolished_on is not None and unit.abolished_on <= self.last:
            self.last = unit.abolished_on - DAY
        self.active_all_year = self.first == horizon.year_first and self.last == horizon.year_last
        self.waiting: list[SessionFacts] = []
        self.correcting: list[SessionFacts] = []
        self.reports: list[tuple[dt.date, dt.date | None]] = []
        self.owed: list[tuple[dt.date, dt.date | None]] = []
        self.filed: list[tuple[dt.date, Evidence]] = []
        self.linked: dict[Hashable, list[dt.date]] = {}
        self.months = [0] * 12
        self.quarters = [0] * 4
        self.present = self.excluded = self.absent = self.made_up = 0
        self.stands_returned = False
        self._bound: frozenset[Hashable] | None = None

    @property
    @abstractmethod
    def unit(self) -> UnitFacts | BriefUnit:
        """The unit as it was read."""

    @property
    def bound(self) -> frozenset[Hashable]:
        """The people whom the quotas for each person bind."""
        if self._bound is None:
            self._bound = self.find_bound()
        return self._bound

    @abstractmethod
    def find_bound(self) -> frozenset[Hashable]:
        """The people bound, worked out."""

    @abstractmethod
    def key_speakers(self) -> Sequence[Hashable]:
        """Who made a key speech in a counted session, once for each."""

    @abstractmethod
    def authors(self, kind: str) -> Sequence[Hashable]:
        """Whose records of a kind lie in the year up to `as_of`, once for each."""

    @abstractmethod
    def in_office(self) -> int:
        """How many due members are in office at `as_of`."""

    def active_throughout(self, first: dt.date, last: dt.date) -> bool:
        """Whether the unit lives on every day from `first` to `last`, both in the year."""
        return self.first <= first and last <= self.last

    def waived(self, rule: str, period: str) -> bool:
        """Whether the unit need not fulfil the rule in the period."""
        return WaiverFacts(rule, period) in self.waivers

    def months_due(self) -> int:
        """Full active months without a waiver for monthly sessions: the share of annual rules."""
        if self.active_all_year and not self.waivers:
            return 12
        return sum(
            self.active_throughout(month.first, month.last)
            and not self.waived(MONTHLY_SESSIONS, month.key)
            for month in self.horizon.year.months
        )
