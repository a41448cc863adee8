"""The words in which other rooms ask for study sessions."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from sessions.models import StudySession  # noqa: F401  named in the base class below
    from units.models import Unit


class StudySessionQuerySet(QuerySet["StudySession"]):
    def of_year(self, year: int) -> Self:
        """Sessions whose first day lies in the year."""
        return self.filter(date__year=year)

    def below(self, root: "Unit") -> Self:
        """Sessions of the root and of every unit under it."""
        return self.filter(unit__path__startswith=root.path)
