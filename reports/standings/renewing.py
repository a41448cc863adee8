"""Standings worked out before anybody asks for them."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from reports import jobs
from reports.models import Job
from reports.standings.basis import ground
from reports.standings.kept import standings, without_standing
from units.models import Unit


def renew(*, now: dt.datetime) -> None:
    """Works out what does not hold of today's standings: at once if it is little, else by a job
    for each county.
    """
    today = timezone.localdate(now, timezone.get_default_timezone())
    on = ground(year=today.year, as_of=today)
    for root in Unit.objects.filter(parent=None):
        units = Unit.objects.below(root)
        if len(without_standing(units, on)) <= settings.AT_ONCE_UNITS:
            standings(units, on, today=today)
            continue
        jobs.ask(
            kind=Job.Task.STANDINGS,
            root=root,
            parameters={"day": today.isoformat()},
            key=f"standings:{root.code}",
            asked_by=None,
            at=now,
        )
