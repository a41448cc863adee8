"""Members in the database → rows of the members' sheet. Four queries a slice of units."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.fields import DateField

from reports.rules.facts import AttendanceGroup
from reports.rules.words import ADJACENT, REFLECTION, RESEARCH
from reports.workbook.attendance import Turnout
from reports.workbook.data import MemberRow
from reports.workbook.unit_keys import UnitKey, slices
from sessions.models import Attendance, PersonalRecord, Speech
from units.models import RosterEntry


class _Term(NamedTuple):
    """A person's latest due role: name, post and role as they were then."""

    person: int
    unit: int
    name: str
    post: str
    role: str


def member_rows_of(
    units: Sequence[UnitKey], as_of: dt.date, uncounted: Mapping[int, Collection[Hashable]]
) -> Iterator[MemberRow]:
    """Everybody who held a due role in the year up to `as_of`, by unit and official order.

    `uncounted` are, by unit, the ids of those sessions up to `as_of` that count nowhere.
    """
    for part in slices(units):
        for _unit, row in member_rows_in(part, as_of, uncounted):
            yield row


def member_rows_in(
    part: Sequence[UnitKey], as_of: dt.date, left_out: Mapping[int, Collection[Hashable]]
) -> Iterator[tuple[int, MemberRow]]:
    """A slice's rows, each after its unit's id; `left_out` as `uncounted` above. Four queries."""
    ids = [unit.id for unit in part]
    uncounted = [key for unit in part for key in left_out.get(unit.id, ())]
    contexts = {unit.id: unit.context for unit in part}
    members: dict[int, list[_Term]] = defaultdict(list)
    for term in _terms(ids, as_of):
        members[term.unit].append(term)
    turnouts: dict[int, Turnout] = defaultdict(Turnout)
    for unit, person, group in _attendance(ids, as_of, uncounted):
        turnouts[person].add(group, contexts[unit])
    speeches = dict(_speeches(ids, as_of, uncounted))
    records = {(person, kind): n for person, kind, n in _records(ids, as_of)}
    for key in part:
        for term in members[key.id]:
            total = turnouts.get(term.person) or Turnout()
            yield (
                key.id,
                MemberRow(
                    unit=key.name,
                    name=term.name,
                    post=term.post,
                    role=_ROLES[term.role],
                    base=total.base,
                    present=total.present,
                    made_up=total.made_up,
                    key_speeches=speeches.get(term.person, 0),
                    reflections=records.get((term.person, REFLECTION), 0),
                    research=records.get((term.person, RESEARCH), 0),
                ),
            )


def _terms(ids: Sequence[int], as_of: dt.date) -> list[_Term]:
    """One term a person, the latest; in the order of rank and entry."""
    first = dt.date(as_of.year, 1, 1)
    rows = (
        RosterEntry.objects.due()
        .filter(Q(end_date__isnull=True) | Q(end_date__gt=first), person__unit__in=ids)
        .filter(start_date__lte=as_of)
        .order_by("start_date", "id")
        .values_list("rank_order", "id", "person_id", "person__unit_id", "person__name",
                     "post", "role")
    )  # fmt: skip
    latest = {
        person: (rank, key, _Term(person, unit, name, post, role))
        for rank, key, person, unit, name, post, role in rows
    }
    return [term for _, _, term in sorted(latest.values(), key=lambda found: found[:2])]


def _counted(ids: Sequence[int], as_of: dt.date, uncounted: Collection[Hashable]) -> Q:
    within = Q(
        session__unit__in=ids,
        session__date__gte=dt.date(as_of.year, 1, 1),
        session__date__lte=as_of,
    )
    return within & ~Q(session__form=ADJACENT) & ~Q(session__in=uncounted)


def _attendance(
    ids: Sequence[int], as_of: dt.date, uncounted: Collection[Hashable]
) -> Iterator[tuple[int, int, AttendanceGroup]]:
    """Unit, person and each group of the person's rows that are alike."""
    confirmed = Case(
        When(makeup_confirmed_on__lte=as_of, then=Value(as_of)),
        default=None,
        output_field=DateField(),
    )
    rows = (
        Attendance.objects.filter(_counted(ids, as_of, uncounted))
        .order_by()
        .values_list("session__unit_id", "member__person_id", "status", "leave_kind", confirmed)
        .annotate(number=Count("id"))
    )
    for unit, person, status, kind, made_up, number in rows.iterator():
        yield unit, person, AttendanceGroup(status, kind or None, made_up, made_up, number)


def _speeches(
    ids: Sequence[int], as_of: dt.date, uncounted: Collection[Hashable]
) -> QuerySet[Speech, tuple[Any, ...]]:
    """Person and number of key speeches in counted sessions."""
    return (
        Speech.objects.filter(_counted(ids, as_of, uncounted), kind=Speech.Kind.KEY)
        .order_by()
        .values_list("member__person_id")
        .annotate(number=Count("id"))
    )


def _records(ids: Sequence[int], as_of: dt.date) -> QuerySet[PersonalRecord, tuple[Any, ...]]:
    """Person, kind and number of records dated in the year up to the date."""
    return (
        PersonalRecord.objects.filter(
            person__unit__in=ids,
            date__gte=dt.date(as_of.year, 1, 1),
            date__lte=as_of,
            kind__in=(REFLECTION, RESEARCH),
        )
        .order_by()
        .values_list("person_id", "kind")
        .annotate(number=Count("id"))
    )


_ROLES = {role.value: str(role.label) for role in RosterEntry.Role}
