"""What pages and papers read of a circular."""

from reports.circulars.basis import closed_units
from reports.models import Circular, CircularPassage


def passages_of(circular: Circular) -> list[CircularPassage]:
    """All points in the order of the text, with the units each names; two queries."""
    return list(circular.passages.prefetch_related("units"))


def names_of(circular: Circular) -> dict[int, str]:
    """The units' short names as they were when the month was closed, in official order."""
    units = closed_units(circular.closing, circular.root)
    return dict(units.values_list("unit_id", "short_name"))
