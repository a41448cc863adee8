"""What waits for review, the longest waiting first: one query for any number."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from sessions.models import UnitReport
from sessions.querysets import short_name_on
from sessions.reviews.papers import LABELS, MODELS, REPORT, SESSION, Key, waiting, with_submission
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of a kind wait, and how many of them too long."""

    kind: str
    label: str
    number: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing stands in the queue, and its neighbours. ``number`` is 0 if it left it."""

    number: int
    total: int
    previous: Key | None
    next: Key | None


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """One thing in the queue. The year, title and unit of a session are read with its record."""

    key: Key
    kind: str
    year: int
    words: str
    unit_name: str | None

    @property
    def title(self) -> str:
        """A plan's own title, or that of a report of its year."""
        return self.words or UnitReport(kind=self.kind, year=self.year).title


class Queue:
    """What the acting role has to look at, under a filter (see filters.py).

    An approver sees what waits in the own unit, the department what waits for it.
    ``overdue_before``: what was submitted before this day has waited too long.
    """

    def __init__(
        self, request: PortalRequest, chosen: Mapping[str, Any], overdue_before: date
    ) -> None:
        self._request = request
        self._chosen = chosen
        self._today = timezone.localdate()
        self._overdue_before = _start_of(overdue_before)
        self.is_in_unit = request.access.acting.role == Role.APPROVER

    @property
    def waits(self) -> list[Waiting]:
        """Of the kind that was chosen."""
        kind = self._chosen.get("kind")
        return [each for each in self._found if not kind or each.kind == kind]

    @property
    def counts(self) -> list[KindCount]:
        """Of every kind, whichever was chosen."""
        numbers = Counter(each.kind for each in self._found)
        late = Counter(each.kind for each in self._found if self.is_overdue(each.key))
        return [
            KindCount(kind, str(label), numbers[kind], late[kind]) for kind, label in LABELS.items()
        ]

    def is_overdue(self, key: Key) -> bool:
        return key.at < self._overdue_before

    def place(self, key: Key) -> Place:
        """Works for what has just left the queue, too."""
        keys = [each.key for each in self.waits]
        before, after = bisect_left(keys, key), bisect_right(keys, key)
        return Place(
            number=after if after > before else 0,
            total=len(keys),
            previous=keys[before - 1] if before else None,
            next=keys[after] if after < len(keys) else None,
        )

    @property
    def first(self) -> Key | None:
        return next((each.key for each in self.waits), None)

    @cached_property
    def _found(self) -> list[Waiting]:
        branches = []
        for rank, (paper, model) in enumerate(MODELS.items()):
            rows: QuerySet[Any] = reachable(self._request, model._default_manager.all())
            rows = self._filtered(
                with_submission(waiting(rows, in_unit=self.is_in_unit), paper), paper
            )
            told = (
                (Value(paper), Value(0), Value(""), Value(""))
                if paper == SESSION
                else (
                    F("kind") if paper == REPORT else Value(paper),
                    F("year"),
                    Value("") if paper == REPORT else F("title"),
                    short_name_on(self._today),
                )
            )
            branches.append(rows.order_by().values_list("submitted_at", Value(rank), "pk", *told))
        first, *others = branches
        found = first.union(*others, all=True)
        return sorted(Waiting(Key(at, rank, pk), *told) for at, rank, pk, *told in found)

    def _filtered(self, rows: "QuerySet[Any]", paper: str) -> "QuerySet[Any]":
        if category := self._chosen.get("category"):
            rows = rows.filter(unit__category=category)
        if words := self._chosen.get("unit"):
            named = Q(names__name__icontains=words) | Q(names__short_name__icontains=words)
            rows = rows.filter(
                unit__in=Unit.objects.filter(named | Q(code__iexact=words)).values("pk")
            )
        if month := self._chosen.get("month"):
            rows = rows.filter(_within(paper, *month))
        if self._chosen.get("overdue"):
            rows = rows.filter(submitted_at__lt=self._overdue_before)
        return rows


def _within(paper: str, first: date, last: date) -> Q:
    """Sessions by their day, papers by that of their submission."""
    if paper == SESSION:
        return Q(date__range=(first, last))
    return Q(submitted_at__gte=_start_of(first), submitted_at__lt=_start_of(last + timedelta(1)))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
