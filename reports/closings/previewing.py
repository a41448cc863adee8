"""The preview of a month, or how far the workers are who make it for a large county.

The job is the row of `reports.jobs`, as everything that takes long; what it comes to is kept by
units. So a change made meanwhile costs the units it touched, not the whole county once more.
"""

import datetime as dt
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from reports import jobs
from reports.centre.lines import said
from reports.chunks.size import is_large
from reports.closings.preview import KeptPreview, Preview, preview
from reports.models import Job
from reports.periods import Month
from units.models import Unit

SHOWN: Final = 300
"""So many units that are not through stand on a page."""


class Waiting(NamedTuple):
    """A preview that is not there yet. `polls` asks the browser to look again."""

    percent: int
    said: str
    has_failed: bool
    polls: bool


def previewed(
    root: Unit, month: Month, *, now: dt.datetime, again: bool = False
) -> Preview | Waiting:
    """What closing the month would keep, as of today.

    More units than are worked at while somebody waits become a job, the same one for everybody
    who looks on the same day. One that failed is told until somebody asks `again`.
    """
    today = timezone.localdate(now, timezone.get_default_timezone())
    if not is_large(root):
        return preview(root, month, today)
    key = f"preview:{root.code}:{month.key}:{today.isoformat()}"
    latest = Job.objects.filter(asked_key=key).order_by("id").last()
    if latest is not None and latest.state in Job.UNFINISHED:
        return _waiting(latest, now)
    kept = KeptPreview(Unit.objects.below(root), month, today)
    if len(kept.missing()) <= settings.AT_ONCE_UNITS:
        return kept.preview()
    if latest is not None and latest.state == Job.State.FAILED and not again:
        return _waiting(latest, now)
    job, _new = jobs.ask(
        kind=Job.Task.PREVIEW,
        root=root,
        parameters={"month": month.key, "day": today.isoformat()},
        key=key,
        asked_by=None,
        at=now,
    )
    return _waiting(job, now)


def _waiting(job: Job, now: dt.datetime) -> Waiting:
    ahead = Job.objects.unfinished().filter(pk__lt=job.pk).count()
    unfinished = job.state in Job.UNFINISHED
    idle = dt.timedelta(minutes=settings.IDLE_MINUTES)
    return Waiting(
        percent=job.percent,
        said=said(job, now, ahead),
        has_failed=not unfinished,
        # A page left open must not keep somebody signed in for ever.
        polls=unfinished and now - job.asked_at < idle,
    )
