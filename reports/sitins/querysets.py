"""The words in which pages ask for sit-ins and findings."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from sessions.querysets import short_name_on
from units.querysets import in_reach

if TYPE_CHECKING:
    from reports.models import Finding, SitIn  # noqa: F401  named in the base classes below
    from units.models import Assignment


class SitInQuerySet(QuerySet["SitIn"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Sit-ins in the role's scope. The plan is the department's own affair: a unit sees what
        was agreed upon with it.
        """
        if not assignment.sees_study:
            return self.none()
        reached = self.filter(in_reach(assignment, "unit"))
        return reached if assignment.covers_subtree else reached.filter(agreed_on__isnull=False)

    def with_unit_name(self, on: date) -> Self:
        """Annotates ``unit_name``, the unit's short name on the day."""
        return self.annotate(unit_name=short_name_on(on))

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.exclude(status="cancelled")

    def awaiting_feedback(self) -> Self:
        """Held, and the feedback form has not been filled in."""
        return self.filter(status="held")

    def feedback_overdue(self, today: date) -> Self:
        """The last day for the feedback form is over, and it has not been filled in."""
        return self.awaiting_feedback().filter(feedback_due__lt=today)


class FindingQuerySet(QuerySet["Finding"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Findings about the units whose study the role may see."""
        return self.filter(in_reach(assignment, "unit")) if assignment.sees_study else self.none()

    def with_unit_name(self, on: date) -> Self:
        """Annotates ``unit_name``, the unit's short name on the day."""
        return self.annotate(unit_name=short_name_on(on))

    def awaiting_unit(self) -> Self:
        """The unit has to see to them."""
        return self.filter(status__in=("open", "sent_back"))

    def overdue(self, today: date) -> Self:
        """The unit has to see to them, and the last day for it is over."""
        return self.awaiting_unit().filter(due__lt=today)
