"""Fact rows: what today's lists ask for all the time, kept beside the rows it follows from.

A convenience, never a truth. The facts of a touched unit are worked out anew in the transaction
of the change, by the same tally as every evaluation; `rebuild` does it for any number of units.
They take all that is on record as seen: nothing is dated ahead, so that is what is seen today.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Count, Q

from reports.gather import Head
from reports.gather.sessions import Sessions
from reports.gather.unions import Among
from reports.models import PersonYear, UnitMonth
from reports.periods import Month, WorkingCalendar
from reports.rule_book import RuleBook, rule_book
from reports.rules.facts import RuleSetFacts, SessionFacts, UnitFacts
from reports.rules.horizon import Horizon
from reports.rules.tally import Tally
from reports.rules.words import (
    ABSENT,
    EXCLUDED,
    KEY_SPEECH,
    PRESENT,
    RECORD_LABELS,
    REFLECTION,
)
from sessions.models import Attendance, PersonalRecord
from units.models import Unit
from units.querysets import UnitQuerySet

SLICE = 500
# Figures do not depend on working days, nor on a day as long as nothing lies ahead of it.
EVER_AFTER = dt.date(9999, 12, 1)


@dataclass(slots=True)
class Counted:
    """A slice's counted sessions: which, under which horizon, and the months' figures."""

    horizons: dict[int, Horizon] = field(default_factory=dict)
    months: list[UnitMonth] = field(default_factory=list)
    sessions: list[SessionFacts] = field(default_factory=list)


def recompute(*, unit_ids: Collection[int], years: Iterable[int]) -> None:
    """Works the facts of some units and years out anew, in the caller's transaction.

    The units' rows are locked first: of two changes of one unit, the later sees the earlier.
    """
    ids = sorted(unit_ids)
    for year in sorted(set(years)):
        book = rule_book(year=year, as_of=dt.date(year, 12, 31))
        for start in range(0, len(ids), SLICE):
            with transaction.atomic():
                _recompute(_locked(ids[start : start + SLICE]), year, book)


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


def _recompute(heads: Sequence[Head], year: int, book: RuleBook) -> None:
    ids = [head.id for head in heads]
    counted = _count(heads, year, book)
    UnitMonth.objects.filter(Among("unit_id", ids), month__startswith=f"{year:04}-").delete()
    UnitMonth.objects.bulk_create(counted.months)
    PersonYear.objects.filter(Among("person__unit_id", ids), year=year).delete()
    PersonYear.objects.bulk_create(_people(ids, year, counted), batch_size=2000)


def _count(heads: Sequence[Head], year: int, book: RuleBook) -> Counted:
    sessions = Sessions([head.id for head in heads], year)
    found = Counted()
    horizons: dict[int, Horizon] = {}
    for head in heads:
        rule_set = book.applicable(head.id, head.category_id)
        key = rule_set.id if rule_set else 0
        if key not in horizons:
            rules = rule_set.facts if rule_set else RuleSetFacts(year, rules=())
            horizons[key] = Horizon(rules, WorkingCalendar(), EVER_AFTER)
        horizon = found.horizons[head.id] = horizons[key]
        facts = UnitFacts(head.id, head.established_on, head.abolished_on)
        whole = Tally(replace(facts, sessions=sessions.take(head.id)), horizon)
        found.sessions += whole.counted
        found.months += _months(facts, whole.counted, horizon)
    return found


def _months(
    unit: UnitFacts, counted: Iterable[SessionFacts], horizon: Horizon
) -> Iterator[UnitMonth]:
    by_month: dict[Month, list[SessionFacts]] = defaultdict(list)
    for session in counted:
        by_month[Month.of(session.date)].append(session)
    for month, sessions in by_month.items():
        figures = Tally(replace(unit, sessions=tuple(sessions)), horizon).figures
        yield UnitMonth(unit_id=unit.unit, month=month.key, **figures.to_json())


def _people(ids: Sequence[int], year: int, counted: Counted) -> Iterable[PersonYear]:
    people: dict[int, PersonYear] = {}

    def of(person: int) -> PersonYear:
        if person not in people:
            people[person] = PersonYear(person_id=person, year=year)
        return people[person]

    for person, unit, status, leave_kind, confirmed, rows in _attendance(counted.sessions):
        row, worth = of(person), counted.horizons[unit].counts_as(status, leave_kind)
        row.due += rows
        row.present += rows if worth == PRESENT else 0
        row.excluded += rows if worth == EXCLUDED else 0
        row.made_up += confirmed if worth == ABSENT else 0
    for session in counted.sessions:
        for speech in session.speeches:
            of(int(str(speech.person))).key_speeches += speech.kind == KEY_SPEECH
    records = PersonalRecord.objects.filter(
        Among("person__unit_id", ids), kind__in=RECORD_LABELS, date__year=year
    )
    numbers = records.order_by().values_list("person_id", "kind").annotate(number=Count("id"))
    for person, kind, number in numbers:
        if kind == REFLECTION:
            of(person).reflections = number
        else:
            of(person).research = number
    return people.values()


def _attendance(sessions: Sequence[SessionFacts]) -> Iterable[tuple[int, int, str, str, int, int]]:
    """Person, unit, status, kind of leave, rows made up and rows, over the counted sessions."""
    ids = [int(str(session.id)) for session in sessions]
    return (
        Attendance.objects.filter(Among("session_id", ids))
        .order_by()
        .values_list("member__person_id", "session__unit_id", "status", "leave_kind")
        .annotate(
            confirmed=Count("id", filter=Q(makeup_confirmed_on__isnull=False)), rows=Count("id")
        )
    )

