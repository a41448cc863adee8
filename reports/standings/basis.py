"""All that the evaluation of a unit follows from, as a digest that changes with any of it."""

import dataclasses
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from reports.evaluation import Judges
from reports.gather import Head
from reports.models import Waiver
from reports.periods import WorkingCalendar
from reports.rule_book import PublishedSet, RuleBook, published_sets
from reports.working_days import recorded_calendar
from sessions.models import Topic


class Ground(NamedTuple):
    """What all units of a year are judged by at a day: the sets in force and the calendar."""

    year: int
    as_of: dt.date
    sets: Sequence[PublishedSet]
    calendar: WorkingCalendar

    def judges(self) -> Judges:
        """Ready to judge units."""
        book = RuleBook(self.sets)
        return Judges(as_of=self.as_of, year=self.year, book=book, calendar=self.calendar)


def ground(*, year: int, as_of: dt.date) -> Ground:
    """What units of the year are judged by at the end of `as_of`; two queries."""
    sets = [one for one in published_sets(year) if one.effective_from <= as_of]
    return Ground(year, as_of, sets, recorded_calendar())


class Basis:
    """Digests for the units of one ground; reads topics and waivers, in two queries.

    `also` is what a kept row follows from besides.
    """

    def __init__(self, on: Ground, also: object = None) -> None:
        calendar = (on.calendar.holidays, on.calendar.workdays, on.calendar.known_years)
        shared = (on.year, on.as_of, on.sets, calendar, _topics(on.year), _code(), also)
        self._shared = _digest(*shared)
        self._waivers = _waivers()

    def of(self, head: Head, token: str) -> str:
        """The digest for a unit whose records have changed as `token` says."""
        said = f"{self._shared} {token} {head} {self._waivers[head.id]}"
        return blake2b(said.encode(), digest_size=16).hexdigest()


def _digest(*said: object) -> str:
    text = json.dumps(said, default=_plain, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _plain(value: object) -> object:
    """What JSON does not know: sets have another order in every process, dates are written out."""
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return str(value)


def _topics(year: int) -> list[tuple[object, ...]]:
    """All that obligations follow from in the year's topics."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    topics = Topic.objects.filter(due__gte=first, from_date__lte=last).order_by("pk", "categories")
    columns = ("pk", "from_date", "due", "required", "retired_on", "categories")
    return list(topics.values_list(*columns))


def _waivers() -> dict[int, list[tuple[object, ...]]]:
    """All waivers by unit, revoked ones too: there are few."""
    found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for row in Waiver.objects.order_by("pk").values_list("unit_id", "rule", "period", "revoked_on"):
        found[row[0]].append(row)
    return found


@cache
def _code() -> str:
    """This room as it is programmed: another version may judge otherwise."""
    room = Path(__file__).parents[1]
    return _digest(*(file.read_text("utf-8") for file in sorted(room.rglob("*.py"))))
