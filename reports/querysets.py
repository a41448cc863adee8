"""The words in which other rooms ask for rule sets."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from reports.models import RuleSet  # noqa: F401  named in the base class below


class RuleSetQuerySet(QuerySet["RuleSet"]):
    def in_force(self, as_of: date) -> Self:
        """Published rule sets of the date's year that are effective on the date."""
        return self.filter(year=as_of.year, published_at__isnull=False, effective_from__lte=as_of)
