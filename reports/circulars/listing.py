"""The list of circulars, and which could be begun."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reports.circulars.basis import LAST_MONTH, month_of, words_of
from reports.models import Circular, Closing
from reports.periods import Month
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Offer:
    """A half-year or year that is over: its last month, the closing it stands on if there is one,
    and the circular in hand or in force."""

    words: str
    month: Month
    closing: Closing | None
    in_hand: Circular | None
    in_force: Circular | None


def offers_of(root: Unit, today: dt.date) -> list[Offer]:
    """The half-years and years of this and the last year that are over, the latest first.

    Two queries. By national rule there is nothing shorter than a half-year.
    """
    periods = [
        (year, period)
        for year in (today.year, today.year - 1)
        for period in reversed(LAST_MONTH)
        if month_of(year, period).last < today
    ]
    months = {month_of(*each).key for each in periods}
    standing = Closing.objects.standing().filter(root=root, month__in=months)
    closings = {closing.month: closing for closing in standing}
    years = {year for year, _period in periods}
    written = list(Circular.objects.filter(root=root, year__in=years))
    return [_offer(year, period, closings, written) for year, period in periods]


def _offer(
    year: int, period: str, closings: dict[str, Closing], written: Sequence[Circular]
) -> Offer:
    month = month_of(year, period)
    same = [each for each in written if (each.year, each.period) == (year, period)]
    return Offer(
        words=words_of(year, period),
        month=month,
        closing=closings.get(month.key),
        in_hand=next((each for each in same if each.is_in_hand), None),
        in_force=next((each for each in same if each.status == Circular.Status.ISSUED), None),
    )
