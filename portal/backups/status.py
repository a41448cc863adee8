"""How backups stand, for the operator's page; and whether one is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import BackupRun

Kind, State = BackupRun.Kind, BackupRun.State
# A night's backup, and two hours for it to come late or to take.
TOLERATED = timedelta(hours=26)


@dataclass(frozen=True)
class BackupStatus:
    """``backup``, ``copy``, ``trial`` are the last successful ones, ``restore`` the last restore
    in earnest; None if there never was one. ``failures`` are newer than the last success of their
    kind. ``warnings`` are sentences for the operator; none if all is well.
    """

    backup: BackupRun | None
    copy: BackupRun | None
    trial: BackupRun | None
    restore: BackupRun | None
    running: list[BackupRun]
    failures: list[BackupRun]
    warnings: list[str]


def backup_status(now: datetime) -> BackupStatus:
    """Reads rows only, at most ten queries; no disk that might not answer is asked."""
    done = {kind: _last(kind, State.DONE) for kind in Kind}
    failures = [
        failed
        for kind in Kind
        if (failed := _last(kind, State.FAILED))
        and not ((good := done[kind]) and good.started_at >= failed.started_at)
    ]
    return BackupStatus(
        backup=done[Kind.BACKUP],
        copy=done[Kind.COPY],
        trial=done[Kind.TRIAL],
        restore=done[Kind.RESTORE],
        running=list(BackupRun.objects.filter(state=State.RUNNING)),
        failures=failures,
        warnings=_warnings(done, failures, now),
    )


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


def _last(kind: BackupRun.Kind, state: BackupRun.State) -> BackupRun | None:
    return BackupRun.objects.filter(kind=kind, state=state).first()


def _warnings(
    done: dict[BackupRun.Kind, BackupRun | None], failures: list[BackupRun], now: datetime
) -> list[str]:
    said = []
    for kind in (Kind.BACKUP, Kind.TRIAL):
        last = done[kind]
        if last is None:
            said.append(_("还没有成功的%s。") % kind.label)
        elif now - last.started_at > TOLERATED:
            hours = (now - last.started_at) // timedelta(hours=1)
            words = _("最近一次成功的%(kind)s已是 %(hours)s 小时以前。")
            said.append(words % {"kind": kind.label, "hours": hours})
    if not settings.BACKUP_SECOND_DIR:
        said.append(no_second_place())
    said += [
        _("%(kind)s失败：%(said)s") % {"kind": failed.get_kind_display(), "said": failed.said}
        for failed in failures
    ]
    return said + [last.said for last in done.values() if last and last.said]


def no_second_place() -> str:
    return _(
        "没有设置第二备份位置（BACKUP_SECOND_DIR）：本机损坏时备份会一起丢失。"
        "请设为另一台机器或另一块磁盘上的目录。"
    )
