"""Who owes attendance to a session."""

from datetime import date

from units.models import RosterEntry, Unit


def due_members(unit: Unit, day: date) -> list[RosterEntry]:
    """Those in office on the day, in official order, with their people; one query.

    Several entries of one person are one person (rules.md, 1): the first in order stands.
    """
    entries = RosterEntry.objects.of_unit(unit).in_office(day).due().select_related("person")
    first_of: dict[int, RosterEntry] = {}
    for entry in entries.order_by("rank_order", "id"):
        first_of.setdefault(entry.person_id, entry)
    return list(first_of.values())
