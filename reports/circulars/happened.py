"""What was sent back and what was found wrong in a half-year or year, by unit.

Events are dated and append-only, so that the same day gives the same answer later.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import F, OuterRef, Q, Subquery

from reports.circulars.situation import Mended
from reports.models import Finding
from sessions.models import ReviewEvent
from units.models import Unit

Kind = ReviewEvent.Kind
_ABOUT = {"session": "date__year", "plan": "year", "report": "year"}


def happened_to(
    unit_ids: Collection[int], root: Unit, first: dt.date, last: dt.date
) -> Mapping[int, Mended]:
    """What the department sent back of the year's sessions, plans and reports between two days
    (both included), what it found wrong, and how much was put right by the last day.

    The units lie below ``root``. Five queries, whatever their number.
    """
    returned: Counter[int] = Counter()
    mended: Counter[int] = Counter()
    for about in _ABOUT:
        for unit, is_mended, _thing in _returned(about, root, first, last):
            returned[unit] += 1
            mended[unit] += is_mended
    found = Finding.objects.filter(
        unit__path__startswith=root.path, found_on__range=(first, last)
    ).order_by()
    findings = Counter(found.values_list("unit", flat=True))
    closed = Counter(found.filter(closed_on__lte=last).values_list("unit", flat=True))
    wanted = set(unit_ids) & (returned.keys() | findings.keys())
    return {
        unit: Mended(returned[unit], mended[unit], findings[unit], closed[unit])
        for unit in sorted(wanted)
    }


def _returned(about: str, root: Unit, first: dt.date, last: dt.date) -> set[tuple[int, bool, int]]:
    """Unit, whether it was handed in again, and the thing, each thing of the year once."""
    of_year = {
        f"{about}__unit__path__startswith": root.path,
        f"{about}__{_ABOUT[about]}": first.year,
    }
    # A return inside the unit is the unit's own affair.
    steps = ReviewEvent.objects.filter(
        Q(kind=Kind.SUBMIT) | Q(kind=Kind.RETURN, in_unit=False), on__range=(first, last)
    ).order_by()
    same = steps.filter(**{about: OuterRef(about)}).order_by("-on", "-pk")
    back = steps.filter(kind=Kind.RETURN, **of_year)
    rows = back.annotate(now=Subquery(same.values("kind")[:1]), owner=F(f"{about}__unit"))
    told = rows.values_list("owner", "now", about)
    return {(owner, now == Kind.SUBMIT, thing) for owner, now, thing in told}
