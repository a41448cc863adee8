"""Jobs as the page shows them: finished words, no query left to make."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reports.models import Job

State = Job.State

TONES = {
    State.QUEUED: "pending",
    State.RUNNING: "pending",
    State.DONE: "met",
    State.FAILED: "missed",
    State.CANCELLED: "not_due",
}
NO_ANSWER_AFTER = dt.timedelta(minutes=2)
"""So long a job waits when a worker is there: it is called at once, and swept up every minute."""


@dataclass(frozen=True)
class JobLine:
    """One job. `polls` asks the browser to look again; `leaves_on` is the file's last day."""

    pk: int
    kind: str
    about: str
    who: str
    asked_at: dt.datetime
    state: str
    tone: str
    percent: int
    said: str
    size: str
    sha256: str
    file: str
    leaves_on: dt.date | None
    is_unfinished: bool
    is_own: bool
    has_file: bool
    polls: bool


def lines_of(
    jobs: Sequence[Job], *, user: User, now: dt.datetime, waiting: Sequence[int]
) -> list[JobLine]:
    """`waiting` are the ids of all unfinished jobs there are, oldest first."""
    return [_line(job, user, now, waiting) for job in jobs]


def _line(job: Job, user: User, now: dt.datetime, waiting: Sequence[int]) -> JobLine:
    unfinished = job.state in Job.UNFINISHED
    has_file = job.state == State.DONE and job.cleaned_at is None
    keep = dt.timedelta(days=settings.EXPORT_KEEP_DAYS)
    idle = dt.timedelta(minutes=settings.IDLE_MINUTES)
    return JobLine(
        pk=job.pk,
        kind=job.get_kind_display(),
        about=_about(job),
        who=job.asked_by.full_name if job.asked_by else _("系统"),
        asked_at=job.asked_at,
        state=job.get_state_display(),
        tone=TONES[State(job.state)],
        percent=job.percent,
        said=said(job, now, sum(key < job.pk for key in waiting)),
        size=filesizeformat(job.size) if job.size else "",
        sha256=job.sha256,
        file=job.file,
        leaves_on=_day(job.finished_at + keep) if has_file and job.finished_at else None,
        is_unfinished=unfinished,
        is_own=job.asked_by_id == user.pk,
        has_file=has_file,
        # A page left open must not keep somebody signed in for ever.
        polls=unfinished and now - job.asked_at < idle,
    )


def _day(at: dt.datetime) -> dt.date:
    return timezone.localdate(at, timezone.get_default_timezone())


def _about(job: Job) -> str:
    """What was asked for, in words."""
    asked = job.parameters
    if job.kind == Job.Kind.ARCHIVE:
        return str(asked["range"])
    parts = [asked.get("range") or _("全部单位"), _("截至 %s") % asked["as_of"]]
    if asked.get("closed"):
        parts.append(_("封账数据"))
    if asked.get("figures_only"):
        parts.append(_("仅数据，不含姓名"))
    return "，".join(parts)


def said(job: Job, now: dt.datetime, ahead: int) -> str:
    """How far a job is, or how it ended, in a sentence; `ahead` are the jobs before it."""
    match job.state:
        case State.QUEUED:
            return _queued(job, now, ahead)
        case State.RUNNING:
            return _running(job, now)
        case State.FAILED:
            return job.error
        case State.DONE if job.cleaned_at:
            return _("文件已过期清理，如仍需要请重新申请。")
        case State.DONE if job.started_at and job.finished_at:
            seconds = max(1, round((job.finished_at - job.started_at).total_seconds()))
            return _("用时 %s 秒") % seconds
    return ""


def _queued(job: Job, now: dt.datetime, ahead: int) -> str:
    if job.error:
        return _("上一次没有成功，将自动重试。%s") % job.error
    if now - job.asked_at > NO_ANSWER_AFTER and not ahead:
        return _("排队中：后台程序暂时没有应答，恢复后自动开始，不必重复申请。")
    if ahead:
        return _("排队中，前面还有 %s 个任务") % ahead
    return _("排队中，马上开始")


def _running(job: Job, now: dt.datetime) -> str:
    if job.lease_token and job.lease_until and job.lease_until <= now:
        return _("处理中断，一两分钟内自动重新开始。")
    words = job.words or _("正在开始")
    if job.attempts > 1:
        return _("第 %(attempt)s 次尝试：%(words)s") % {"attempt": job.attempts, "words": words}
    return words
