"""Where units stand: kept for today, worked out anew for any other day."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from reports.evaluation import Evaluated
from reports.gather import Head, gather
from reports.models import UnitStanding
from reports.standings.basis import Ground
from reports.standings.gist import Gist, gist
from reports.standings.keeping import Keeping
from units.querysets import UnitQuerySet


def standings(units: UnitQuerySet, on: Ground, *, today: dt.date) -> list[Gist]:
    """Each unit that owes anything in the ground's year, in official order.

    For today from what is kept, in four queries however many units there are; units that were
    changed, or all on the first visit of a day, are evaluated once and kept (at most nine
    queries for any 500 units). For another day from raw rows, without a trace.
    """
    if on.as_of != today:
        judges = on.judges()
        return [gist(judges.judge(head, facts)) for head, facts in gather(units, on.year)]
    return _Standings(units, on).rows()


def without_standing(units: UnitQuerySet, on: Ground) -> list[Head]:
    """The units of which nothing is kept that holds for the ground; four queries."""
    return _Standings(units, on).missing()


class _Standings(Keeping[Gist]):
    """The gists of a year."""

    model = UnitStanding
    columns = Gist._fields

    def key(self, on: Ground) -> dict[str, Any]:
        return {"year": on.year}

    def row(self, values: Sequence[Any]) -> Gist:
        return Gist(*values)

    def of(self, judged: Evaluated) -> Gist:
        return gist(judged)
