"""The words in which pages ask for hints."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

if TYPE_CHECKING:
    from reports.models import Hint, HintSide  # noqa: F401  named in the base classes below
    from units.models import Assignment


class HintQuerySet(QuerySet["Hint"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Hints of the department whose scope holds every unit concerned. Nobody else sees one
        as a whole: a unit sees its own side, leaders and administrators see nothing.
        """
        role = assignment.Role
        if assignment.role not in (role.AUDITOR, role.DEPARTMENT_ADMIN):
            return self.none()
        sides = apps.get_model("reports", "HintSide").objects.filter(hint=OuterRef("pk"))
        outside = sides.exclude(unit__path__startswith=assignment.unit.path)
        return self.filter(Exists(sides), ~Exists(outside))

    def pending(self) -> Self:
        """What somebody still has to look at."""
        return self.filter(state__in=self.model.PENDING)


class HintSideQuerySet(QuerySet["HintSide"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """The own unit's side of hints, for those who work for one unit."""
        if assignment.role not in assignment.UNIT_ROLES:
            return self.none()
        return self.filter(unit=assignment.unit_id)

    def to_explain(self) -> Self:
        """Sides about which the unit has said nothing and still may."""
        return self.filter(Q(hint__state__in=("open", "explained")), explained_at=None)
