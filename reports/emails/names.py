"""What units are called on a day, for texts about many of them."""

import datetime as dt
from collections.abc import Iterable

from units.models import Unit, UnitName


def names_on(units: Iterable[Unit] | Iterable[int], on: dt.date) -> dict[int, UnitName]:
    """The names in force on the day by unit id, in one query."""
    rows = UnitName.objects.filter(unit__in=units, valid_from__lte=on).order_by("valid_from")
    return {row.unit_id: row for row in rows}
