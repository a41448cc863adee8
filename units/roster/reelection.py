"""A whole roster is replaced on one day (换届)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from units.models import Person, RosterEntry, Unit
from units.roster.changing import RosterError, roster_change


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the new list, which is in official order."""

    name: str
    distinction: str
    role: str
    post: str


def reelect(
    *,
    unit: Unit,
    on: date,
    appointment_no: str,
    places: Sequence[Place],
    seen: str,
    confirmed: str = "",
) -> list[RosterEntry]:
    """Every term ends on the day and the new list begins with it.

    Somebody who is on both lists stays the same person: a name with its distinction is one
    person of the unit. In the same post they stay in charge of the same.

    Raises RosterError, and what ``roster_change`` raises.
    """
    with roster_change(unit, seen=seen, confirmed=confirmed):
        _refuse_odd(places)
        lasting = RosterEntry.objects.of_unit(unit).filter(
            Q(end_date__isnull=True) | Q(end_date__gt=on)
        )
        later = lasting.filter(start_date__gte=on).select_related("person").first()
        if later is not None:
            message = _("“%(name)s”的任期从 %(start)s 开始，不早于换届日期，请先更正这段任期。")
            said = {"name": later.person.name, "start": later.start_date.isoformat()}
            raise RosterError(message % said, "on")
        in_charge = {
            (entry.person_id, entry.post): entry.portfolio
            for entry in lasting.filter(start_date__lt=on)
        }
        # Past `save` on purpose: no fact follows from the day a term ends.
        lasting.update(end_date=on)
        known = {(each.name, each.distinction): each for each in Person.objects.filter(unit=unit)}
        entries = []
        for rank, place in enumerate(places, start=1):
            key = (place.name, place.distinction)
            if key not in known:
                known[key] = Person.objects.create(
                    unit=unit, name=place.name, distinction=place.distinction
                )
            person = known[key]
            entries.append(
                RosterEntry(
                    person=person,
                    role=place.role,
                    post=place.post,
                    portfolio=in_charge.get((person.pk, place.post), ""),
                    rank_order=rank,
                    start_date=on,
                    appointment_no=appointment_no,
                )
            )
        return RosterEntry.objects.bulk_create(entries)


def _refuse_odd(places: Sequence[Place]) -> None:
    if not any(place.role in RosterEntry.DUE_ROLES for place in places):
        raise RosterError(_("新名单里没有成员。"))
    names = Counter((place.name, place.distinction) for place in places)
    twice = [name for (name, _distinction), times in names.items() if times > 1]
    if twice:
        message = _("%s写了不止一次。同名的两人，请填写同名区分。")
        raise RosterError(message % "、".join(twice))
    if sum(place.role == RosterEntry.Role.LEADER for place in places) > 1:
        raise RosterError(_("组长只能有一位。"))
