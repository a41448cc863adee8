"""One step of a circular: its state moves and its history grows, or neither does."""

from typing import Any

from django.db.models import F

from reports.circulars.steps import CIRCULAR_STEPS
from reports.models import Circular, CircularEvent
from reports.sitins.services import Act
from reports.sitins.stale import StaleError


def move(
    circular: Circular, kind: CircularEvent.Kind, act: Act, note: str = "", **values: Any
) -> None:
    """Moves the circular along if it is as it was when its page was opened; else StaleError."""
    step = CIRCULAR_STEPS[kind]
    if step.to is not None:
        values["status"] = step.to
    rows = Circular.objects.filter(pk=circular.pk, version=act.version, status__in=step.states)
    if rows.update(version=F("version") + 1, **values) != 1:
        raise StaleError(Circular.objects.select_related("root", "closing").get(pk=circular.pk))
    tell(circular, kind, act, note)


def tell(circular: Circular, kind: CircularEvent.Kind, act: Act, note: str = "") -> None:
    """Adds to the circular's history."""
    CircularEvent.objects.create(circular=circular, kind=kind, at=act.at, by=act.by, note=note)
