"""Granting and revoking waivers. None is ever deleted."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from reports.models import Waiver
from units.models import Unit


class Obligation(NamedTuple):
    """A rule and the period in which it is waived, as results name them."""

    rule: str
    period: str


@transaction.atomic
def grant(
    *,
    units: Sequence[Unit],
    obligations: Collection[Obligation],
    approver: str,
    reason: str,
    document: str,
    granted_on: dt.date,
) -> list[Waiver]:
    """Waives each obligation for each unit; what is waived already stays as it stands.

    Returns the new waivers. The units' rows are locked, so a second click adds nothing.
    """
    ids = sorted(unit.pk for unit in units)
    list(Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    standing = Waiver.objects.standing().filter(unit__in=ids)
    there = set(standing.values_list("unit_id", "rule", "period"))
    return Waiver.objects.bulk_create(
        Waiver(
            unit=unit,
            rule=one.rule,
            period=one.period,
            approver=approver,
            reason=reason,
            document=document,
            granted_on=granted_on,
        )
        for unit in units
        for one in obligations
        if (unit.pk, one.rule, one.period) not in there
    )


def revoke(*, waiver: Waiver, on: dt.date, by: User, reason: str) -> bool:
    """From now on the unit owes again; False if somebody has revoked it before."""
    standing = Waiver.objects.standing().filter(pk=waiver.pk)
    return standing.update(revoked_on=on, revoked_by=by, revoke_reason=reason) == 1
