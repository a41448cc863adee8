"""People who were present in two places, or somewhere while on leave."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from django.db.models import Count, Q

from reports.gather.unions import Among
from reports.hints.found import Facts, Found, about
from reports.hints.material import Material, Session
from reports.hints.thresholds import HALF_DAYS_OF_A_DAY, LONG_LEAVES
from reports.models import Hint
from sessions.models import Attendance
from units.models import Person

Kind = Hint.Kind
LEAVE = Attendance.Status.LEAVE


class Mark(NamedTuple):
    """How one person took part in one session."""

    session: Session
    person: int
    name: str
    status: str
    leave_kind: str

    @property
    def is_here(self) -> bool:
        return self.status in Attendance.HERE


Meetings = dict[tuple[Kind, str], set[Mark]]
"""By kind and what the hint is about: two sessions of a unit, or two people of one name."""


def in_two_places(on: Material) -> Iterator[Found]:
    """One query. Within a unit one hint for two sessions, naming all people concerned: sessions
    of a day that fill more than its two half-days, or a leave of a kind that lasts longer.

    Between units of one county a name is all there is. One hint for two people of one name and
    all their days: whoever has found out that they are namesakes need not do so again. A joint
    study is one place.
    """
    shared = _days_with_two(on)
    marks = _marks(on, [session.id for day in shared for session in day])
    meetings: Meetings = defaultdict(set)
    _within(shared, marks, meetings)
    _between(on, marks, meetings)
    for (kind, key), met in sorted(meetings.items()):
        more: dict[int, Facts] = {}
        for mark in sorted(met):
            row = [mark.session.id, mark.person, mark.status]
            more.setdefault(mark.session.unit, {"attended": []})["attended"].append(row)
        yield about(kind, key, [mark.session.paper for mark in met], more)


def _days_with_two(on: Material) -> list[list[Session]]:
    """The sessions of each day on which a unit has more than one."""
    days: dict[tuple[int, dt.date], list[Session]] = defaultdict(list)
    for session in on.sessions:
        for day in session.days:
            days[session.unit, day].append(session)
    return [held for held in days.values() if len(held) > 1]


def _marks(on: Material, sessions: list[int]) -> dict[int, list[Mark]]:
    """By session, who was there or on leave: all of some sessions, and of the others those whose
    name more than one unit has.
    """
    names = Person.objects.order_by().values("name").annotate(units=Count("unit", distinct=True))
    common = names.filter(units__gt=1).values("name")
    rows = Attendance.objects.filter(
        Q(Among("session_id", sorted(set(sessions)))) | Q(member__person__name__in=common),
        status__in=(*Attendance.HERE, LEAVE),
        session__date__range=(on.start, on.until),
    ).order_by()
    found: dict[int, list[Mark]] = defaultdict(list)
    told = rows.values_list(
        *("session_id", "member__person_id", "member__person__name", "status", "leave_kind")
    )
    for key, person, name, status, leave_kind in told.iterator():
        if session := on.by_id.get(key):
            found[key].append(Mark(session, person, name, status, leave_kind))
    return found


def _within(shared: list[list[Session]], marks: dict[int, list[Mark]], meetings: Meetings) -> None:
    for held in shared:
        for one, other in combinations(held, 2):
            collide = one.load + other.load > HALF_DAYS_OF_A_DAY
            there = {mark.person: mark for mark in marks[other.id]}
            for mark in marks[one.id]:
                if mark.person in there:
                    _meet(mark, there[mark.person], meetings, collide=collide)


def _between(on: Material, marks: dict[int, list[Mark]], meetings: Meetings) -> None:
    called: dict[tuple[int, str, dt.date], list[Mark]] = defaultdict(list)
    for session in on.sessions:
        for mark in marks.get(session.id, ()):
            for day in session.days:
                called[on.county[session.unit], mark.name, day].append(mark)
    for same in called.values():
        for one, other in combinations(same, 2):
            apart = one.session.unit != other.session.unit
            if apart and one.session.event != other.session.event:
                _meet(one, other, meetings, collide=True)


def _meet(one: Mark, other: Mark, meetings: Meetings, *, collide: bool) -> None:
    key = _key(one, other)
    if one.is_here and other.is_here:
        if collide:
            meetings[Kind.TWO_PLACES, key] |= {one, other}
    elif one.is_here or other.is_here:
        away = other if one.is_here else one
        if collide or away.leave_kind in LONG_LEAVES:
            meetings[Kind.LEAVE_AND_PRESENT, key] |= {one, other}


def _key(one: Mark, other: Mark) -> str:
    if one.session.unit == other.session.unit:
        first, second = sorted((one.session.id, other.session.id))
        return f"sessions:{first}:{second}"
    first, second = sorted((one.person, other.person))
    return f"people:{first}:{second}"
