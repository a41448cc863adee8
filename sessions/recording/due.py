"""Who owes attendance to a session."""

from collections.abc import Iterable
from datetime import date

from units.models import RosterEntry, Unit
from units.querysets import RosterQuerySet


def due_members(unit: Unit, day: date) -> list[RosterEntry]:
    """Those in office on the day, in official order, with their people; one query.

    Several entries of one person are one person (docs/rules.md, 1): the first in order stands.
    """
    return _one_a_person(_entries(unit).in_office(day))


class DueMembers:
    """Those due in one unit on any number of days; one query for all of them."""

    def __init__(self, unit: Unit) -> None:
        self._entries = list(_entries(unit))

    def on(self, day: date) -> list[RosterEntry]:
        """As ``due_members`` gives them: terms are half-open."""
        return _one_a_person(
            entry
            for entry in self._entries
            if entry.start_date <= day and (entry.end_date is None or day < entry.end_date)
        )


def _entries(unit: Unit) -> RosterQuerySet:
    entries = RosterEntry.objects.of_unit(unit).due().select_related("person")
    return entries.order_by("rank_order", "id")


def _one_a_person(entries: Iterable[RosterEntry]) -> list[RosterEntry]:
    first_of: dict[int, RosterEntry] = {}
    for entry in entries:
        first_of.setdefault(entry.person_id, entry)
    return list(first_of.values())
