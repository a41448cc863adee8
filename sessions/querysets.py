"""The words in which other rooms ask for study sessions."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from units.querysets import in_reach

if TYPE_CHECKING:
    from sessions.models import StudySession  # noqa: F401  named in the base class below
    from units.models import Assignment, Unit


class StudySessionQuerySet(QuerySet["StudySession"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Sessions in the role's scope. A draft is the unit's own affair until it is submitted."""
        if not assignment.sees_study:
            return self.none()
        reached = self.filter(in_reach(assignment, "unit"))
        return reached.exclude(status="draft") if assignment.covers_subtree else reached

    def of_year(self, year: int) -> Self:
        """Sessions whose first day lies in the year."""
        return self.filter(date__year=year)

    def below(self, root: "Unit") -> Self:
        """Sessions of the root and of every unit under it."""
        return self.filter(unit__path__startswith=root.path)
