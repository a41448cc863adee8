"""Which year a page is about."""

import datetime as dt
from collections.abc import Iterable

from units.access.requests import PortalRequest

FIRST, LAST = 2004, 2999


def asked_year(request: PortalRequest, today: dt.date) -> int:
    """The year in the address; this year where there is none that makes sense."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    return year if FIRST <= year <= LAST else today.year


def years_offered(today: dt.date, known: Iterable[int]) -> list[int]:
    """Next year, this one, the last, and whatever is on record; the latest first."""
    return sorted({today.year + 1, today.year, today.year - 1, *known}, reverse=True)
