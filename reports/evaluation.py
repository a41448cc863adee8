"""Gather, judge, save: what every unit had done and owed at the end of a day."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import transaction

from reports.gather import Head, gather_brief
from reports.models import Evaluation
from reports.periods import WorkingCalendar
from reports.rule_book import PublishedSet, RuleBook, rule_book
from reports.rules.brief import BriefUnit
from reports.rules.engine import RuleContext
from reports.rules.engine import evaluate as judge
from reports.rules.facts import RuleSetFacts, UnitFacts
from reports.rules.results import UnitEvaluation
from reports.working_days import recorded_calendar
from units.models import Unit
from units.querysets import UnitQuerySet

BATCH = 500


class Evaluated(NamedTuple):
    """One unit judged, with what it was judged by.

    `rule_set` is None where none is published for the unit. It owes nothing then: its standing
    is `not_applicable`, and its figures follow the defaults.
    """

    unit_id: int
    code: str
    evaluation: UnitEvaluation
    rule_set: PublishedSet | None
    read: UnitFacts | BriefUnit
    context: RuleContext

    @property
    def facts(self) -> UnitFacts:
        """All that was read of the unit; taken apart when it is first asked for."""
        return self.read.facts if isinstance(self.read, BriefUnit) else self.read

    @property
    def rule_set_id(self) -> int | None:
        """The id of the rule set's row."""
        return self.rule_set.id if self.rule_set else None


class Judges:
    """What the units of one year are judged by at one day; a rule set is made ready once."""

    def __init__(
        self, *, as_of: dt.date, year: int, book: RuleBook, calendar: WorkingCalendar
    ) -> None:
        self._as_of = as_of
        self._book = book
        self._calendar = calendar
        self._unruled = RuleContext(RuleSetFacts(year, rules=()), calendar, as_of)
        self._contexts: dict[int, RuleContext] = {}

    def judge(self, head: Head, unit: UnitFacts | BriefUnit) -> Evaluated:
        """One unit judged by the rule set that binds it."""
        rule_set, context = self.bound_by(head)
        return Evaluated(head.id, head.code, judge(unit, context), rule_set, unit, context)

    def bound_by(self, head: Head) -> tuple[PublishedSet | None, RuleContext]:
        """The rule set that binds the unit, None if none does, made ready for the day."""
        rule_set = self._book.applicable(head.id, head.category_id)
        return rule_set, self._context(rule_set)

    def _context(self, rule_set: PublishedSet | None) -> RuleContext:
        if rule_set is None:
            return self._unruled
        context = self._contexts.get(rule_set.id)
        if context is None:
            context = RuleContext(rule_set.facts, self._calendar, self._as_of)
            self._contexts[rule_set.id] = context
        return context


def evaluate(
    units: UnitQuerySet,
    as_of: dt.date,
    *,
    year: int | None = None,
    calendar: WorkingCalendar | None = None,
) -> Iterator[Evaluated]:
    """Each of the units that owes anything in the year, judged at the end of `as_of`.

    In official order, unit by unit. `year` is that of `as_of` unless given (a year is settled
    in the next one); `calendar` is the county's unless given. Six queries, and three for every
    further slice of units.
    """
    judged = as_of.year if year is None else year
    judges = Judges(
        as_of=as_of,
        year=judged,
        book=rule_book(year=judged, as_of=as_of),
        calendar=recorded_calendar() if calendar is None else calendar,
    )
    for head, brief in gather_brief(units, judged):
        yield judges.judge(head, brief)


def evaluate_unit(
    unit: Unit,
    as_of: dt.date,
    *,
    year: int | None = None,
    calendar: WorkingCalendar | None = None,
) -> Evaluated | None:
    """One unit judged, in six queries; None for one that owes nothing in the year."""
    own = Unit.objects.filter(pk=unit.pk)
    return next(evaluate(own, as_of, year=year, calendar=calendar), None)


def evaluate_and_save(
    *, root: Unit, as_of: dt.date, at: dt.datetime, beat: Callable[[], None] | None = None
) -> str:
    """Evaluates every unit of a county and keeps the answers; returns their common checksum.

    Run again, it replaces what changed, adds nothing twice, and removes what was kept of units
    that owe nothing any more; what another run at the same time keeps, it leaves. `beat` is
    called with every unit: who works for a province has to show meanwhile that it is alive.
    """
    units = Unit.objects.below(root)
    evaluated = evaluate(units, as_of)
    seen: set[int] = set()
    checksum = save_evaluations(_watched(evaluated, seen, beat), as_of=as_of, at=at)
    _forget_others(units, seen, as_of=as_of, at=at)
    return checksum


