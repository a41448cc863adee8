"""Rows in the database → the plain data of the rollup workbook.

Sessions and members are read when their sheets are written, a slice of units at a time: the number
of queries is fixed for each slice, and no more than a slice stands in memory.
"""

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.periods import Month
from reports.rules.facts import TopicFacts, UnitFacts
from reports.rules.results import UnitEvaluation
from reports.rules.tally import is_discussion, state_at
from reports.rules.words import ADJACENT, DRAFT, RETURNED, STATUS_LABELS
from reports.workbook.data import NamedTopic, RollupData, RollupUnit, RuleSetInUse
from reports.workbook.member_rows import member_rows_of
from reports.workbook.session_rows import session_rows_of
from reports.workbook.unit_keys import UnitKey, facts_of, slices
from sessions.models import Topic
from units.models import Unit, UnitName

NOT_REPORTED = "未报送"


class EmptyRangeError(ValueError):
    """No unit of the range owed anything, so there is nothing to print."""

    def __init__(self) -> None:
        super().__init__(_("该范围内没有可汇总的单位。"))


class EvaluatedUnit(NamedTuple):
    """A unit's evaluation at the workbook's date, and the rule set it was judged by."""

    unit_id: int
    evaluation: UnitEvaluation
    rule_set: RuleSetInUse


class Held(NamedTuple):
    """Where the plan stands; numbers of counted sessions a month and discussions a quarter.

    `returned` is the number of sessions that stand returned; `uncounted` are the ids of all other
    sessions up to the date that do not count, adjacent activities left aside.
    """

    plan_status: str
    months: tuple[int, ...]
    quarters: tuple[int, ...]
    returned: int
    uncounted: tuple[Hashable, ...]


def collect_rollup(
    *,
    root: Unit,
    as_of: dt.date,
    evaluated: Iterable[EvaluatedUnit],
    checksum: str,
    printed_at: dt.datetime,
    beat: Callable[[], None] | None = None,
) -> RollupData:
    """The rollup of the month `as_of` lies in, for the evaluated units below `root`.

    Units come in official order, whatever the order of `evaluated`; one that is not below `root`
    is left out. `printed_at` is local time; `beat` is called now and then, by whoever works for a
    province. Raises EmptyRangeError when no unit is left.
    """
    by_id = {unit.unit_id: unit for unit in evaluated}
    names = _names(root, as_of)
    rows = _unit_rows(root, names, by_id)
    if not rows:
        raise EmptyRangeError
    keys = [
        UnitKey(row.id, row.name, row.established_on, row.abolished_on,
                by_id[row.id].rule_set.context)
        for row in rows
    ]  # fmt: skip
    held = _held(keys, as_of.year, beat)
    uncounted = {unit: found.uncounted for unit, found in held.items()}
    units = [
        RollupUnit(
            name=row.name,
            category=row.category,
            plan_status=held[row.id].plan_status,
            evaluation=by_id[row.id].evaluation,
            months=held[row.id].months,
            quarters=held[row.id].quarters,
            returned=held[row.id].returned,
            rule_set=by_id[row.id].rule_set,
            established_on=row.established_on,
            abolished_on=row.abolished_on,
        )
        for row in rows
        if row.id in held
    ]
    return RollupData(
        county=names.get(root.id, root.code),
        month=Month.of(as_of),
        as_of=as_of,
        printed_at=printed_at,
        rule_sets=rule_sets_in_use(units),
        checksum=checksum,
        units=units,
        sessions=session_rows_of(keys, as_of.year),
        members=member_rows_of(keys, as_of, uncounted),
        topics=required_topics(as_of.year),
    )


class _UnitRow(NamedTuple):
    id: int
    name: str
    category: str
    established_on: dt.date | None
    abolished_on: dt.date | None


def _unit_rows(root: Unit, names: Mapping[int, str], wanted: Collection[int]) -> list[_UnitRow]:
    rows = (
        Unit.objects.below(root)
        .order_by("rank_order", "code")
        .values_list("id", "code", "category__name", "established_on", "abolished_on")
    )
    return [
        _UnitRow(key, names.get(key, code), category, established_on, abolished_on)
        for key, code, category, established_on, abolished_on in rows.iterator()
        if key in wanted
    ]


def _names(root: Unit, as_of: dt.date) -> dict[int, str]:
    """What the root and each unit below it is called on the day, in short."""
    rows = (
        UnitName.objects.filter(unit__path__startswith=root.path, valid_from__lte=as_of)
        .order_by("valid_from")
        .values_list("unit_id", "short_name")
    )
    return dict(rows.iterator())


def _held(keys: Sequence[UnitKey], year: int, beat: Callable[[], None] | None) -> dict[int, Held]:
    """What each unit holds; a unit that owed nothing in the year is left out."""
    found: dict[int, Held] = {}
    for part in slices(keys):
        if beat is not None:
            beat()
        facts = facts_of(part, year)
        for unit in part:
            if unit.id in facts:
                found[unit.id] = held_by(unit, facts[unit.id])
    return found


def held_by(unit: UnitKey, facts: UnitFacts) -> Held:
    """What one unit holds at its rules' date."""
    as_of = unit.context.as_of
    months, quarters, returned = [0] * 12, [0] * 4, 0
    uncounted: list[Hashable] = []
    for session in facts.sessions:
        visible = unit.has(session)
        if visible and unit.counts(session):
            months[session.date.month - 1] += 1
            if is_discussion(session, unit.context.min_speakers):
                quarters[(session.date.month - 1) // 3] += 1
        elif session.date <= as_of and session.form != ADJACENT:
            uncounted.append(session.id)
            returned += visible and state_at(session.events, as_of)[0] == RETURNED
    status = state_at(facts.plan, as_of)[0]
    plan = NOT_REPORTED if status == DRAFT else STATUS_LABELS[status]
    return Held(plan, tuple(months), tuple(quarters), returned, tuple(uncounted))


def required_topics(year: int) -> dict[str, NamedTopic]:
    """The topics to be studied in the year, by their ids as results name them; one query."""
    rows = Topic.objects.filter(required=True, from_date__year=year).values_list(
        "id", "name", "from_date", "due"
    )
    return {
        str(key): NamedTopic(name, TopicFacts(key, start, due)) for key, name, start, due in rows
    }


def rule_sets_in_use(units: Sequence[RollupUnit]) -> tuple[RuleSetInUse, ...]:
    """The rule sets of the units, each once, with the categories it judged where there are more."""
    judged: dict[tuple[str, int], tuple[RuleSetInUse, dict[str, None]]] = {}
    for unit in units:
        key = (unit.rule_set.title, unit.rule_set.version)
        judged.setdefault(key, (unit.rule_set, {}))[1][unit.category] = None
    if len(judged) == 1:
        return tuple(rule_set for rule_set, _ in judged.values())
    return tuple(
        RuleSetInUse(rule_set.title, rule_set.version, rule_set.context, "、".join(categories))
        for rule_set, categories in judged.values()
    )
