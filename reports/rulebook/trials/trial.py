"""A draft tried on real records: who would stand otherwise. Nothing is stored."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reports.evaluation import Evaluated, Judges
from reports.gather import Head, gather, heads
from reports.models import RuleSet
from reports.rule_book import PublishedSet, RuleBook, published_set, published_sets
from reports.rule_sets import moved_to_year
from reports.rules.results import Result
from reports.working_days import recorded_calendar
from units.models import Unit
from units.querysets import UnitQuerySet

Outcomes = dict[tuple[str, str], Result]


class Turned(NamedTuple):
    """One obligation that would come out otherwise; None where there is none."""

    before: Result | None
    after: Result | None

    @property
    def result(self) -> Result:
        """Either of the two, to name it by."""
        found = self.after or self.before
        if found is None:
            raise ValueError("neither before nor after")
        return found


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A unit that would be judged otherwise."""

    unit_id: int
    before: str
    after: str
    turned: tuple[Turned, ...]

    @property
    def moves(self) -> bool:
        """Whether the standing changes, not only some obligation."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Trial:
    """`tried` units were judged twice; `standings` counts their (before, after).

    `is_compared` is False where no published set bound any of them: there is nothing to compare
    with.
    """

    as_of: dt.date
    tried: int
    is_compared: bool
    standings: Counter[tuple[str, str]]
    changed: list[ChangedUnit]

    @property
    def moved(self) -> list[ChangedUnit]:
        return [unit for unit in self.changed if unit.moves]

    @property
    def others(self) -> list[ChangedUnit]:
        return [unit for unit in self.changed if not unit.moves]


class TooManyUnitsError(ValueError):
    """More units than are judged while somebody waits; `number` of them."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def try_on(draft: RuleSet, units: UnitQuerySet, as_of: dt.date, *, most: int) -> Trial:
    """Judges the units the draft would bind, by what is published and as if it were too.

    In the draft's own year from its first day on, the answer is what evaluating would give after
    publishing. On an earlier day it is taken as in force already; in another year its due dates
    move along. Eight queries for up to 1,500 units, three for every further slice; raises
    TooManyUnitsError before reading any records.
    """
    published = [one for one in published_sets(as_of.year) if one.effective_from <= as_of]
    wanted = _as_of_year(published_set(draft), as_of)
    now, then = RuleBook(published), RuleBook([*published, wanted])
    found = heads(units, as_of.year)
    bound = [head for head in found if _binds(then, head, wanted)]
    if len(bound) > most:
        raise TooManyUnitsError(len(bound))
    calendar = recorded_calendar()
    old = Judges(as_of=as_of, year=as_of.year, book=now, calendar=calendar)
    new = Judges(as_of=as_of, year=as_of.year, book=then, calendar=calendar)
    part = _among(units, found, bound)
    judged = [
        (old.judge(head, facts), new.judge(head, facts)) for head, facts in gather(part, as_of.year)
    ]
    return Trial(
        as_of=as_of,
        tried=len(judged),
        is_compared=any(before.rule_set is not None for before, _ in judged),
        standings=Counter(
            (before.evaluation.standing, after.evaluation.standing) for before, after in judged
        ),
        changed=list(_changed(judged)),
    )


def _as_of_year(wanted: PublishedSet, as_of: dt.date) -> PublishedSet:
    """The draft as it would apply at the day; out of its time, the latest of all sets."""
    if wanted.facts.year == as_of.year and wanted.effective_from <= as_of:
        return wanted
    facts = moved_to_year(wanted.facts, as_of.year)
    return wanted._replace(facts=facts, effective_from=as_of, version=sys.maxsize)


def _binds(book: RuleBook, head: Head, wanted: PublishedSet) -> bool:
    found = book.applicable(head.id, head.category_id)
    return found is not None and found.id == wanted.id


def _among(units: UnitQuerySet, found: list[Head], bound: list[Head]) -> UnitQuerySet:
    """The units to gather: all that were looked at, or those that the draft binds."""
    if len(bound) == len(found):
        return units
    return Unit.objects.filter(pk__in=[head.id for head in bound])


def _changed(judged: Iterable[tuple[Evaluated, Evaluated]]) -> Iterator[ChangedUnit]:
    for before, after in judged:
        turned = tuple(_turned(before.evaluation.results, after.evaluation.results))
        old, new = before.evaluation.standing, after.evaluation.standing
        if turned or old != new:
            yield ChangedUnit(before.unit_id, old, new, turned)


def _turned(before: Iterable[Result], after: Iterable[Result]) -> Iterator[Turned]:
    old, new = _by_obligation(before), _by_obligation(after)
    for key in dict.fromkeys([*new, *old]):
        one, other = old.get(key), new.get(key)
        if _verdict(one) != _verdict(other):
            yield Turned(one, other)


def _by_obligation(results: Iterable[Result]) -> Outcomes:
    return {(result.rule, result.period): result for result in results}


def _verdict(result: Result | None) -> tuple[str, str] | None:
    return (result.outcome, result.severity) if result else None
