"""A portal that is well: everybody was heard of, everything is backed up."""

from datetime import datetime, timedelta

from django.conf import settings

from portal.models import BackupRun, Heartbeat
from portal.operation.condition import Line
from portal.operation.reading import read_condition


def make_heartbeat(name: str, now: datetime, **changes: object) -> Heartbeat:
    values = {"since": now - timedelta(days=9), "at": now, "words": "server1"} | changes
    made, _new = Heartbeat.objects.update_or_create(name=name, defaults=values)
    return made


def make_backup(kind: str, at: datetime, state: str = "done", **changes: object) -> BackupRun:
    return BackupRun.objects.create(kind=kind, state=state, started_at=at, ended_at=at, **changes)


def make_well(now: datetime) -> None:
    for queue in settings.CELERY_TASK_QUEUES:
        make_heartbeat(f"queue:{queue.name}", now)
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        make_heartbeat(entry["task"], now)
    for kind in ("backup", "copy", "trial"):
        make_backup(kind, now - timedelta(hours=3))


def line(key: str, now: datetime) -> Line:
    (found,) = [each for one in read_condition(now) for each in one.lines if each.key == key]
    return found
