"""The ledger of any sessions, of many units and years, read a slice of units at a time."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Q, QuerySet

from reports.exports.keys import keys_of
from reports.workbook.ledger import Row, ledger_row
from reports.workbook.session_rows import session_rows_in
from reports.workbook.unit_keys import facts_of
from sessions.models import Form, Status, StudySession
from units.models import Unit

SLICE = 100
"""So many units' sessions of a year stand in memory for a moment, about 40 kB a unit."""


def in_ledger(sessions: QuerySet[StudySession], as_of: dt.date) -> QuerySet[StudySession]:
    """Those of the sessions that the ledger lists (docs/rules.md, 1): reported, no adjacent
    activity, of a unit with a group and in its life, begun by the day.
    """
    within = Q(unit__established_on=None) | Q(date__gte=F("unit__established_on"))
    within &= Q(unit__abolished_on=None) | Q(date__lt=F("unit__abolished_on"))
    reported = sessions.exclude(status=Status.DRAFT).exclude(form=Form.ADJACENT)
    return reported.filter(within, unit__has_group=True, date__lte=as_of)


def ledger_rows(sessions: QuerySet[StudySession], as_of: dt.date) -> Iterator[Row]:
    """One row a session as it stands at ``as_of``, numbered; by year, unit and date.

    Whatever order ``sessions`` are in. Nothing is read before the first row is asked for; a query
    for the years, five for a year, seven for every SLICE units.
    """
    wanted = sessions.order_by()
    years = sorted(set(wanted.values_list("date__year", flat=True).distinct()))
    number = 0
    for year in years:
        of_year = wanted.filter(date__year=year)
        units = Unit.objects.filter(pk__in=of_year.values("unit"))
        keys = keys_of(units, year=year, as_of=as_of)
        for start in range(0, len(keys), SLICE):
            part = keys[start : start + SLICE]
            ids = [unit.id for unit in part]
            asked = set(of_year.filter(unit__in=ids).values_list("pk", flat=True))
            for _unit, key, row in session_rows_in(part, facts_of(part, year), year):
                if key in asked:
                    number += 1
                    yield ledger_row(number, row)
