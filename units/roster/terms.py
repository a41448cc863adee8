"""Who is in office when: a unit's roster as plain terms."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

from units.models import RosterEntry, Unit

_TOLD = (
    "person__name",
    "person__distinction",
    "role",
    "post",
    "portfolio",
    "rank_order",
    "start_date",
    "end_date",
    "appointment_no",
    "note",
)


class Term(NamedTuple):
    """A person's days in office, [start, end); ``is_due`` whether they owe attendance on them."""

    person_id: int
    name: str
    is_due: bool
    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def terms_of(unit: Unit) -> tuple[Term, ...]:
    """All terms of a unit in official order; one query."""
    rows = RosterEntry.objects.of_unit(unit).order_by("rank_order", "id")
    columns = ("person_id", "person__name", "role", "start_date", "end_date")
    return tuple(
        Term(person, name, role in RosterEntry.DUE_ROLES, start, end)
        for person, name, role, start, end in rows.values_list(*columns)
    )


def due_on(terms: Iterable[Term], day: date) -> dict[int, str]:
    """The people who owe attendance on the day, with their names, in the order of the terms."""
    return {term.person_id: term.name for term in terms if term.is_due and term.holds(day)}


def digest_of(unit: Unit) -> str:
    """The whole roster in one word: who changes it says which one they looked at."""
    rows = RosterEntry.objects.of_unit(unit).order_by("rank_order", "id").values_list(*_TOLD)
    return digest(rows)


def digest(rows: Iterable[tuple[object, ...]]) -> str:
    text = json.dumps([list(row) for row in rows], cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
