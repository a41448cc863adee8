"""Records against the roster: exactly one attendance row for each member due on the day."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sessions.models import Attendance, Status, StudySession
from units.models import Unit
from units.roster.terms import due_on, terms_of


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A record to be confirmed anew: names of those due without a row, of those with a row who
    are not due, and of those with several rows."""

    session: StudySession
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    repeated: tuple[str, ...]


def mismatches(unit: Unit, years: Collection[int]) -> list[Mismatch]:
    """The unit's records of these years that no longer fit its roster, the latest first.

    Drafts are left out: their form shows the roster of the day anyway. Three queries.
    """
    sessions = StudySession.objects.filter(unit=unit, date__year__in=years)
    recorded = sessions.exclude(status=Status.DRAFT)
    names: dict[int, dict[int, str]] = defaultdict(dict)
    rows: dict[int, Counter[int]] = defaultdict(Counter)
    columns = ("session_id", "member__person_id", "member__person__name")
    found = Attendance.objects.filter(session__in=recorded.order_by()).values_list(*columns)
    for session_id, person, name in found:
        names[session_id][person] = name
        rows[session_id][person] += 1
    terms = terms_of(unit)
    return [
        mismatch
        for session in recorded.order_by("-date", "-id")
        if (mismatch := _compared(session, due_on(terms, session.date), rows, names))
    ]


def years_in_view(today: date) -> tuple[int, int]:
    """This year and the one before: what a change of the roster may still make doubtful."""
    return today.year - 1, today.year


def _compared(
    session: StudySession,
    due: dict[int, str],
    rows: dict[int, Counter[int]],
    names: dict[int, dict[int, str]],
) -> Mismatch | None:
    there = rows[session.pk]
    missing = tuple(name for person, name in due.items() if person not in there)
    extra = tuple(names[session.pk][person] for person in there if person not in due)
    repeated = tuple(names[session.pk][person] for person, n in there.items() if n > 1)
    if not (missing or extra or repeated):
        return None
    return Mismatch(session, missing, extra, repeated)
