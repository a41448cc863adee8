"""The words in which other rooms ask for units and people."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery

from units.models.unit_name import UnitName

if TYPE_CHECKING:
    from units.models import RosterEntry, Unit  # noqa: F401  named in the base classes below


class UnitQuerySet(QuerySet["Unit"]):
    def with_group(self) -> Self:
        """Units that keep a centre group."""
        return self.filter(has_group=True)

    def below(self, root: "Unit") -> Self:
        """The root and everything under it."""
        return self.filter(path__startswith=root.path)

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


class RosterQuerySet(QuerySet["RosterEntry"]):
    def of_unit(self, unit: "Unit") -> Self:
        return self.filter(person__unit=unit)

    def in_office(self, on: date) -> Self:
        """Terms that hold on the day (half-open: not those that end on it)."""
        return self.filter(
            Q(end_date__isnull=True) | Q(end_date__gt=on),
            start_date__lte=on,
        )

    def due(self) -> Self:
        """Entries whose holder owes attendance: leader, deputy, member; never the secretary."""
        return self.filter(role__in=self.model.DUE_ROLES)
