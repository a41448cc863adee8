"""The audit trail as those who supervise see it: the security auditor everybody's lines but their
own, the security administrator the auditor's.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import AuditEvent, User
from units.access.roles import Role
from units.models import Assignment, Unit

_ACCOUNT = User._meta.label_lower
# Names sought are few; who types one letter need not get everybody.
MOST_ACCOUNTS = 200


def _of_accounts(accounts: Collection[int]) -> Q:
    """Lines about the accounts that nobody signed in has written: failed sign-ins."""
    return Q(
        actor__isnull=True, object_type=_ACCOUNT, object_id__in=[str(each) for each in accounts]
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class TrailQuerySet(QuerySet[AuditEvent]):
    """Lines of the trail, in the words of the access policy."""

    def administered_by(self, assignment: Assignment) -> Self:
        """The lines the role supervises, of people and units at or below its own unit."""
        auditors = list(
            Assignment.objects.filter(role=Role.SECURITY_AUDITOR)
            .values_list("user_id", flat=True)
            .distinct()
        )
        # Without a role: signing in and out, changing the password.
        of_auditors = Q(actor__in=auditors, role__in=["", Role.SECURITY_AUDITOR]) | _of_accounts(
            auditors
        )
        is_auditor = assignment.role == Role.SECURITY_AUDITOR
        rows = self.exclude(of_auditors) if is_auditor else self.filter(of_auditors)
        outside = Unit.objects.exclude(path__startswith=assignment.unit.path)
        if not outside.exists():
            return rows
        people = Assignment.objects.filter(unit__in=outside).values_list("user_id", flat=True)
        strangers = set(people)
        return rows.exclude(
            Q(unit_code__in=outside.values("code"))
            | Q(actor__in=strangers)
            | _of_accounts(strangers)
        )

    def between(self, first: date | None, last: date | None) -> Self:
        """Lines of the days from ``first`` to ``last``, both included and either left open."""
        rows = self
        if first is not None:
            rows = rows.filter(at__gte=_midnight(first))
        if last is not None:
            rows = rows.filter(at__lt=_midnight(last + timedelta(days=1)))
        return rows

    def by_anybody_called(self, words: str) -> Self:
        """Lines written by, or failed sign-ins to, accounts whose name contains the words."""
        named = User.objects.filter(Q(username__icontains=words) | Q(full_name__icontains=words))
        accounts = list(named.values_list("pk", flat=True)[:MOST_ACCOUNTS])
        return self.filter(Q(actor__in=accounts) | _of_accounts(accounts))

    def in_units_called(self, words: str) -> Self:
        """Lines written for units whose code the words are, or whose name contains them."""
        units = Unit.objects.filter(Q(code__iexact=words) | Q(names__name__icontains=words))
        return self.filter(unit_code__in=list(units.values_list("code", flat=True).distinct()))


def trail() -> TrailQuerySet:
    return TrailQuerySet(AuditEvent)
