"""Evaluations as they are on record, for whatever prints them: mails and the rollup workbook.

Those that nothing prints any more go: every day a workbook is asked for adds a row for each unit.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db.models import QuerySet

from reports.closings.basis import calendar_of
from reports.closings.order import in_official_order
from reports.evaluation import total_checksum
from reports.models import Closing, Evaluation, MailRun, RuleSet
from reports.periods import WorkingCalendar
from reports.rule_book import rule_set_facts
from reports.rules.engine import RuleContext
from reports.rules.facts import RuleSetFacts
from reports.rules.results import evaluation_from_json
from reports.workbook.collect import EvaluatedUnit
from reports.workbook.data import RuleSetInUse, no_rule_set
from reports.working_days import recorded_calendar
from units.querysets import UnitQuerySet

UNUSED_AFTER: Final = dt.timedelta(days=7)
"""Longer than a job takes that evaluates first and prints then."""
BATCH: Final = 1000


class StoredEvaluations:
    """The evaluations of some units at a date: those of the closing, else the last saved.

    `unit_ids` are those that were evaluated, in official order. `checksum` is the closing's, or
    covers those of the rows. A query for the rows, two for each rule set.
    """

    def __init__(self, as_of: dt.date, closing: Closing | None, units: UnitQuerySet) -> None:
        rows = list(
            _rows(as_of, closing, units).values_list(
                "unit_id", "rule_set_id", "standing", "figures", "results", "checksum"
            )
        )
        self._rows = {row[0]: row for row in rows}
        calendar = calendar_of(closing) if closing else recorded_calendar()
        self._in_use = _in_use({row[1] for row in rows}, as_of, calendar)
        checksums = ((row[0], row[-1]) for row in rows)
        self.checksum = closing.checksum if closing else total_checksum(checksums)

    @property
    def unit_ids(self) -> Sequence[int]:
        return tuple(self._rows)

    def evaluated(self) -> Iterator[EvaluatedUnit]:
        """Every unit's evaluation, in official order."""
        return map(self.of, self._rows)

    def of(self, unit_id: int) -> EvaluatedUnit:
        """One unit's; KeyError if it was not evaluated, others for a row nobody can read."""
        _unit, rule_set_id, standing, figures, results, _checksum = self._rows[unit_id]
        answer = {"standing": standing, "figures": figures, "results": results}
        return EvaluatedUnit(unit_id, evaluation_from_json(answer), self._in_use[rule_set_id])


def forget_unused(*, now: dt.datetime) -> int:
    """Removes the evaluations that were made for a workbook of some day; how many.

    Those of a closed month stay, and those of the days that mails speak of: a mail can be looked
    at, and sent again, as long as it is on record.
    """
    said = MailRun.objects.filter(closing=None).values("as_of")
    old = Evaluation.objects.filter(closing=None, evaluated_at__lt=now - UNUSED_AFTER)
    unused = old.exclude(as_of__in=said).order_by("pk").values_list("pk", flat=True)
    removed = 0
    while found := list(unused[:BATCH]):
        removed += Evaluation.objects.filter(pk__in=found).delete()[0]
    return removed


def _rows(as_of: dt.date, closing: Closing | None, units: UnitQuerySet) -> QuerySet[Evaluation]:
    rows = Evaluation.objects.filter(unit__in=units, closing=closing)
    if closing is not None:
        return in_official_order(rows)
    return rows.filter(as_of=as_of).order_by("unit__rank_order", "unit__code")


def _in_use(
    ids: Iterable[int | None], as_of: dt.date, calendar: WorkingCalendar
) -> dict[int | None, RuleSetInUse]:
    """Rule sets by the key of their row, each made ready for the date once."""
    unruled = RuleContext(RuleSetFacts(as_of.year, ()), calendar, as_of)
    found: dict[int | None, RuleSetInUse] = {None: no_rule_set(unruled)}
    for rule_set in RuleSet.objects.filter(pk__in=[key for key in ids if key is not None]):
        context = RuleContext(rule_set_facts(rule_set), calendar, as_of)
        found[rule_set.pk] = RuleSetInUse(rule_set.title, rule_set.version, context)
    return found
