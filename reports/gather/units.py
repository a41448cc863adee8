"""What is on record about units apart from their sessions, in one query for any number of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from reports.gather.events import KNOWN, Events, said
from reports.gather.texts import OrderedText, read, summed
from reports.gather.unions import EVERYBODY, Among, JoinedText, Words, nobody, word
from reports.models import Waiver
from reports.rules.facts import (
    RecordFacts,
    SessionFacts,
    TermFacts,
    TopicFacts,
    UnitFacts,
    WaiverFacts,
)
from reports.rules.words import RECORD_LABELS
from sessions.models import PersonalRecord, ReviewEvent, Topic, UnitReport
from units.models import RosterEntry

TERMS, RECORDS, WAIVERS, PLAN, HALF_YEAR, ANNUAL, TOPICS = SOURCES = "ERWPHAT"
ORDERED = PLAN + HALF_YEAR + ANNUAL + TOPICS
REPORTS = {HALF_YEAR: UnitReport.Kind.HALF_YEAR, ANNUAL: UnitReport.Kind.ANNUAL}

NO_WAIVERS: frozenset[WaiverFacts] = frozenset()


class Served(dict[str, tuple[str, dt.date, dt.date | None]]):
    """Role, first day and end of a term by their words."""

    def __missing__(self, text: str) -> tuple[str, dt.date, dt.date | None]:
        role, start, end = text.split(" ")
        until = dt.date.fromisoformat(end) if end else None
        return self.setdefault(text, (role, dt.date.fromisoformat(start), until))


class Records(dict[str, tuple[str, dt.date]]):
    """Kind and day of a personal record by their words."""

    def __missing__(self, text: str) -> tuple[str, dt.date]:
        kind, on = text.split(" ")
        return self.setdefault(text, (kind, dt.date.fromisoformat(on)))


class Backgrounds:
    """Terms, records, waivers and documents of some units as texts, and the year's topics.

    `topics` are those of each category: everybody's and its own, in their official order.
    """

    def __init__(self, unit_ids: Sequence[int], year: int) -> None:
        self._texts = read(_branches(unit_ids, year), sources=SOURCES, ordered=ORDERED)
        self.topics = _topics(self._texts.pop(TOPICS))
        self._events, self._served, self._records = Events(), Served(), Records()

    def take(
        self,
        unit: int,
        category: int,
        life: tuple[dt.date | None, dt.date | None],
        sessions: tuple[SessionFacts, ...],
    ) -> UnitFacts:
        """All facts of a unit, given its category, life and sessions."""
        return UnitFacts(
            unit=unit,
            established_on=life[0],
            abolished_on=life[1],
            sessions=sessions,
            terms=self._terms(unit),
            topics=self.topics[category],
            plan=self._events[self._texts[PLAN].get(unit, "")],
            half_year_report=self._events[self._texts[HALF_YEAR].get(unit, "")],
            annual_report=self._events[self._texts[ANNUAL].get(unit, "")],
            records=self._personal(unit),
            waivers=self._waivers(unit),
        )

    def _terms(self, unit: int) -> tuple[TermFacts, ...]:
        text = self._texts[TERMS].pop(unit, None)
        if text is None:
            return ()
        served = self._served
        terms = [one.partition(" ") for one in text.split(",")]
        return tuple([TermFacts(int(person), *served[rest]) for person, _, rest in terms])

    def _personal(self, unit: int) -> tuple[RecordFacts, ...]:
        text = self._texts[RECORDS].pop(unit, None)
        if text is None:
            return ()
        known = self._records
        records = [one.partition(" ") for one in text.split(",")]
        return tuple([RecordFacts(int(person), *known[rest]) for person, _, rest in records])

    def _waivers(self, unit: int) -> frozenset[WaiverFacts]:
        text = self._texts[WAIVERS].get(unit)
        if text is None:
            return NO_WAIVERS
        return frozenset(WaiverFacts(*one.split(" ")) for one in text.split(","))


def _topics(texts: dict[int, str]) -> dict[int, tuple[TopicFacts, ...]]:
    """By category; one that has none of its own has everybody's."""
    found = {
        owner: [_topic(one) for one in text.split(",")] for owner, text in texts.items() if text
    }
    shared = found.pop(EVERYBODY, [])
    everybody: tuple[TopicFacts, ...] = tuple(shared)
    by_category: dict[int, tuple[TopicFacts, ...]] = defaultdict(lambda: everybody)
    for category, own in found.items():
        by_category[category] = tuple(sorted(shared + own, key=lambda topic: int(str(topic.id))))
    return by_category


def _topic(text: str) -> TopicFacts:
    key, start, due = text.split(" ")
    return TopicFacts(int(key), dt.date.fromisoformat(start), dt.date.fromisoformat(due))


def _branches(unit_ids: Sequence[int], year: int) -> Iterator[QuerySet[Any, Any]]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    theirs, unit = Among("person__unit_id", unit_ids), F("person__unit_id")
    served = Words("person_id", "role", "start_date", word("end_date"))
    yield summed(RosterEntry.objects.filter(theirs), TERMS, unit, JoinedText(served))
    records = PersonalRecord.objects.filter(theirs, kind__in=RECORD_LABELS, date__year=year)
    yield summed(records, RECORDS, unit, JoinedText(Words("person_id", "kind", "date")))
    waivers = Waiver.objects.standing().filter(Among("unit_id", unit_ids))
    yield summed(waivers, WAIVERS, F("unit_id"), JoinedText(Words("rule", "period")))
    events = ReviewEvent.objects.filter(kind__in=KNOWN)
    plans = events.filter(Among("plan__unit_id", unit_ids), plan__year=year)
    yield summed(plans, PLAN, F("plan__unit_id"), said())
    reports = events.filter(Among("report__unit_id", unit_ids), report__year=year)
    for source, kind in REPORTS.items():
        yield summed(reports.filter(report__kind=kind), source, F("report__unit_id"), said())
    topics = Topic.objects.binding().filter(due__gte=first, from_date__lte=last)
    spans = OrderedText(Words("id", "from_date", "due"), F("id"))
    yield summed(topics, TOPICS, Coalesce(F("categories"), nobody()), spans)