def evaluated_part(
    units: UnitQuerySet, *, as_of: dt.date, at: dt.datetime, beat: Callable[[], None] | None = None
) -> Callable[[], None]:
    """The same for some units of a county, few enough to be held at once: evaluates them and
    returns what keeps the answers.
    """
    seen: set[int] = set()
    evaluated = _watched(evaluate(units, as_of), seen, beat)
    rows = [evaluation_row(unit, as_of=as_of, at=at) for unit in evaluated]

    def keep() -> None:
        _save_batch(rows, as_of=as_of, at=at)
        _forget_others(units, seen, as_of=as_of, at=at)

    return keep


def _forget_others(units: UnitQuerySet, seen: set[int], *, as_of: dt.date, at: dt.datetime) -> None:
    """Removes what was kept before of units that owe nothing any more."""
    live = Evaluation.objects.filter(closing=None, as_of=as_of, unit__in=units)
    older = live.filter(evaluated_at__lt=at)
    gone = set(older.values_list("unit_id", flat=True)) - seen
    if gone:
        older.filter(unit_id__in=gone).delete()


def _watched(
    evaluated: Iterable[Evaluated], seen: set[int], beat: Callable[[], None] | None
) -> Iterator[Evaluated]:
    for unit in evaluated:
        if beat is not None:
            beat()
        seen.add(unit.unit_id)
        yield unit


def save_evaluations(evaluated: Iterable[Evaluated], *, as_of: dt.date, at: dt.datetime) -> str:
    """Keeps evaluations of a day outside any closing; returns their common checksum.

    A batch is a transaction of its own. Rows that say the same already only get a new time, rows
    of a later evaluation are left as they are.
    """
    units = iter(evaluated)
    checksums: list[tuple[int, str]] = []
    while batch := [evaluation_row(unit, as_of=as_of, at=at) for unit in islice(units, BATCH)]:
        _save_batch(batch, as_of=as_of, at=at)
        checksums += [(row.unit_id, row.checksum) for row in batch]
    return total_checksum(checksums)


@transaction.atomic
def _save_batch(batch: Sequence[Evaluation], *, as_of: dt.date, at: dt.datetime) -> None:
    live = Evaluation.objects.filter(
        closing=None, as_of=as_of, unit__in=[row.unit_id for row in batch]
    )
    # An insert that meets another's leaves that in place; it is brought up to date below.
    stored = dict(live.values_list("unit_id", "checksum"))
    new = [row for row in batch if row.unit_id not in stored]
    Evaluation.objects.bulk_create(new, ignore_conflicts=True)
    # What was evaluated later stands; until the end of this transaction nobody makes it later.
    older = live.filter(evaluated_at__lte=at)
    locked = older.select_for_update().order_by("id").only("id", "unit_id", "checksum")
    there = {row.unit_id: row for row in locked}
    known = (row for row in batch if row.unit_id in there)
    changed = [row for row in known if there[row.unit_id].checksum != row.checksum]
    for row in changed:
        row.pk = there[row.unit_id].pk
    columns = ["rule_set", "standing", "figures", "results", "checksum"]
    Evaluation.objects.bulk_update(changed, columns, batch_size=100)
    older.update(evaluated_at=at)


def evaluation_row(unit: Evaluated, *, as_of: dt.date, at: dt.datetime) -> Evaluation:
    """The unsaved row of one judged unit."""
    evaluation = unit.evaluation
    row = Evaluation(
        unit_id=unit.unit_id,
        as_of=as_of,
        rule_set_id=unit.rule_set_id,
        standing=evaluation.standing,
        figures=evaluation.figures.to_json(),
        results=[result.to_json() for result in evaluation.results],
        evaluated_at=at,
    )
    row.checksum = row_checksum(row)
    return row


def row_checksum(row: Evaluation) -> str:
    """SHA-256 over all that a stored evaluation says, in canonical JSON."""
    said = {
        "unit": row.unit_id,
        "as_of": row.as_of.isoformat(),
        "rule_set": row.rule_set_id,
        "standing": row.standing,
        "figures": row.figures,
        "results": row.results,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def total_checksum(checksums: Iterable[tuple[int, str]]) -> str:
    """SHA-256 over the checksums of many units, whatever their order; (unit id, checksum)."""
    lines = "\n".join(f"{unit} {checksum}" for unit, checksum in sorted(checksums))
    return hashlib.sha256(lines.encode()).hexdigest()
