"""Fact rows: what today's lists ask for all the time, kept beside the rows it follows from.

A convenience, never a truth. The facts of a touched unit are worked out anew in the transaction
of the change; `rebuild` does it for any number of units. They follow the cached status of each
session and take all that is on record as seen: nothing is dated ahead, so that is what is seen
today.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Manager

from reports.fact_rows import (
    MONTH_FIGURES,
    PERSON_FIGURES,
    Figures,
    Part,
    Said,
    stored,
    took_part,
)
from reports.gather import Head, heads
from reports.gather.unions import Among
from reports.models import PersonYear, RuleSet, UnitMonth
from reports.periods import Month, WorkingCalendar, holds
from reports.rule_book import PublishedSet, RuleBook, published_sets, rule_book
from reports.rules.facts import RuleSetFacts, SessionFacts, SpeechFacts
from reports.rules.horizon import Horizon
from reports.rules.tally import is_discussion
from reports.rules.words import (
    ADJACENT,
    EXCLUDED,
    KEY_SPEECH,
    PRESENT,
    REFLECTION,
)
from sessions.models import StudySession
from units.models import Unit
from units.querysets import UnitQuerySet

SLICE = 500

Fact = TypeVar("Fact", UnitMonth, PersonYear)


def recompute(*, unit_ids: Collection[int], years: Iterable[int]) -> None:
    """Works the facts of some units and years out anew, in the caller's transaction.

    The units' rows are locked first: of two changes of one unit, the later sees the earlier.
    """
    ids = sorted(unit_ids)
    for year in sorted(set(years)):
        book = rule_book(year=year, as_of=dt.date(year, 12, 31))
        for start in range(0, len(ids), SLICE):
            with transaction.atomic(savepoint=False):
                UnitYears(_locked(ids[start : start + SLICE]), year, book).write()


def published_beside(rule_set: RuleSet) -> list[int]:
    """The ids of the other sets published for the same year by now; one query."""
    others = RuleSet.objects.filter(year=rule_set.year, published_at__isnull=False)
    return sorted(others.exclude(pk=rule_set.pk).values_list("pk", flat=True))


def counted_otherwise(published: RuleSet, known: Collection[int]) -> list[int]:
    """The ids of the units whose facts a rule set changed when it was published.

    `known` are the ids of the sets that had been published until then: one that came later may
    count as this one does, and has not touched the facts for that. Three queries.
    """
    sets = published_sets(published.year)
    before = RuleBook(one for one in sets if one.id in known)
    after = RuleBook(one for one in sets if one.id in known or one.id == published.pk)
    return [
        head.id
        for head in heads(Unit.objects.all(), published.year)
        if counted_by(before.applicable(head.id, head.category_id))
        != counted_by(after.applicable(head.id, head.category_id))
    ]


def counted_by(rule_set: PublishedSet | None) -> tuple[object, ...]:
    """All of a rule set that facts depend on."""
    said = rule_set.facts if rule_set else RuleSetFacts(0, rules=())
    return said.counted_statuses, said.min_speakers, said.leave_counts_as


def rebuild(units: UnitQuerySet, year: int) -> Iterator[int]:
    """Works the facts of a year out anew, a slice a transaction; yields how many units are done."""
    ids = list(units.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        recompute(unit_ids=part, years=[year])
        yield start + len(part)


def _locked(ids: Sequence[int]) -> list[Head]:
    rows = Unit.objects.filter(Among("pk", ids)).order_by("pk")
    return [Head(*row) for row in rows.select_for_update(no_key=True).values_list(*Head._fields)]


class UnitYears:
    """One year's facts of a slice of units, read in three queries, written in up to six."""

    def __init__(self, heads: Sequence[Head], year: int, book: RuleBook) -> None:
        self._heads = {head.id: head for head in heads}
        self._ids = list(self._heads)
        self._year = year
        self._book = book
        self._horizons: dict[int, Horizon] = {}
        self._months: dict[tuple[int, str], UnitMonth] = {}
        self._people: dict[int, PersonYear] = {}
        sessions = self._counted()
        parts, said = took_part(list(sessions), self._ids)
        speeches = self._speeches(said)
        month_of = {
            key: self._hold(session._replace(speeches=tuple(speeches[key])), unit)
            for key, (unit, session) in sessions.items()
        }
        self._attend(parts, month_of)
        self._stored = stored(self._ids, year)
        self._records(self._stored.records)

    def write(self) -> None:
        """Brings the units' rows in line with these; what says the same already stays as it is."""
        old = self._stored
        _bring_in_line(
            UnitMonth.objects, old.months, self._months.values(), ("unit_id", "month"),
            MONTH_FIGURES,
        )  # fmt: skip
        _bring_in_line(
            PersonYear.objects, old.people, self._people.values(), ("person_id", "year"),
            PERSON_FIGURES,
        )  # fmt: skip

    def _horizon(self, unit: int) -> Horizon:
        """What counts for a unit; that depends on no day."""
        rule_set = self._book.applicable(unit, self._heads[unit].category_id)
        key = rule_set.id if rule_set else 0
        if key not in self._horizons:
            rules = rule_set.facts if rule_set else RuleSetFacts(self._year, rules=())
            last = dt.date(self._year, 12, 31)
            self._horizons[key] = Horizon(rules, WorkingCalendar(), last)
        return self._horizons[key]

    def _counted(self) -> dict[int, tuple[int, SessionFacts]]:
        """Unit and session of each counted session, by its id."""
        rows = StudySession.objects.of_year(self._year).filter(Among("unit_id", self._ids))
        columns = ("unit_id", "status", "id", "date", "end_date", "half_days", "form")
        return {
            row[0]: (unit, SessionFacts(*row))
            for unit, status, *row in rows.order_by().values_list(*columns)
            if self._counts(unit, status, row[1], row[4])
        }

    def _counts(self, unit: int, status: str, day: dt.date, form: str) -> bool:
        head = self._heads[unit]
        return (
            form != ADJACENT
            and status in self._horizon(unit).counted_statuses
            and holds(head.established_on, head.abolished_on, day)
        )

    def _speeches(self, said: Iterable[Said]) -> dict[int, list[SpeechFacts]]:
        found: dict[int, list[SpeechFacts]] = defaultdict(list)
        for session, person, kind in said:
            found[session].append(SpeechFacts(person, kind))
            self._of(person).key_speeches += kind == KEY_SPEECH
        return found

    def _hold(self, session: SessionFacts, unit: int) -> UnitMonth:
        """Adds a session to its month; the month's row."""
        key = Month.of(session.date).key
        month = self._months.setdefault((unit, key), UnitMonth(unit_id=unit, month=key))
        month.sessions += 1
        month.half_days += session.half_days
        month.discussions += is_discussion(session, self._horizon(unit).min_speakers)
        return month

    def _attend(self, parts: Iterable[Part], month_of: dict[int, UnitMonth]) -> None:
        for session, person, status, leave_kind, is_made_up in parts:
            month = month_of[session]
            worth = self._horizon(month.unit_id).counts_as(status, leave_kind)
            for row in (month, self._of(person)):
                row.due += 1
                if worth == PRESENT:
                    row.present += 1
                elif worth == EXCLUDED:
                    row.excluded += 1
                elif is_made_up:
                    row.made_up += 1

    def _records(self, numbers: Mapping[tuple[int, str], int]) -> None:
        for (person, kind), number in numbers.items():
            if kind == REFLECTION:
                self._of(person).reflections = number
            else:
                self._of(person).research = number

    def _of(self, person: int) -> PersonYear:
        if person not in self._people:
            self._people[person] = PersonYear(person_id=person, year=self._year)
        return self._people[person]


def _bring_in_line(
    rows: Manager[Fact],
    old: Mapping[tuple[int, Any], Figures],
    wanted: Collection[Fact],
    key: tuple[str, str],
    figures: Sequence[str],
) -> None:
    """Adds, changes and removes rows until what is stored is what is wanted, row by `key`."""
    keys, values = attrgetter(*key), attrgetter(*figures)
    new = {keys(row): row for row in wanted}
    changed = [row for at, row in new.items() if old.get(at) != values(row)]
    if changed:
        rows.bulk_create(
            changed,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=key,
            update_fields=figures,
        )
    if gone := old.keys() - new.keys():
        one, two = key
        for value in {second for _, second in gone}:
            of_value = [first for first, second in gone if second == value]
            rows.filter(Among(one, of_value), **{two: value}).delete()
