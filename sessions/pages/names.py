"""What units are called on a day."""

from collections.abc import Iterable
from datetime import date

from units.models import UnitName


def short_names(units: Iterable[int], day: date) -> dict[int, str]:
    """The short name of each unit on the day, by its id; one query."""
    named = UnitName.objects.filter(unit__in=units, valid_from__lte=day).order_by("valid_from")
    return dict(named.values_list("unit_id", "short_name"))
