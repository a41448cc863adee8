"""What a unit still has to see to of last year: its deadlines run on into the new one."""

import datetime as dt
from typing import Final, NamedTuple

from reports.compliance.on_record import OnRecord, on_record
from reports.evaluation import Evaluated, evaluate_unit
from units.models import Assignment, Unit

MONTHS: Final = 3
"""So many months of a new year the last one is looked after; reports are asked for as long."""


class LastYear(NamedTuple):
    """Last year as the rules see it today, and what pages name of it."""

    judged: Evaluated
    record: OnRecord


def last_year(unit: Unit, as_of: dt.date, assignment: Assignment) -> LastYear | None:
    """Seven queries; None from April on, and where no rules bound the unit last year."""
    if as_of.month > MONTHS:
        return None
    year = as_of.year - 1
    judged = evaluate_unit(unit, as_of, year=year)
    if judged is None or judged.rule_set is None:
        return None
    record = on_record(unit, dt.date(year, 12, 31), assignment, names=False, chores=True)
    record.sessions = {key: one for key, one in record.sessions.items() if one.on.year == year}
    return LastYear(judged, record)
