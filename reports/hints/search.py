"""Looking for hints: once a day, and when somebody asks. The row is the queue."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reports.hints.entering import entered_at_once, full_attendance, on_rest_days
from reports.hints.files import same_files
from reports.hints.keeping import Kept, keep
from reports.hints.material import material
from reports.hints.people import in_two_places
from reports.hints.prints import similar_texts
from reports.models import HintSearch

logger = logging.getLogger(__name__)

FINDERS: Final = (
    same_files,
    similar_texts,
    entered_at_once,
    on_rest_days,
    in_two_places,
    full_attendance,
)
LEASE: Final = dt.timedelta(minutes=30)
"""Longer than a province takes; a search that died is taken up again then."""

FAR: Final = LEASE + dt.timedelta(days=1)
"""A lease that lasts longer comes from a clock that ran ahead and has been set back."""

MOST_ATTEMPTS: Final = 3


def search(*, as_of: dt.date, at: dt.datetime) -> Kept:
    """Looks through this year's and last year's records and keeps what it finds.

    Twelve queries read them, however many units there are.
    """
    on = material(as_of)
    found = [one for finder in FINDERS for one in finder(on)]
    return keep(found=found, start=on.start, at=at)


def ask(*, by: User | None, at: dt.datetime) -> bool:
    """Wishes for a search; False if one waits already or is under way."""
    try:
        with transaction.atomic():
            HintSearch.objects.create(asked_by=by, asked_at=at)
    except IntegrityError:
        return False
    return True


def waits(now: dt.datetime) -> bool:
    """Whether a search waits for somebody to take it up."""
    return _waiting(now).exists()


def run_due(*, clock: Callable[[], dt.datetime]) -> Kept | None:
    """Takes up what waits, or the day's own search; None if there is nothing to do.

    Harmless to call at any time and twice at once: only one gets hold of the row.
    """
    now = clock()
    _waiting(now).filter(attempts__gte=MOST_ATTEMPTS).update(is_done=True)  # died each time
    if not _searched_on(timezone.localdate(now)):
        ask(by=None, at=now)
    waiting = _waiting(now).first()
    lease = {"lease_until": now + LEASE, "attempts": F("attempts") + 1}
    if waiting is None or _waiting(now).filter(pk=waiting.pk).update(**lease) != 1:
        return None
    mine = HintSearch.objects.filter(pk=waiting.pk, is_done=False)
    try:
        kept = search(as_of=timezone.localdate(now), at=now)
    except Exception:
        logger.exception("search for hints failed")
        mine.filter(attempts__gte=MOST_ATTEMPTS).update(is_done=True)
        return None
    mine.update(is_done=True, finished_at=clock())
    return kept


def last_search() -> HintSearch | None:
    """The last one that came to its end."""
    return HintSearch.objects.exclude(finished_at=None).order_by("-finished_at").first()


def _waiting(now: dt.datetime) -> QuerySet[HintSearch]:
    free = Q(lease_until=None) | Q(lease_until__lte=now) | Q(lease_until__gt=now + FAR)
    return HintSearch.objects.filter(free, is_done=False)


def _searched_on(day: dt.date) -> bool:
    """Whether a search was asked for on the day, finished or given up."""
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    following = midnight + dt.timedelta(days=1)
    return HintSearch.objects.filter(asked_at__gte=midnight, asked_at__lt=following).exists()
