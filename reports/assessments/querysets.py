"""The words in which pages ask for year-end assessments."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from sessions.querysets import short_name_on
from units.querysets import in_reach

if TYPE_CHECKING:
    from reports.models import (  # noqa: F401  named in the base classes below
        AssessmentScheme,
        AssessmentSheet,
    )
    from units.models import Assignment


class SchemeQuerySet(QuerySet["AssessmentScheme"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """A department sees its own and those below it, drafts too, and a county's leader what is
        published; a unit sees the published ones by which it is assessed.
        """
        if not assignment.sees_study:
            return self.none()
        if not assignment.covers_subtree:
            return self.filter(published_at__isnull=False, sheets__unit=assignment.unit_id)
        reached = self.filter(in_reach(assignment, "root"))
        if assignment.role == assignment.Role.COUNTY_LEADER:
            return reached.filter(published_at__isnull=False)
        return reached

    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


class SheetQuerySet(QuerySet["AssessmentSheet"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Sheets of the units whose study the role may see; never while the scheme is a draft."""
        if not assignment.sees_study:
            return self.none()
        return self.filter(in_reach(assignment, "unit"), scheme__published_at__isnull=False)

    def with_unit_name(self, on: date) -> Self:
        """Annotates ``unit_name``, the unit's short name on the day."""
        return self.annotate(unit_name=short_name_on(on))

    def in_official_order(self) -> Self:
        return self.order_by("unit__rank_order", "unit__code")
