"""The words in which pages ask for feedback."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from units.querysets import in_reach

if TYPE_CHECKING:
    from accounts.models import User
    from portal.models import Feedback  # noqa: F401  named in the base class below
    from units.models import Assignment


class FeedbackQuerySet(QuerySet["Feedback"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        return self.filter(in_reach(assignment, "unit"))

    def owned_by(self, user: "User") -> Self:
        return self.filter(author=user)
