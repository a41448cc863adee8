"""One obligation of one unit: what was counted, what was not, and why."""

import datetime as dt
from dataclasses import dataclass

from reports.compliance.duties import Duty, duty
from reports.compliance.on_record import on_record
from reports.evaluation import evaluate_unit
from units.models import Assignment, Unit


@dataclass(frozen=True, slots=True)
class Explained:
    """An obligation with the rows behind it; `rules` names what it was judged by."""

    duty: Duty
    rules: str
    version: int


def explained(
    unit: Unit, as_of: dt.date, assignment: Assignment, *, rule: str, period: str
) -> Explained | None:
    """The obligation of a rule and period in the year of `as_of`; None if there is none.

    Seven queries. A county leader reads figures: no names of people.
    """
    judged = evaluate_unit(unit, as_of)
    if judged is None or judged.rule_set is None:
        return None
    results = {(one.rule, one.period): one for one in judged.evaluation.results}
    result = results.get((rule, period))
    if result is None:
        return None
    names = assignment.role != Assignment.Role.COUNTY_LEADER
    record = on_record(unit, as_of, assignment, names=names, chores=False)
    return Explained(duty(result, judged, record), judged.rule_set.title, judged.rule_set.version)
