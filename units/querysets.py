"""The words in which other rooms ask for units and people."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from units.models.unit_name import UnitName

if TYPE_CHECKING:
    from accounts.models import User
    from units.models import (  # noqa: F401  named in the base classes
        ApiToken,
        Assignment,
        ImportUpload,
        Person,
        RoleProposal,
        RosterEntry,
        Unit,
    )


def in_reach(assignment: "Assignment", unit: str) -> Q:
    """Rows whose foreign key ``unit`` leads into the assignment's scope."""
    if assignment.covers_subtree:
        return Q(**{f"{unit}__path__startswith": assignment.unit.path})
    return Q(**{unit: assignment.unit_id})


class UnitQuerySet(QuerySet["Unit"]):
    def with_group(self) -> Self:
        """Units that keep a centre group."""
        return self.filter(has_group=True)

    def below(self, root: "Unit") -> Self:
        """The root and everything under it."""
        return self.filter(path__startswith=root.path)

    def visible_to(self, assignment: "Assignment") -> Self:
        """The units a role works for: its own, or for the department's and the administrators'
        roles the whole subtree. That a unit exists is no study content.
        """
        if assignment.role in assignment.UNIT_ROLES:
            return self.filter(pk=assignment.unit_id)
        return self.below(assignment.unit)

    def existing_in(self, first_day: date, last_day: date) -> Self:
        """Units that exist on at least one day of the period, both days included."""
        return self.filter(
            Q(established_on__isnull=True) | Q(established_on__lte=last_day),
            Q(abolished_on__isnull=True) | Q(abolished_on__gt=first_day),
        )

    def named(self, on: date) -> Self:
        """Annotates ``name`` and ``short_name`` as they are on the day."""
        names = UnitName.objects.filter(unit=OuterRef("pk"), valid_from__lte=on).order_by(
            "-valid_from"
        )
        return self.annotate(
            name=Subquery(names.values("name")[:1], output_field=CharField()),
            short_name=Subquery(names.values("short_name")[:1], output_field=CharField()),
        )


class PersonQuerySet(QuerySet["Person"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """People of the groups whose study the role may see."""
        if not assignment.sees_study:
            return self.none()
        return self.filter(in_reach(assignment, "unit"))


class RosterQuerySet(QuerySet["RosterEntry"]):
    def of_unit(self, unit: "Unit") -> Self:
        return self.filter(person__unit=unit)

    def visible_to(self, assignment: "Assignment") -> Self:
        """Terms of office in the units whose study the role may see."""
        if not assignment.sees_study:
            return self.none()
        return self.filter(in_reach(assignment, "person__unit"))

    def in_office(self, on: date) -> Self:
        """Terms that hold on the day (half-open: not those that end on it)."""
        return self.filter(
            Q(end_date__isnull=True) | Q(end_date__gt=on),
            start_date__lte=on,
        )

    def due(self) -> Self:
        """Entries whose holder owes attendance: leader, deputy, member; never the secretary."""
        return self.filter(role__in=self.model.DUE_ROLES)


class ImportUploadQuerySet(QuerySet["ImportUpload"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Workbooks uploaded for the units whose study the role may see."""
        if not assignment.sees_study:
            return self.none()
        return self.filter(in_reach(assignment, "unit"))


class AssignmentQuerySet(QuerySet["Assignment"]):
    def owned_by(self, user: "User") -> Self:
        return self.filter(user=user)

    def administered_by(self, assignment: "Assignment") -> Self:
        """Roles in the administrator's unit and in the units below it."""
        return self.filter(unit__path__startswith=assignment.unit.path)

    def in_force(self, on: date) -> Self:
        """Assignments that hold on the day (half-open: not those that end on it)."""
        return self.filter(
            Q(end_date__isnull=True) | Q(end_date__gt=on),
            start_date__lte=on,
        )

    def named(self, on: date) -> Self:
        """Annotates the unit's ``unit_name`` and ``unit_short_name`` as they are on the day."""
        names = UnitName.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by(
            "-valid_from"
        )
        return self.annotate(
            unit_name=Subquery(names.values("name")[:1], output_field=CharField()),
            unit_short_name=Subquery(names.values("short_name")[:1], output_field=CharField()),
        )


class RoleProposalQuerySet(QuerySet["RoleProposal"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Proposals about roles in the department's reach. They hold no study content."""
        return self.filter(in_reach(assignment, "unit"))

    def administered_by(self, assignment: "Assignment") -> Self:
        """Proposals about roles in the administrator's unit and in the units below it."""
        return self.filter(unit__path__startswith=assignment.unit.path)

    def undecided(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def named(self, on: date) -> Self:
        """Annotates the unit's ``unit_name`` as it is on the day."""
        names = UnitName.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by(
            "-valid_from"
        )
        return self.annotate(unit_name=Subquery(names.values("name")[:1], output_field=CharField()))


class ApiTokenQuerySet(QuerySet["ApiToken"]):
    def owned_by(self, user: "User") -> Self:
        return self.filter(assignment__user=user)

    def named(self, on: date) -> Self:
        """Annotates ``unit_name``, that of the role's unit as it is on the day."""
        names = UnitName.objects.filter(unit=OuterRef("assignment__unit"), valid_from__lte=on)
        name = names.order_by("-valid_from").values("name")[:1]
        return self.annotate(unit_name=Subquery(name, output_field=CharField()))

    def unspent(self, now: datetime) -> Self:
        """Tokens nobody revoked and whose time is not up, whatever became of account and role."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)

    def living(self, now: datetime) -> Self:
        """Tokens that open something: unspent, their account enabled, their role in force."""
        today = timezone.localdate(now)
        return self.unspent(now).filter(
            Q(assignment__end_date__isnull=True) | Q(assignment__end_date__gt=today),
            assignment__start_date__lte=today,
            assignment__user__is_active=True,
        )
