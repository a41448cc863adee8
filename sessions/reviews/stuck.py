"""What waits in a unit for an approver who is no longer there."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import audit
from sessions.models import ReviewEvent
from sessions.reviews.papers import MODELS
from units.access.roles import Role
from units.models import Assignment

NOBODY = 0


def release_stuck(*, at: datetime) -> int:
    """Lets what waits in a unit pass on to the department where nobody is left to approve it; how
    many things that were.

    An approver's role ends, an account is disabled after something was submitted: nothing may
    wait for somebody who does not exist (docs/decisions/0007).
    """
    return sum(
        _pass_on(row, at)
        for paper, model in MODELS.items()
        for row in _stuck(model._default_manager.select_related("unit"), paper, at)
    )


def _stuck(rows: "QuerySet[Any]", paper: str, at: datetime) -> "QuerySet[Any]":
    """Those that nobody but, at most, whoever submitted them could approve."""
    submitted = ReviewEvent.objects.filter(**{paper: OuterRef("pk")}, kind=ReviewEvent.Kind.SUBMIT)
    submitter = submitted.order_by("-on", "-pk").values("by")[:1]
    held = Assignment.objects.in_force(timezone.localdate(at)).filter(
        unit=OuterRef("unit"), role=Role.APPROVER, user__is_active=True
    )
    waiting: QuerySet[Any] = rows.filter(awaits_approval=True).annotate(
        submitter=Coalesce(
            Subquery(submitter, BigIntegerField()), Value(NOBODY), output_field=BigIntegerField()
        )
    )
    stuck: QuerySet[Any] = waiting.exclude(Exists(held.exclude(user=OuterRef("submitter"))))
    return stuck


def _pass_on(about: Any, at: datetime) -> bool:
    """False if somebody has moved it meanwhile."""
    with transaction.atomic():
        seen = type(about)._default_manager.filter(
            pk=about.pk, version=about.version, awaits_approval=True
        )
        if not seen.update(awaits_approval=False, version=F("version") + 1):
            return False
        audit.record(
            action="approval.pass_on",
            at=at,
            unit_code=about.unit.code,
            object_type=about._meta.label_lower,
            object_id=about.pk,
            after={"version": about.version + 1},
        )
    return True
