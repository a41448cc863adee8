"""The words in which pages ask for rule sets, waivers, closings, jobs and mails."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from sessions.querysets import short_name_on
from units.querysets import in_reach

if TYPE_CHECKING:
    from accounts.models import User
    from reports.models import (  # noqa: F401  named in the base classes below
        ArchiveSeal,
        Closing,
        Delivery,
        Job,
        MailRun,
        MailSchedule,
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

    def with_audience(self, on: date) -> Self:
        """Fetches whom each set binds: its categories, and ``unit_name`` as it is on the day."""
        fetched = self.select_related("unit", "published_by").prefetch_related("categories")
        return fetched.annotate(unit_name=short_name_on(on))

    def in_force(self, as_of: date) -> Self:
        """Published rule sets of the date's year that are effective on the date."""
        return self.filter(year=as_of.year, published_at__isnull=False, effective_from__lte=as_of)


class WaiverQuerySet(QuerySet["Waiver"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Waivers of the units whose study the role may see."""
        return self.filter(in_reach(assignment, "unit")) if assignment.sees_study else self.none()

    def with_unit_name(self, on: date) -> Self:
        """Annotates ``unit_name``, the unit's short name on the day."""
        return self.annotate(unit_name=short_name_on(on))

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


class JobQuerySet(QuerySet["Job"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Jobs about the role's scope that make a file; a county's leader sees only those without
        names.
        """
        if not (assignment.sees_study and assignment.covers_subtree):
            return self.none()
        reached = self.filter(in_reach(assignment, "root"), kind__in=self.model.Kind.values)
        if assignment.role == assignment.Role.COUNTY_LEADER:
            return reached.filter(parameters__figures_only=True)
        return reached

    def owned_by(self, user: "User") -> Self:
        """Jobs the user asked for."""
        return self.filter(asked_by=user)

    def unfinished(self) -> Self:
        """Those that wait or are being worked at."""
        return self.filter(state__in=self.model.UNFINISHED)


def _mails_in_reach(assignment: "Assignment", root: str) -> Q:
    """Mail is the department's affair: units and leaders have no part in it."""
    if assignment.role not in (assignment.Role.AUDITOR, assignment.Role.DEPARTMENT_ADMIN):
        return Q(pk__in=())
    return in_reach(assignment, root)


class MailScheduleQuerySet(QuerySet["MailSchedule"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Schedules of the counties in the role's scope."""
        return self.filter(_mails_in_reach(assignment, "root"))


class MailRunQuerySet(QuerySet["MailRun"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Runs of the counties in the role's scope."""
        return self.filter(_mails_in_reach(assignment, "root"))


class DeliveryQuerySet(QuerySet["Delivery"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Mails of the runs in the role's scope."""
        return self.filter(_mails_in_reach(assignment, "run__root"))


class ArchiveSealQuerySet(QuerySet["ArchiveSeal"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Seals of the units whose study the role may see; a county's leader reads figures only."""
        leader = assignment.role == assignment.Role.COUNTY_LEADER
        if leader or not assignment.sees_study:
            return self.none()
        return self.filter(in_reach(assignment, "unit"))

    def standing(self) -> Self:
        """Those that no later one replaced."""
        return self.filter(replaced_at=None)
