"""Whether a backup is due, and what is amiss without a second place."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import BackupRun

Kind, State = BackupRun.Kind, BackupRun.State
# A night's backup, and two hours for it to come late or to take.
TOLERATED = timedelta(hours=26)


def is_due(now: datetime) -> bool:
    """Whether the last hour of BACKUP_HOURS that has come has seen no successful backup since.

    Level-triggered: one missed through a power cut is made good once the portal runs again. The
    caller holds the shelf, so a row still said to be running is what a power cut left. One dated
    after ``now``, by a clock that has been set back since, says nothing of tonight.
    """
    zone = timezone.get_default_timezone()
    today = timezone.localdate(now, zone)
    hours = [
        datetime.combine(day, time(hour), zone)
        for day in (today - timedelta(days=1), today)
        for hour in settings.BACKUP_HOURS
    ]
    due = max(hour for hour in hours if hour <= now)
    done = BackupRun.objects.filter(
        kind=Kind.BACKUP, state=State.DONE, started_at__range=(due, now)
    )
    return not done.exists()


def no_second_place() -> str:
    return _(
        "没有设置第二备份位置（BACKUP_SECOND_DIR）：本机损坏时备份会一起丢失。"
        "请设为另一台机器或另一块磁盘上的目录。"
    )
