"""How many bad tokens one address may send."""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings

from accounts.models import AuditEvent

REFUSED = "access.token"
WITHIN = timedelta(hours=1)


def seconds_to_wait(address: str | None, now: datetime) -> int:
    """How long nobody may guess on from this address; 0 while it may.

    Counts the refusals in the trail. What comes while somebody has to wait is not written there:
    a program that goes on with a dead token must not fill it.
    """
    since = now - WITHIN
    refused = AuditEvent.objects.filter(action=REFUSED, address=address, at__gt=since)
    times = list(
        refused.order_by("-at").values_list("at", flat=True)[: settings.BAD_TOKENS_PER_HOUR]
    )
    if len(times) < settings.BAD_TOKENS_PER_HOUR:
        return 0
    return ceil((times[-1] - since).total_seconds())
