"""Make-ups of a year that nobody has confirmed yet: they stay open past the turn by themselves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from reports.makeup_terms import terms_in
from reports.rule_book import PublishedSet, RuleBook, published_sets
from sessions.makeups.terms import MakeupTerms
from sessions.models import HANDED_IN, Attendance, Form
from units.models import Unit


@dataclass(frozen=True, slots=True)
class OpenMakeups:
    """Of one unit: person-times open, those past their deadline, the last deadline of all."""

    number: int
    late: int
    until: dt.date | None


def open_makeups(
    root: Unit, year: int, today: dt.date, published: Iterable[PublishedSet] | None = None
) -> dict[int, OpenMakeups]:
    """By unit id, only units that have any; two queries, one with the year's published sets."""
    sets = published_sets(year) if published is None else published
    book = RuleBook(one for one in sets if one.effective_from <= today)
    rows = (
        Attendance.objects.filter(
            session__unit__path__startswith=root.path,
            session__date__year=year,
            session__status__in=HANDED_IN,
            status__in=(Attendance.Status.ABSENT, Attendance.Status.LEAVE),
            makeup_confirmed_on=None,
        )
        .exclude(session__form=Form.ADJACENT)
        .order_by()
        .values_list("session__unit", "session__unit__category", "session__date", "leave_kind")
        .annotate(number=Count("pk"))
    )
    return _summed(rows, book, today)


def _summed(
    rows: Iterable[tuple[int, int, dt.date, str, int]], book: RuleBook, today: dt.date
) -> dict[int, OpenMakeups]:
    known: dict[tuple[int, int], MakeupTerms] = {}
    found: dict[int, OpenMakeups] = {}
    for unit, category, day, leave, number in rows:
        terms = known.get((unit, category))
        if terms is None:
            bound = book.applicable(unit, category)
            terms = known[unit, category] = terms_in(bound.facts) if bound else MakeupTerms()
        if leave and leave not in terms.owing:
            continue
        until = terms.deadline(day)
        before = found.get(unit, OpenMakeups(0, 0, None))
        late = number if until is not None and until < today else 0
        last = max((each for each in (before.until, until) if each is not None), default=None)
        found[unit] = OpenMakeups(before.number + number, before.late + late, last)
    return found
