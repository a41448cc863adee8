"""The units that a year's turn is about, with what it asks of each."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from reports.models import ArchiveSeal
from sessions.models import AnnualPlan
from units.models import RosterEntry, Unit
from units.querysets import UnitQuerySet


def units_of(root: Unit, year: int) -> UnitQuerySet:
    """The units whose archives of the year there are: with a group, existing within it."""
    within = Unit.objects.with_group().below(root)
    return within.existing_in(dt.date(year, 1, 1), dt.date(year, 12, 31))


def turned_units(root: Unit, year: int) -> Any:
    """The year's units with what its turn asks of each: ``is_sealed``, ``differs``, ``has_plan``
    (of the next year), ``has_ended`` (a term at the year's end), ``has_leader`` (on New Year's
    Day).
    """
    new_year = dt.date(year + 1, 1, 1)
    seals = ArchiveSeal.objects.standing().filter(unit=OuterRef("pk"), year=year)
    entries = RosterEntry.objects.filter(person__unit=OuterRef("pk"))
    ended = entries.filter(end_date__in=(dt.date(year, 12, 31), new_year))
    leaders = entries.in_office(new_year).filter(role=RosterEntry.Role.LEADER)
    plans = AnnualPlan.objects.filter(unit=OuterRef("pk"), year=year + 1)
    return units_of(root, year).annotate(
        is_sealed=Exists(seals),
        differs=Exists(seals.filter(matches=False)),
        has_plan=Exists(plans),
        has_ended=Exists(ended),
        has_leader=Exists(leaders),
    )


def lives_on(next_year: int) -> Q:
    """Units that exist on New Year's Day."""
    return Q(abolished_on__isnull=True) | Q(abolished_on__gt=dt.date(next_year, 1, 1))
