"""The year's units with what the turn asks of each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from reports.models import ArchiveSeal
from reports.turn.makeups import OpenMakeups
from reports.turn.scope import lives_on, turned_units
from sessions.models import AnnualPlan
from units.models import Unit


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's turn; ``plan`` is the state of its next year's plan in words, '' without one."""

    code: str
    name: str
    seal: ArchiveSeal | None
    plan: str
    has_ended: bool
    has_leader: bool
    makeups: OpenMakeups | None


def chosen_units(
    root: Unit, year: int, show: str, makeups: Mapping[int, OpenMakeups], today: dt.date
) -> Any:
    """The units to list, in official order."""
    wanted = {
        "unsealed": Q(is_sealed=False),
        "differing": Q(differs=True),
        "planless": Q(has_plan=False) & lives_on(year + 1),
        "ended": Q(has_ended=True),
        "leaderless": Q(has_leader=False) & lives_on(year + 1),
        "makeups": Q(pk__in=list(makeups)),
    }
    units = turned_units(root, year).filter(wanted.get(show, Q()))
    return units.named(today).order_by("rank_order", "code")


def lines_of(units: Iterable[Any], year: int, makeups: Mapping[int, OpenMakeups]) -> list[UnitLine]:
    """Two queries for any number of units."""
    units = list(units)
    ids = [unit.pk for unit in units]
    seals = ArchiveSeal.objects.standing().filter(unit__in=ids, year=year)
    by_unit = {seal.unit_id: seal for seal in seals}
    plans = {
        plan.unit_id: plan.get_status_display()
        for plan in AnnualPlan.objects.filter(unit__in=ids, year=year + 1)
    }
    return [
        UnitLine(
            unit.code,
            unit.short_name or unit.code,
            by_unit.get(unit.pk),
            str(plans.get(unit.pk, "")),
            unit.has_ended,
            unit.has_leader,
            makeups.get(unit.pk),
        )
        for unit in units
    ]
