"""What units are called on a day, for texts about many of them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from units.models import Unit, UnitName


class Called(NamedTuple):
    """A unit's full and short name; its code where no name is on record for the day."""

    name: str
    short_name: str


def names_on(unit_ids: Iterable[int], on: dt.date) -> dict[int, Called]:
    """The names in force on the day by unit id, in official order; two queries."""
    ids = list(unit_ids)
    codes = Unit.objects.filter(pk__in=ids).order_by("rank_order", "code").values_list("id", "code")
    found = {key: Called(code, code) for key, code in codes}
    rows = UnitName.objects.filter(unit__in=ids, valid_from__lte=on).order_by("valid_from")
    for key, name, short_name in rows.values_list("unit_id", "name", "short_name"):
        found[key] = Called(name, short_name)
    return found
