"""What publishing a draft would bring about, said before it happens."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from reports.gather import Head, heads
from reports.models import Closing
from reports.periods import Month
from reports.rule_book import PublishedSet, RuleBook
from reports.rule_sets import publishing_faults
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Consequences:
    """`replaces` and `ended_by` pair the name of another set with how many units it concerns.

    `excepted` units belong to the audience but keep rules of their own or their category's.
    `closed` months stay as they were sent.
    """

    bound: int
    excepted: int
    unruled: int
    replaces: list[tuple[str, int]]
    ended_by: list[tuple[str, dt.date, int]]
    is_past: bool
    closed: list[str]
    faults: list[str]


def consequences(
    wanted: PublishedSet, published: list[PublishedSet], today: dt.date
) -> Consequences:
    """Whom a draft would bind from its day on, and instead of what; two queries.

    `published` are the published sets of the draft's year.
    """
    year, day = wanted.facts.year, wanted.effective_from
    standing = [one for one in published if one.effective_from <= day]
    before, after = RuleBook(standing), RuleBook([*standing, wanted])
    reached = [head for head in heads(Unit.objects.all(), year) if _concerns(wanted, head)]
    bound = [head for head in reached if _is_bound(after, head, wanted)]
    old = [before.applicable(head.id, head.category_id) for head in bound]
    return Consequences(
        bound=len(bound),
        excepted=len(reached) - len(bound),
        unruled=old.count(None),
        replaces=list(Counter(_called(one) for one in old if one is not None).items()),
        ended_by=_ended_by(published, wanted, bound),
        is_past=day <= today,
        closed=_closed_from(day, year),
        faults=publishing_faults(wanted, published),
    )


def _concerns(wanted: PublishedSet, head: Head) -> bool:
    if wanted.unit_id is not None:
        return head.id == wanted.unit_id
    return not wanted.categories or head.category_id in wanted.categories


def _is_bound(book: RuleBook, head: Head, wanted: PublishedSet) -> bool:
    found = book.applicable(head.id, head.category_id)
    return found is not None and found.id == wanted.id


def _ended_by(
    published: list[PublishedSet], wanted: PublishedSet, bound: list[Head]
) -> list[tuple[str, dt.date, int]]:
    """Sets already published that take over on a later day of the year."""
    final = RuleBook([*published, wanted])
    by_id = {one.id: one for one in published}
    counts: Counter[int] = Counter()
    for head in bound:
        last = final.applicable(head.id, head.category_id)
        if last is not None and last.id != wanted.id:
            counts[last.id] += 1
    return [(_called(by_id[key]), by_id[key].effective_from, n) for key, n in counts.items()]


def _called(one: PublishedSet) -> str:
    return f"{one.title} 第{one.version}版"


def _closed_from(day: dt.date, year: int) -> list[str]:
    """The closed months in which the draft would have counted."""
    first, last = Month.of(day).key, f"{year:04d}-12"
    closed = Closing.objects.filter(reopened_at=None, month__gte=first, month__lte=last)
    months = sorted(set(closed.values_list("month", flat=True)))
    return [Month.parse(key).label for key in months]
