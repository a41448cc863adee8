"""One walk through a unit's texts; it finds what `Tally` finds in the facts.

What a text means at a day is looked up, not worked out: of a city's texts most have come before.
"""

import datetime as dt
from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

from reports.rules import brief
from reports.rules.brief import BriefSession, BriefUnit, Text
from reports.rules.facts import SessionFacts
from reports.rules.horizon import Horizon
from reports.rules.known import Known
from reports.rules.results import Figures
from reports.rules.service import in_office, service_days
from reports.rules.sums import Sums
from reports.rules.tally import State, state_at
from reports.rules.words import (
    ADJACENT,
    DISCUSSION_FORMS,
    DUE_ROLES,
    EXCLUDED,
    KEY_SPEECH,
    PRESENT,
    RETURNED,
    SUBMITTED,
)

_KEY: Final = f" {KEY_SPEECH}"


class Held(NamedTuple):
    """A session of the year that may be seen: its days, whether it has ended, its month."""

    day: dt.date
    last: dt.date
    ended: bool
    month: int
    half_days: int
    may_discuss: bool


class Meanings:
    """What texts mean at the horizon's day; shared by all units of a rule set."""

    def __init__(self, horizon: Horizon) -> None:
        self._horizon = horizon
        self._begun = min(horizon.year_first, horizon.as_of).isoformat()
        self._year_last = horizon.year_last.isoformat()
        self.held = Known(self._held)
        self.states: Known[Text, State] = Known(self._state)
        self.absentees = Known(self._absentee)
        self.serves_whole_year = Known(self._serves_whole_year)
        self.links = Known(brief.links)
        self.records = Known(self._record)

    def _held(self, text: str) -> Held | None:
        horizon = self._horizon
        day, last, half_days, form = brief.head(text)
        if form == ADJACENT or not horizon.year_first <= day <= min(
            horizon.as_of, horizon.year_last
        ):
            return None
        ended = last <= horizon.as_of
        return Held(day, last, ended, day.month - 1, half_days, form in DISCUSSION_FORMS)

    def _state(self, text: Text) -> State:
        return state_at(brief.events(text), self._horizon.as_of)

    def _absentee(self, text: str) -> bool | dt.date | None:
        """True for present, False for excluded; of an absence the day it was made up, if any."""
        status, kind, made_on, confirmed_on, _ = brief.absentee(text)
        worth = self._horizon.counts_as(status, kind)
        if worth in {PRESENT, EXCLUDED}:
            return worth == PRESENT
        made_up = confirmed_on is not None and confirmed_on <= self._horizon.as_of
        return made_on or confirmed_on if made_up else None

    def _serves_whole_year(self, text: str) -> bool | None:
        """Whether a term is a due member's and spans the year; None if it does in part."""
        role, start, end = text.split(" ")
        if role not in DUE_ROLES:
            return False
        # ISO dates compare as texts; entries begin on thousands of different days.
        return True if start <= self._begun and (not end or end > self._year_last) else None

    def _record(self, text: str) -> str:
        """The kind of a record that counts; '' for one of other days."""
        kind, on = brief.recorded(text)
        horizon = self._horizon
        return kind if horizon.year_first <= on <= min(horizon.as_of, horizon.year_last) else ""


class BriefSums(Sums):
    """What counts among a unit's texts."""

    __slots__ = ("_meanings", "_spoken", "_unit")

    def __init__(self, unit: BriefUnit, horizon: Horizon, meanings: Meanings) -> None:
        super().__init__(unit, horizon)
        self._unit = unit
        self._meanings = meanings
        self._spoken: list[str] = []
        self._count(self._counted())

    @property
    def unit(self) -> BriefUnit:
        """The unit's texts."""
        return self._unit

    def _counted(self) -> list[tuple[Held, BriefSession]]:
        """The counted sessions; reports and what is in suspense are noted on the way."""
        held, states = self._meanings.held, self._meanings.states
        whole, first, last = self.active_all_year, self.first, self.last
        counted_statuses, reports = self.horizon.counted_statuses, self.reports
        counted = []
        for session in self._unit.sessions:
            found = held[session[2]]
            if found is None or not (whole or first <= found.day <= last):
                continue
            status, since, submitted = states[session[3]]
            if found.ended:
                reports.append((found.last, submitted))
            if status in counted_statuses:
                counted.append((found, session))
            else:
                self._suspend(session, status, since)
        return counted

    def _count(self, counted: list[tuple[Held, BriefSession]]) -> None:
        months, quarters, least = self.months, self.quarters, self.horizon.min_speakers
        spoken, filed, linked, links = self._spoken, self.filed, self.linked, self._meanings.links
        half_days = due = 0
        for held, (_, _, _, _, rows, others, speeches, topics, files) in counted:
            day, last, _, month, length, may_discuss = held
            months[month] += 1
            half_days += length
            due += rows or 0
            filed.append((last, files))
            if others:
                self._attend(day, others)
            if speeches:
                spoken.append(speeches)
                quarters[month // 3] += may_discuss and _speakers(speeches) >= least
            for topic in links[topics]:
                linked.setdefault(topic, []).append(day)
        self.absent = len(self.owed)
        self.made_up = len([day for _, day in self.owed if day is not None])
        self.present = due - self.excluded - self.absent
        self.figures = Figures(
            len(counted),
            sum(quarters),
            half_days,
            due,
            self.excluded,
            self.present,
            self.made_up,
        )

    def _attend(self, day: dt.date, others: str) -> None:
        absentees, owed = self._meanings.absentees, self.owed
        for one in others.split(","):
            worth = absentees[one]
            if worth is False:
                self.excluded += 1
            elif worth is not True:
                owed.append((day, worth))

    def _suspend(self, session: BriefSession, status: str, since: dt.date) -> None:
        if status == SUBMITTED:
            self.waiting.append(self._read(session))
        elif status == RETURNED:
            self.stands_returned = True
            if self.horizon.as_of <= self.horizon.correction_ends[since]:
                self.correcting.append(self._read(session))

    def _read(self, session: BriefSession) -> SessionFacts:
        return self._unit.reader.session(session)

    def find_bound(self) -> frozenset[Hashable]:
        """Those in office at `as_of` whose service in the year is long enough."""
        horizon, meant = self.horizon, self._meanings.serves_whole_year
        rows = [one.partition(" ") for one in brief.rows(self._unit.terms)]
        people = [person for person, _, served in rows if meant[served]]
        plain = self.active_all_year and None not in [meant[served] for _, _, served in rows]
        if plain and horizon.min_service_days <= (self.last - self.first).days + 1:
            return frozenset(people)
        terms = self._unit.reader.terms(self._unit.terms)
        days = service_days(terms, self.first, self.last, horizon.as_of)
        return frozenset(
            str(person) for person, served in days.items() if served >= horizon.min_service_days
        )

    def key_speakers(self) -> Sequence[Hashable]:
        """Who made a key speech in a counted session, once for each."""
        said = brief.rows(",".join(self._spoken))
        return [one[: -len(_KEY)] for one in said if one.endswith(_KEY)]

    def authors(self, kind: str) -> Sequence[Hashable]:
        """Whose records of a kind lie in the year up to `as_of`, once for each."""
        meant = self._meanings.records
        rows = [one.partition(" ") for one in brief.rows(self._unit.records)]
        return [person for person, _, record in rows if meant[record] == kind]

    def in_office(self) -> int:
        """How many due members are in office at `as_of`."""
        return len(in_office(self._unit.reader.terms(self._unit.terms), self.horizon.as_of))


def _speakers(speeches: str) -> int:
    return len({one.partition(" ")[0] for one in speeches.split(",")})
