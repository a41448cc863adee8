"""Pages of the trail that cost the same at its beginning and after a million lines."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Q

from accounts.models import AuditEvent
from units.administration.supervision import TrailQuerySet

PAGE_LENGTH = 50


@dataclass(frozen=True)
class Place:
    """A line's place in the order of time; lines of the same moment stand as they were written."""

    at: datetime
    pk: int

    @classmethod
    def of(cls, event: AuditEvent) -> Self:
        return cls(event.at, event.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The place written by ``__str__``; None for anything else."""
        moment, _, number = text.partition("/")
        try:
            at = datetime.fromisoformat(moment)
            return cls(at, int(number)) if at.tzinfo is not None else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}/{self.pk}"


@dataclass(frozen=True)
class Page:
    """Lines, the newest first, and from where the older ones go on, if there are any."""

    events: list[AuditEvent]
    older: Place | None


def newest_first(rows: TrailQuerySet) -> TrailQuerySet:
    return rows.order_by("-at", "-pk").select_related("actor")


def page_before(rows: TrailQuerySet, place: Place | None) -> Page:
    """The page that follows the place, or the newest."""
    if place is not None:
        # The first condition is implied by the second; databases find their way by it.
        rows = rows.filter(at__lte=place.at).filter(
            Q(at__lt=place.at) | Q(at=place.at, pk__lt=place.pk)
        )
    events = list(newest_first(rows)[: PAGE_LENGTH + 1])
    shown = events[:PAGE_LENGTH]
    return Page(shown, Place.of(shown[-1]) if len(events) > PAGE_LENGTH else None)
