"""The words in which other rooms ask for rule sets, waivers and closings."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from units.querysets import in_reach

if TYPE_CHECKING:
    from reports.models import (  # noqa: F401  named in the base classes below
        Closing,
        RuleSet,
        Waiver,
    )
    from units.models import Assignment


class RuleSetQuerySet(QuerySet["RuleSet"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """What the county asks of everybody is open to all who see study; an exception to those
        who reach the unit. A unit sees what may bind itself. Only the administrator of the rules
        sees drafts.
        """
        if not assignment.sees_study:
            return self.none()
        reached = self.filter(Q(unit=None) | in_reach(assignment, "unit"))
        if assignment.role == assignment.Role.DEPARTMENT_ADMIN:
            return reached
        published = reached.filter(published_at__isnull=False)
        if assignment.covers_subtree:
            return published
        own = assignment.unit.category_id
        return published.filter(Q(categories=None) | Q(categories=own))

    def in_force(self, as_of: date) -> Self:
        """Published rule sets of the date's year that are effective on the date."""
        return self.filter(year=as_of.year, published_at__isnull=False, effective_from__lte=as_of)


class WaiverQuerySet(QuerySet["Waiver"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Waivers of the units whose study the role may see."""
        return self.filter(in_reach(assignment, "unit")) if assignment.sees_study else self.none()

    def standing(self) -> Self:
        """Those that nobody has revoked."""
        return self.filter(revoked_on=None)


class ClosingQuerySet(QuerySet["Closing"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Closings of the counties whose study the role may see as a whole."""
        if not (assignment.sees_study and assignment.covers_subtree):
            return self.none()
        return self.filter(in_reach(assignment, "root"))

    def standing(self) -> Self:
        """Those that were not opened again."""
        return self.filter(reopened_at=None)
