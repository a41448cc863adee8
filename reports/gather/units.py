"""What is on record about units apart from their sessions, in one query for any number of them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet

from reports.gather.events import KNOWN, EventReader, entered, said
from reports.gather.unions import (
    EVERYBODY,
    Among,
    Row,
    Rows,
    Words,
    branch,
    by_owner,
    nobody,
    word,
)
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

TERM, RECORD, WAIVER, PLAN, HALF_YEAR, ANNUAL, TOPIC = "ERWPHAT"
REPORTS = {HALF_YEAR: UnitReport.Kind.HALF_YEAR, ANNUAL: UnitReport.Kind.ANNUAL}


class Backgrounds:
    """Terms, records, waivers and documents of some units as rows, and the year's topics."""

    def __init__(self, unit_ids: Sequence[int], year: int) -> None:
        self._rows: Rows = by_owner(_branches(unit_ids, year))
        shared = self._rows.pop(EVERYBODY, [])
        self.topics = tuple(_topic(row) for row in sorted(shared, key=entered))
        self._events = EventReader()
        self._terms: dict[str, tuple[str, dt.date, dt.date | None]] = {}
        self._records: dict[str, tuple[str, dt.date]] = {}

    def take(
        self,
        unit: int,
        life: tuple[dt.date | None, dt.date | None],
        sessions: tuple[SessionFacts, ...],
    ) -> UnitFacts:
        """All facts of a unit, given its life and sessions; once only, the rows are let go."""
        terms, records, waivers = [], [], []
        events: dict[str, list[Row]] = {PLAN: [], HALF_YEAR: [], ANNUAL: []}
        for row in self._rows.pop(unit, ()):
            source, _, number, text = row
            if source == TERM:
                terms.append(TermFacts(number, *(self._terms.get(text) or self._term(text))))
            elif source == RECORD:
                known = self._records.get(text) or self._record(text)
                records.append(RecordFacts(number, *known))
            elif source == WAIVER:
                waivers.append(WaiverFacts(*text.split(" ")))
            else:
                events[source].append(row)
        return UnitFacts(
            unit=unit,
            established_on=life[0],
            abolished_on=life[1],
            sessions=sessions,
            terms=tuple(terms),
            topics=self.topics,
            plan=self._events.events(events[PLAN]),
            half_year_report=self._events.events(events[HALF_YEAR]),
            annual_report=self._events.events(events[ANNUAL]),
            records=tuple(records),
            waivers=frozenset(waivers),
        )

    def _term(self, text: str) -> tuple[str, dt.date, dt.date | None]:
        role, start, end = text.split(" ")
        until = dt.date.fromisoformat(end) if end else None
        return self._terms.setdefault(text, (role, dt.date.fromisoformat(start), until))

    def _record(self, text: str) -> tuple[str, dt.date]:
        kind, on = text.split(" ")
        return self._records.setdefault(text, (kind, dt.date.fromisoformat(on)))


def _topic(row: Row) -> TopicFacts:
    start, due = row[3].split(" ")
    return TopicFacts(row[2], dt.date.fromisoformat(start), dt.date.fromisoformat(due))


def _branches(unit_ids: Sequence[int], year: int) -> Iterator[QuerySet[Any, Any]]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    terms = RosterEntry.objects.filter(Among("person__unit_id", unit_ids))
    served = Words("role", "start_date", word("end_date"))
    yield branch(terms, TERM, F("person__unit_id"), F("person_id"), served)
    records = PersonalRecord.objects.filter(
        Among("person__unit_id", unit_ids), kind__in=RECORD_LABELS, date__year=year
    )
    yield branch(records, RECORD, F("person__unit_id"), F("person_id"), Words("kind", "date"))
    waivers = Waiver.objects.filter(Among("unit_id", unit_ids))
    yield branch(waivers, WAIVER, F("unit_id"), F("id"), Words("rule", "period"))
    events = ReviewEvent.objects.filter(kind__in=KNOWN)
    plans = events.filter(Among("plan__unit_id", unit_ids), plan__year=year)
    yield branch(plans, PLAN, F("plan__unit_id"), F("id"), said())
    reports = events.filter(Among("report__unit_id", unit_ids), report__year=year)
    for source, kind in REPORTS.items():
        of_kind = reports.filter(report__kind=kind)
        yield branch(of_kind, source, F("report__unit_id"), F("id"), said())
    topics = Topic.objects.filter(required=True, due__gte=first, from_date__lte=last)
    yield branch(topics, TOPIC, nobody(), F("id"), Words("from_date", "due"))
