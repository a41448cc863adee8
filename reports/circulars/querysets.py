"""The words in which pages ask for circulars."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q, QuerySet

from reports.closings.reach import paths_down_to
from units.querysets import in_reach

if TYPE_CHECKING:
    from reports.models import Circular  # noqa: F401  named in the base class below
    from units.models import Assignment

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
            unit = assignment.unit_id
            received = Q(status__in=OUT, pk__in=self._received_by(unit))
            return self.filter(received | Q(pk__in=self.open_to(assignment).values("pk")))
        reached = self.filter(in_reach(assignment, "root"))
        if assignment.role == assignment.Role.COUNTY_LEADER:
            return reached.exclude(status__in=("draft", "discarded"))
        return reached

    def open_to(self, assignment: "Assignment") -> Self:
        """Those not issued yet on whose lines the role's unit may say something."""
        opened = self.filter(opened_at__isnull=False, status__in=IN_HAND)
        above = opened.filter(root__path__in=paths_down_to(assignment.unit.path))
        return above.filter(closing__evaluations__unit=assignment.unit_id)

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
