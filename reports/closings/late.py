"""Tells the room of study sessions which of them were reported after their month's closing."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.dispatch import receiver

from reports.models import Closing
from sessions.models import ReviewEvent
from sessions.signals import late_asked


@receiver(late_asked, dispatch_uid="late_sessions")
def late(**_: Any) -> Exists:
    """Of a session: whether it was last reported after the closing that stands for its month, or
    came in with a ledger after it, whatever day that was dated with.
    """
    reported = ReviewEvent.objects.filter(
        session=OuterRef(OuterRef("pk")),
        kind=ReviewEvent.Kind.SUBMIT,
        at__gt=OuterRef("closed_at"),
    )
    closings = (
        Closing.objects.standing()
        .filter(as_of__year=OuterRef("date__year"), as_of__month=OuterRef("date__month"))
        .annotate(path=ExpressionWrapper(OuterRef("unit__path"), CharField()))
        .filter(path__startswith=F("root__path"))
    )
    came_in = Q(closed_at__lt=OuterRef("ledger_import__at"))
    return Exists(closings.filter(Exists(reported) | came_in))
