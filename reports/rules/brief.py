"""A unit's facts in brief: each part one text, taken apart when somebody asks for it.

Reading a city, making facts of its texts would cost more than judging it. Judging needs hardly
any of them (`brief_sums`); who explains a verdict, or lists what it rests on, asks for
`BriefUnit.facts`. So both look at the very same rows.

In a text, commas stand between rows and spaces between the words of a row; dates are in ISO
form. Nothing on record is an empty text, or None as databases say it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from reports.rules.facts import (
    AttendanceGroup,
    EventFacts,
    EvidenceFacts,
    RecordFacts,
    SessionFacts,
    SpeechFacts,
    TermFacts,
    TopicFacts,
    UnitFacts,
    WaiverFacts,
)
from reports.rules.known import Known
from reports.rules.words import PRESENT

Text: TypeAlias = str | None
Head: TypeAlias = tuple[dt.date, dt.date, int, str]
Events: TypeAlias = tuple[EventFacts, ...] | Text
Evidence: TypeAlias = tuple[EvidenceFacts, ...] | Text

BriefSession: TypeAlias = tuple[int, int, str, Text, int | None, Text, Text, Text, Text]
"""Unit, id, head (`first_day last_day half_days form`), events (`day kind`), number of
attendance rows, those of them that are not plainly present (`status leave_kind made_up
confirmed`), speeches (`person kind`), topics (`id`) and evidence (`kind day`). A plain tuple, as
it comes from the database: a city has twenty thousand."""


def rows(text: Text) -> list[str]:
    """The rows of a text."""
    return text.split(",") if text else []


def head(text: str) -> Head:
    """First day, last day, half-days and form."""
    first, last, half_days, form = text.split(" ")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last), int(half_days), form


def events(said: Events) -> tuple[EventFacts, ...]:
    """The steps, in the order of the text; facts stay as they are."""
    if isinstance(said, tuple):
        return said
    pairs = [one.split(" ") for one in rows(said)]
    return tuple(EventFacts(dt.date.fromisoformat(on), kind) for on, kind in pairs)


def file(text: str) -> EvidenceFacts:
    """One file."""
    kind, on = text.split(" ")
    return EvidenceFacts(kind, dt.date.fromisoformat(on))


def absentee(text: str) -> AttendanceGroup:
    """One attendance row that is not plainly present."""
    status, kind, made_on, confirmed_on = text.split(" ")
    return AttendanceGroup(status, kind or None, _day(made_on), _day(confirmed_on))


def served(text: str) -> tuple[str, dt.date, dt.date | None]:
    """Role, first day and end of a term."""
    role, start, end = text.split(" ")
    return role, dt.date.fromisoformat(start), _day(end)


def recorded(text: str) -> tuple[str, dt.date]:
    """Kind and day of a personal record."""
    kind, on = text.split(" ")
    return kind, dt.date.fromisoformat(on)


def links(text: Text) -> tuple[Hashable, ...]:
    """The ids of the topics a session is linked to."""
    return tuple(map(int, rows(text)))


class Reader:
    """Makes facts of texts; equal texts share one fact."""

    def __init__(self) -> None:
        self.events = Known(events)
        self._heads = Known(head)
        self._absentees = Known(absentee)
        self._links = Known(links)
        self._files = Known(file)
        self._served = Known(served)
        self._recorded = Known(recorded)

    def session(self, row: BriefSession) -> SessionFacts:
        """One session."""
        _, key, about, steps, number, others, speeches, topics, files = row
        return SessionFacts(
            key,
            *self._heads[about],
            self.events[steps],
            self._groups(number or 0, rows(others)),
            _speeches(speeches),
            self._links[topics],
            tuple([self._files[one] for one in rows(files)]),
        )

    def _groups(self, number: int, others: list[str]) -> tuple[AttendanceGroup, ...]:
        present = number - len(others)
        here = (AttendanceGroup(PRESENT, number=present),) if present else ()
        known = self._absentees
        if len(set(others)) == len(others):
            return (*[known[one] for one in others], *here)
        many = [known[one]._replace(number=times) for one, times in Counter(others).items()]
        return (*many, *here)

    def terms(self, text: Text) -> tuple[TermFacts, ...]:
        """The roster rows of a unit, each `person role start end`."""
        meant = self._served
        terms = [one.partition(" ") for one in rows(text)]
        return tuple([TermFacts(int(person), *meant[rest]) for person, _, rest in terms])

    def records(self, text: Text) -> tuple[RecordFacts, ...]:
        """The personal records of a unit, each `person kind day`."""
        meant = self._recorded
        records = [one.partition(" ") for one in rows(text)]
        return tuple([RecordFacts(int(person), *meant[rest]) for person, _, rest in records])


@dataclass(eq=False)
class BriefUnit:
    """One unit in brief; its plain members are those of `UnitFacts`, its texts those above."""

    unit: int
    established_on: dt.date | None
    abolished_on: dt.date | None
    sessions: Sequence[BriefSession]
    terms: Text
    topics: tuple[TopicFacts, ...]
    plan: Text
    half_year_report: Text
    annual_report: Text
    records: Text
    waivers: frozenset[WaiverFacts]
    reader: Reader

    @cached_property
    def facts(self) -> UnitFacts:
        """Everything on record, taken apart; sessions in the order of their days."""
        reader = self.reader
        return UnitFacts(
            unit=self.unit,
            established_on=self.established_on,
            abolished_on=self.abolished_on,
            sessions=tuple([reader.session(row) for row in sorted(self.sessions, key=_by_day)]),
            terms=reader.terms(self.terms),
            topics=self.topics,
            plan=reader.events[self.plan],
            half_year_report=reader.events[self.half_year_report],
            annual_report=reader.events[self.annual_report],
            records=reader.records(self.records),
            waivers=self.waivers,
        )


def _by_day(row: BriefSession) -> tuple[str, int]:
    # ISO dates come first in the head: sorted as texts, they are in the order of days.
    return row[2], row[1]


def _speeches(text: Text) -> tuple[SpeechFacts, ...]:
    pairs = [one.split(" ") for one in rows(text)]
    return tuple([SpeechFacts(int(person), kind) for person, kind in pairs])


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
