"""What a unit missed in the year, as its assessment takes it from the closing or the records."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from reports.assessments.scoring import Obligation
from reports.closing import closing_at
from reports.closings.basis import topics_of
from reports.evaluation import evaluate
from reports.models import AssessmentSheet, Closing, Evaluation, Rule
from reports.rules.phrases import in_title_marks, period_name
from reports.rules.registry import (
    LOCKED_EVIDENCE,
    MONTHLY_SESSIONS,
    QUARTERLY_DISCUSSIONS,
    REQUIRED_TOPICS,
    RULES,
    SESSION_FILE,
)
from reports.rules.results import Result, evaluation_from_json
from reports.rules.words import AT_RISK, PENDING
from reports.workbook.collect import required_topics
from units.models import Unit

CHUNK: Final = 500
OPEN: Final = frozenset({AT_RISK, PENDING})
Stored = dict[str, list[tuple[str, str, str]]]
"""By rule the period, outcome and words of each obligation; lists once they were stored."""


class Basis(NamedTuple):
    """From what the year is taken: the closing of December, if it stands, else the records.

    What was not settled at `as_of` is taken as it stood at `open_as_of`, which is never later
    than the last day for make-ups of December: after it the year does not change any more.
    """

    closing: Closing | None
    as_of: dt.date
    open_as_of: dt.date

    @property
    def words(self) -> str:
        """How the results say it."""
        day = {"as_of": self.as_of.isoformat(), "open": self.open_as_of.isoformat()}
        if self.closing is None:
            return _("12月尚未封账，按 %(as_of)s 的在线记录核算") % day
        return _("按12月封账（%(as_of)s）核算，封账时未办结的事项按 %(open)s 的情况核算") % day


def basis_of(root: Unit, year: int, today: dt.date) -> Basis:
    """What an assessment of the year is taken from today; one query."""
    last, settled = dt.date(year, 12, 31), dt.date(year + 1, 1, 31)
    closing = closing_at(root, last)
    reached = min(today, settled)
    if closing is None:
        return Basis(None, reached, reached)
    return Basis(closing, last, max(reached, last))


def measure(
    *, sheets: Iterable[AssessmentSheet], root: Unit, year: int, today: dt.date, at: dt.datetime
) -> int:
    """Takes the year's obligations of each sheet's unit anew; returns how many sheets.

    Two queries, eleven for every 500 sheets, and one to store them. Safe to run twice.
    """
    basis, rows, number = basis_of(root, year, today), list(sheets), 0
    unscorable = _asking_for_locked(year)
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        found = obligations({row.unit_id for row in some}, year, basis, unscorable)
        for row in some:
            row.obligations = found.get(row.unit_id, {})
            row.measured_at, row.closing = at, basis.closing
            row.as_of, row.open_as_of = basis.as_of, basis.open_as_of
        columns = ["obligations", "measured_at", "closing", "as_of", "open_as_of"]
        AssessmentSheet.objects.bulk_update(some, columns, batch_size=CHUNK)
        number += len(some)
    return number


def obligations(
    units: Collection[int], year: int, basis: Basis, unscorable: Collection[int]
) -> dict[int, Stored]:
    """The year's obligations of some units by their ids; `unscorable` rule sets ask for photos of
    a session's file, which nobody may score.
    """
    topics = required_topics(year) if basis.closing is None else topics_of(basis.closing)
    names = {key: topic.name for key, topic in topics.items()}
    results = _live(units, basis.as_of, year) if basis.closing is None else _closed(units, basis)
    if basis.closing is not None:
        results = _settled(results, basis, year)
    return {
        unit: _stored(rows, names, without=SESSION_FILE if rule_set in unscorable else "")
        for unit, (rule_set, rows) in results.items()
    }


def read(stored: Mapping[str, Sequence[Sequence[str]]], rule: str) -> list[Obligation] | None:
    """A rule's obligations as they were stored; None for one that does not bind the unit."""
    rows = stored.get(rule)
    if rows is None:
        return None
    return [Obligation(rule, period, outcome, label) for period, outcome, label in rows]


Results = dict[int, tuple[int | None, list[Result]]]


def _live(units: Collection[int], as_of: dt.date, year: int) -> Results:
    judged = evaluate(Unit.objects.filter(pk__in=units), as_of, year=year)
    return {one.unit_id: (one.rule_set_id, list(one.evaluation.results)) for one in judged}


def _closed(units: Collection[int], basis: Basis) -> Results:
    rows = Evaluation.objects.filter(closing=basis.closing, unit__in=units).values_list(
        "unit_id", "rule_set_id", "standing", "figures", "results"
    )
    found: Results = {}
    for unit, rule_set, standing, figures, results in rows:
        said = {"standing": standing, "figures": figures, "results": results}
        found[unit] = (rule_set, list(evaluation_from_json(said).results))
    return found


def _settled(results: Results, basis: Basis, year: int) -> Results:
    """What was open when the month was closed, as it was settled afterwards."""
    waiting = {
        unit for unit, (_set, rows) in results.items() if any(row.outcome in OPEN for row in rows)
    }
    if not waiting or basis.open_as_of <= basis.as_of:
        return results
    later = {
        unit: {(row.rule, row.period): row for row in rows}
        for unit, (_set, rows) in _live(waiting, basis.open_as_of, year).items()
    }
    settled = dict(results)
    for unit in waiting:
        rule_set, rows = results[unit]
        now = later.get(unit, {})
        settled[unit] = (
            rule_set,
            [now.get((row.rule, row.period), row) if row.outcome in OPEN else row for row in rows],
        )
    return settled


def _stored(rows: Iterable[Result], topics: Mapping[str, str], *, without: str) -> Stored:
    stored: Stored = {}
    for row in rows:
        if row.rule != without:
            said = (row.period, row.outcome, _label(row, topics))
            stored.setdefault(row.rule, []).append(said)
    return stored


def _label(row: Result, topics: Mapping[str, str]) -> str:
    if row.rule in {MONTHLY_SESSIONS, QUARTERLY_DISCUSSIONS}:
        return period_name(row.period)
    if row.rule == REQUIRED_TOPICS:
        return in_title_marks(topics.get(row.period, row.period))
    return RULES[row.rule].title


def _asking_for_locked(year: int) -> frozenset[int]:
    """The year's rule sets whose files of a session have to hold what nobody may score."""
    rows = Rule.objects.filter(key=SESSION_FILE, rule_set__year=year)
    return frozenset(
        rule_set
        for rule_set, parameters in rows.values_list("rule_set_id", "parameters")
        if LOCKED_EVIDENCE & set(parameters.get("required_kinds", ()))
    )
