"""A roster as its pages show it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from units.models import Person, RosterEntry, Unit


@dataclass(frozen=True, slots=True)
class Listed:
    """A roster on a day, in official order: who is in office, who is to come, who was."""

    day: date
    holding: list[RosterEntry]
    coming: list[RosterEntry]
    former: list[RosterEntry]
    due: int

    @property
    def namesakes(self) -> set[str]:
        """Names that two people of the unit bear and nothing tells apart."""
        people = {e.person_id: e.person for e in (*self.holding, *self.coming, *self.former)}
        names = Counter(person.name for person in people.values())
        return {
            person.name
            for person in people.values()
            if names[person.name] > 1 and not person.distinction
        }


def listed_on(unit: Unit, day: date) -> Listed:
    """Every entry of the unit, sorted by how it stands to the day; one query."""
    entries = list(
        RosterEntry.objects.of_unit(unit).select_related("person").order_by("rank_order", "id")
    )
    holding = [e for e in entries if e.start_date <= day and not _over(e, day)]
    former = [e for e in entries if _over(e, day)]
    return Listed(
        day=day,
        holding=holding,
        coming=[e for e in entries if e.start_date > day],
        former=sorted(former, key=_ended, reverse=True),
        due=len({e.person_id for e in holding if e.role in RosterEntry.DUE_ROLES}),
    )


def history_of(person: Person) -> list[RosterEntry]:
    """All terms of a person, the latest first."""
    return list(person.entries.order_by("-start_date", "-id"))


def next_rank(unit: Unit, day: date) -> int:
    """The place behind everybody in office on the day."""
    ranks = RosterEntry.objects.of_unit(unit).in_office(day).order_by("-rank_order")
    last = ranks.values_list("rank_order", flat=True).first()
    return (last or 0) + 1


def _over(entry: RosterEntry, day: date) -> bool:
    return entry.end_date is not None and entry.end_date <= day


def _ended(entry: RosterEntry) -> date:
    return entry.end_date or date.max
