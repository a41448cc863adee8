"""The rows that fact rows follow from, and the fact rows there are, in one query each.

What a recorded session costs is mostly the number of queries behind it, so rows of several tables
come together: a letter for the table first.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Value

from reports.gather.unions import Among
from reports.models import PersonYear, UnitMonth
from reports.rules.words import RECORD_LABELS
from sessions.models import Attendance, PersonalRecord, Speech
from units.models import RosterEntry

ATTENDED, SPOKE, ENTRY = "ase"
MONTH, PERSON, RECORD = "mpr"
MONTH_FIGURES: Final = (
    "sessions", "discussions", "half_days", "due", "excluded", "present", "made_up",
)  # fmt: skip
PERSON_FIGURES: Final = (
    "due", "excluded", "present", "made_up", "key_speeches", "reflections", "research",
)  # fmt: skip

Figures = tuple[int, ...]


# Session, person, status, kind of leave, and whether a make-up was confirmed.
Part = tuple[int, int, str, str, bool]
# Session, person, kind of speech.
Said = tuple[int, int, str]


class Stored(NamedTuple):
    """Fact rows by unit and month, by person and year; numbers of records by person and kind."""

    months: dict[tuple[int, str], Figures]
    people: dict[tuple[int, int], Figures]
    records: dict[tuple[int, str], int]


def took_part(sessions: Sequence[int], units: Sequence[int]) -> tuple[Iterator[Part], list[Said]]:
    """Who attended, and who of those due spoke, in the sessions of these units; one query.

    Roster entries come as rows of their own: joined to attendance, PostgreSQL may read the whole
    roster of a province for one unit.
    """
    of_these, none, no = Among("session_id", sessions), Value(""), Value(False)
    confirmed = ExpressionWrapper(Q(makeup_confirmed_on__isnull=False), BooleanField())
    attended = Attendance.objects.filter(of_these).values_list(
        Value(ATTENDED), "session_id", "member_id", "status", "leave_kind", confirmed
    )
    spoke = Speech.objects.filter(of_these).values_list(
        Value(SPOKE), "session_id", "member_id", "kind", none, no
    )
    entries = RosterEntry.objects.filter(Among("person__unit_id", units)).values_list(
        Value(ENTRY), "id", "person_id", "role", none, no
    )
    rows: dict[str, list[tuple[Any, ...]]] = {ATTENDED: [], SPOKE: [], ENTRY: []}
    for row in attended.order_by().union(spoke.order_by(), entries.order_by(), all=True):
        rows[row[0]].append(row)
    held = {row[1]: (row[2], row[3]) for row in rows[ENTRY]}
    named = {row[2] for table in (ATTENDED, SPOKE) for row in rows[table]}
    held |= _elsewhere(named - held.keys())
    parts = (
        (session, held[entry][0], status, leave_kind, is_made_up)
        for _table, session, entry, status, leave_kind, is_made_up in rows[ATTENDED]
    )
    said = [
        (row[1], held[row[2]][0], row[3])
        for row in rows[SPOKE]
        if held[row[2]][1] in RosterEntry.DUE_ROLES
    ]
    return parts, said


def _elsewhere(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Person and role of entries in the rosters of other units."""
    if not ids:
        return {}
    rows = RosterEntry.objects.filter(Among("pk", sorted(ids)))
    return {pk: (person, role) for pk, person, role in rows.values_list("pk", "person_id", "role")}


def stored(units: Sequence[int], year: int) -> Stored:
    """The units' fact rows of the year, and how many records its people have; one query."""
    of_these, none, zero = Among("person__unit_id", units), Value(""), Value(0)
    months = UnitMonth.objects.filter(
        Among("unit_id", units), month__startswith=f"{year:04}-"
    ).values_list(Value(MONTH), "unit_id", "month", *MONTH_FIGURES)
    people = PersonYear.objects.filter(of_these, year=year).values_list(
        Value(PERSON), "person_id", none, *PERSON_FIGURES
    )
    written = PersonalRecord.objects.filter(of_these, kind__in=RECORD_LABELS, date__year=year)
    counted = written.order_by().values("person_id", "kind").annotate(number=Count("id"))
    rest = [zero] * (len(PERSON_FIGURES) - 1)
    records = counted.values_list(Value(RECORD), "person_id", "kind", "number", *rest)
    found = Stored({}, {}, {})
    for table, owner, key, *figures in months.order_by().union(people, records, all=True):
        if table == MONTH:
            found.months[owner, key] = tuple(figures)
        elif table == PERSON:
            found.people[owner, year] = tuple(figures)
        else:
            found.records[owner, key] = figures[0]
    return found
