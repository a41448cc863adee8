"""The words in which pages ask for circulars."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q, QuerySet

from reports.closings.reach import paths_down_to
from units.querysets import in_reach

if TYPE_CHECKING:
    from reports.models import Circular  # noqa: F401  named in the base class below
    from units.models import Assignment, Unit

IN_HAND = ("draft", "submitted", "approved")
OUT = ("issued", "superseded")


class CircularQuerySet(QuerySet["Circular"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """The department sees its circulars, a leader what was put before the leaders. A unit sees
        what was issued to it, and what is opened for it to explain before that.
        """
        if not assignment.sees_study:
            return self.none()
        if not assignment.covers_subtree:
            received = Q(status__in=OUT, pk__in=self._received_by(assignment.unit_id))
            return self.filter(received | Q(pk__in=self.open_for(assignment.unit).values("pk")))
        reached = self.filter(in_reach(assignment, "root"))
        if assignment.role == assignment.Role.COUNTY_LEADER:
            return reached.exclude(status__in=("draft", "discarded"))
        return reached

    def open_for(self, unit: "Unit") -> Self:
        """Those not issued yet on whose lines the unit may say something."""
        opened = self.filter(opened_at__isnull=False, status__in=IN_HAND)
        above = opened.filter(root__path__in=paths_down_to(unit.path))
        return above.filter(closing__evaluations__unit=unit)

    def _received_by(self, unit: int) -> QuerySet[Any, int]:
        links: Any = self.model.recipients.through
        found: QuerySet[Any, int] = links.objects.filter(unit=unit).values_list("circular")
        return found

    def in_hand(self) -> Self:
        """Those neither issued nor given up."""
        return self.filter(status__in=IN_HAND)

    def in_force(self) -> Self:
        """Issued, and no later one has taken their place."""
        return self.filter(status="issued")
