"""What a circular stands on: the closing of June or December, and the figures taken from it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.circulars.happened import happened_to
from reports.circulars.situation import Situation, situation_of, situation_to_json
from reports.closing import closing_at, intact
from reports.closings.printed import closed_range, closed_rollup
from reports.models import Circular, ClosedUnit, Closing
from reports.periods import Month
from reports.workbook.collect import EmptyRangeError
from reports.workbook.data import RollupData
from units.models import Unit

LAST_MONTH = {Circular.Period.HALF_YEAR: 6, Circular.Period.YEAR: 12}
NO_OTHER_PERIOD = gettext_lazy("通报只按上半年或全年编写，不能按月度、季度通报。")
BROKEN = gettext_lazy("所据封账数据校验不一致，请勿使用，并立即报告安全审计员。")


class CircularError(ValueError):
    """The step is not possible; the sentence says why and what to do."""


class Basis(NamedTuple):
    """A closing that stands, and what it says."""

    closing: Closing
    situation: Situation

    def as_values(self) -> dict[str, Any]:
        """The columns of a circular that hold it."""
        situation = situation_to_json(self.situation)
        checksum = self.closing.checksum
        return {"closing": self.closing, "checksum": checksum, "situation": situation}


def month_of(year: int, period: str) -> Month:
    """The month whose closing a circular needs. Raises CircularError for any other period: by
    national rule nothing is published by month or quarter.
    """
    if period not in LAST_MONTH:
        raise CircularError(str(NO_OTHER_PERIOD))
    return Month(year, LAST_MONTH[Circular.Period(period)])


def period_of(closing: Closing) -> Circular.Period:
    """The period that ends with the closed month; CircularError for any month but two."""
    month = Month.parse(closing.month).month
    for period, last in LAST_MONTH.items():
        if last == month:
            return period
    raise CircularError(str(NO_OTHER_PERIOD))


def words_of(year: int, period: str) -> str:
    """`2026年上半年`, `2026年`."""
    return f"{year}年上半年" if period == Circular.Period.HALF_YEAR else f"{year}年"


def standing_basis(root: Unit, year: int, period: str) -> Closing:
    """The closing that holds for the circular's last month; CircularError while it is open."""
    month = month_of(year, period)
    closing = closing_at(root, month.last)
    if closing is None:
        said = {"month": month.label, "words": words_of(year, period)}
        raise CircularError(
            _("%(month)s尚未封账，%(words)s通报没有依据；请先在“月度封账”中封账。") % said
        )
    return closing


def take_basis(root: Unit, year: int, period: str, now: dt.datetime) -> Basis:
    """Reads the figures of the standing closing. Raises CircularError if there is none, if it is
    not what was closed, or if no unit owed anything.
    """
    closing = standing_basis(root, year, period)
    if not intact(closing):
        raise CircularError(str(BROKEN))
    try:
        data = closed_rollup(closing=closing, root=root, printed_at=now)
    except EmptyRangeError as error:
        raise CircularError(str(error)) from error
    ids = unit_ids_of(closed_units(closing, root))
    happened = happened_to(ids, root, dt.date(year, 1, 1), closing.as_of)
    return Basis(closing, situation_of(data, ids, happened))


def is_outdated(circular: Circular) -> bool:
    """Whether the month was opened again or closed anew since the figures were taken; what is
    issued stays as it is and is never outdated. One query.
    """
    if not circular.is_in_hand:
        return False
    month = month_of(circular.year, circular.period)
    standing = closing_at(circular.root, month.last)
    return standing is None or standing.pk != circular.closing_id


def closed_units(closing: Closing, root: Unit) -> QuerySet[ClosedUnit]:
    """The units of the range that were judged when the month was closed, in official order."""
    judged = closing.evaluations.order_by().values("unit")
    return closed_range(closing, root).filter(unit__in=judged)


def unit_ids_of(units: QuerySet[ClosedUnit]) -> Sequence[int]:
    """Their ids, in the order of that time; one query."""
    return list(units.values_list("unit_id", flat=True))


def rollup_of(
    circular: Circular, now: dt.datetime, within: QuerySet[ClosedUnit] | None = None
) -> RollupData:
    """What the workbook of the circular's closing prints, for all its units or some of them."""
    return closed_rollup(
        closing=circular.closing, root=circular.root, printed_at=now, within=within
    )
