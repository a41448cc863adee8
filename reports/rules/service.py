"""Who is in office, and for how many days of the year."""

import datetime as dt
from collections.abc import Hashable

from reports.periods import DAY, days_in_common, holds
from reports.rules.facts import TermFacts
from reports.rules.words import DUE_ROLES


def in_office(terms: tuple[TermFacts, ...], day: dt.date) -> set[Hashable]:
    """The due members whose term holds `day`; several rows of one person are one."""
    return {
        person for person, role, start, end in terms if role in DUE_ROLES and holds(start, end, day)
    }


def service_days(
    terms: tuple[TermFacts, ...], first: dt.date, last: dt.date, as_of: dt.date
) -> dict[Hashable, int]:
    """Distinct days from `first` to `last` that each person in office serves in due roles.

    In office: a due-role term holds the earlier of `as_of` and `last`. Planned ends are
    included. Empty where `last` lies before `first`: a unit without a day in the year.
    """
    end = last + DAY
    whole = (end - first).days
    if whole <= 0:
        return {}
    day = min(as_of, last)
    begun = min(first, day)
    served: dict[Hashable, int] = {}
    parts: dict[Hashable, list[tuple[dt.date, dt.date]]] = {}
    for person, role, start, stop in terms:
        if role not in DUE_ROLES:
            continue
        # Nearly every term holds the whole year, and with it the day.
        if start <= begun and (stop is None or stop >= end):
            served[person] = whole
        else:
            span = (max(start, first), end if stop is None else min(stop, end))
            parts.setdefault(person, []).append(span)
    if parts:
        for person in in_office(terms, day) - served.keys():
            served[person] = days_in_common(parts[person])
    return served
