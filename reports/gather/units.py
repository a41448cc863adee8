"""What is on record about units apart from their sessions, in one query for any number of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from reports.gather.events import KNOWN, said
from reports.gather.heads import Head
from reports.gather.texts import OrderedText, read, summed
from reports.gather.unions import EVERYBODY, Among, JoinedText, Words, nobody, word
from reports.models import Waiver
from reports.rules.brief import BriefSession, BriefUnit, Reader
from reports.rules.facts import TopicFacts, WaiverFacts
from reports.rules.words import RECORD_LABELS
from sessions.models import PersonalRecord, ReviewEvent, Topic, UnitReport
from units.models import RosterEntry

TERMS, RECORDS, WAIVERS, PLAN, HALF_YEAR, ANNUAL, TOPICS = SOURCES = "ERWPHAT"
ORDERED = PLAN + HALF_YEAR + ANNUAL + TOPICS
REPORTS = {HALF_YEAR: UnitReport.Kind.HALF_YEAR, ANNUAL: UnitReport.Kind.ANNUAL}

NO_WAIVERS: frozenset[WaiverFacts] = frozenset()


class Backgrounds:
    """Terms, records, waivers and documents of some units as texts, and the year's topics.

    `topics` are those of each category: everybody's and its own, in their official order.
    """

    def __init__(self, unit_ids: Sequence[int], year: int) -> None:
        self._texts = read(_branches(unit_ids, year), sources=SOURCES, ordered=ORDERED)
        self.topics = _topics(self._texts.pop(TOPICS))
        self._reader = Reader()

    def take(self, head: Head, sessions: Sequence[BriefSession]) -> BriefUnit:
        """A unit in brief, given its sessions."""
        texts, unit = self._texts, head.id
        return BriefUnit(
            unit=unit,
            established_on=head.established_on,
            abolished_on=head.abolished_on,
            sessions=sessions,
            terms=texts[TERMS].get(unit),
            topics=self.topics[head.category_id],
            plan=texts[PLAN].get(unit),
            half_year_report=texts[HALF_YEAR].get(unit),
            annual_report=texts[ANNUAL].get(unit),
            records=texts[RECORDS].get(unit),
            waivers=self._waivers(unit),
            reader=self._reader,
        )

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
