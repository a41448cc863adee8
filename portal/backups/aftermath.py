"""What may not simply go on from where the backup stood.

Between the backup and its restoring, passwords were changed, links used, mails sent; the restored
data know nothing of it. So nobody stays signed in, no link or token opens anything, and no mail
goes out that may have gone out before, until a person has looked.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import OneTimeLink, SignIn
from portal.backups.runs import Kind, State, end_interrupted
from portal.models import BackupRun
from reports.delivery import WAITING
from reports.mail_days import latest_due
from reports.models import Delivery, Job, MailRun, MailSchedule
from reports.working_days import recorded_calendar
from units.models import ApiToken

ACTION = "data.restore"


@dataclass(frozen=True)
class Settled:
    """How many of each were ended, held or switched off."""

    sign_ins: int
    links: int
    tokens: int
    mails: int
    mail_jobs: int
    schedules: int

    def sentences(self) -> list[str]:
        words = _(
            "已结束 %(sign_ins)s 个登录，作废 %(links)s 个一次性链接，撤销 %(tokens)s 个接口令牌。"
        )
        said = [words % vars(self)]
        if self.mails:
            words = _("%(mails)s 封未发出的邮件已暂缓（备份之后可能已发过），请核对后放行。")
            said.append(words % vars(self))
        if self.mail_jobs:
            words = _(
                "%(mail_jobs)s 个排发邮件的后台任务已取消（备份之后可能已发过），请核对后重新排发。"
            )
            said.append(words % vars(self))
        if self.schedules:
            words = _(
                "%(schedules)s 个邮件计划已停用：其到期批次可能在备份之后已发过，请核对后重新启用。"
            )
            said.append(words % vars(self))
        return said


def settle(*, backup: str, place: str, size: int, taken_at: datetime, now: datetime) -> Settled:
    """One transaction, with a line in the audit trail and a row among the backups' runs."""
    with transaction.atomic():
        settled = Settled(
            sign_ins=_end_sign_ins(now),
            links=OneTimeLink.objects.filter(used_at=None).update(used_at=now),
            tokens=ApiToken.objects.filter(revoked_at=None).update(revoked_at=now),
            mails=_hold_mails(),
            mail_jobs=_cancel_mail_jobs(now),
            schedules=_pause_schedules(now),
        )
        # As its own copy knows it, the backup was still being taken.
        own = BackupRun.objects.filter(kind=Kind.BACKUP, state=State.RUNNING, started_at=taken_at)
        own.update(state=State.DONE, ended_at=taken_at, backup=backup, size=size)
        end_interrupted(*Kind, now=now)
        BackupRun.objects.create(
            kind=Kind.RESTORE,
            state=State.DONE,
            started_at=now,
            ended_at=now,
            backup=backup,
            place=place[:300],
            size=size,
        )
        audit.record(
            action=ACTION,
            at=now,
            after={"backup": backup, "taken_at": taken_at, **vars(settled)},
        )
    return settled


def _end_sign_ins(now: datetime) -> int:
    Session.objects.all().delete()
    return SignIn.objects.running().update(ended_at=now, end=SignIn.End.BY_ADMIN)


def _hold_mails() -> int:
    """What was waiting is held; what was being sent nobody knows of, as ever."""
    unleased = {"lease_token": "", "lease_until": None, "next_try_at": None}
    words = _("数据从备份恢复，这封邮件可能已经发过，由人核对。")
    sending = Delivery.objects.filter(state=Delivery.State.SENDING)
    sending.update(state=Delivery.State.UNKNOWN, server_words=words, **unleased)
    waiting = Delivery.objects.filter(state__in=WAITING)
    return waiting.update(state=Delivery.State.HELD, server_words=words, **unleased)


def _cancel_mail_jobs(now: datetime) -> int:
    """Large counties' mails are queued by jobs; one that was under way has ended long since."""
    words = _("数据从备份恢复，这批邮件可能已经发过，由人核对后重新排发。")
    jobs = Job.objects.filter(
        kind__in=(Job.Task.MONTHLY, Job.Task.REMINDER), state__in=Job.UNFINISHED
    )
    return jobs.update(
        state=Job.State.CANCELLED, lease_token="", lease_until=None, finished_at=now, error=words
    )


def _pause_schedules(now: datetime) -> int:
    """Those whose run is due and not on record: the planner would send it at its next look."""
    calendar = recorded_calendar()
    paused = [
        schedule.pk
        for schedule in MailSchedule.objects.filter(enabled=True)
        if (due := latest_due(schedule, now, calendar))
        and not MailRun.objects.filter(
            root=schedule.root_id, run=schedule.run, period=due[0].key
        ).exists()
    ]
    schedules = MailSchedule.objects.filter(pk__in=paused)
    return schedules.update(enabled=False, version=F("version") + 1)
