"""Long work that somebody asked for: asked, claimed, told on, finished; the row is the queue.

A worker holds a job by a lease with a token of its own and renews it as it goes. Every step is a
conditional update that names the token: a worker that lost its lease changes nothing, and its
result is thrown away. Reads no clock.
"""

import logging
import secrets
import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from reports import drafts
from reports.models import Job, JobChunk
from reports.wake import wake_after_commit
from reports.workbook.atomic import NO_ROOM, DiskFullError
from units.models import Unit

logger = logging.getLogger(__name__)

State = Job.State
Clock = Callable[[], datetime]

LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
RENEW_AFTER = LEASE / 4
"""A lease this young is not renewed: a report on progress then costs no query."""
FAR = LEASE + timedelta(days=1)
"""A lease that lasts longer comes from a clock that ran ahead and has been set back."""
TELL_AFTER = timedelta(seconds=1)
"""Nobody sees progress change more often than this."""
MAX_ATTEMPTS = settings.JOB_ATTEMPTS


class LeaseLostError(Exception):
    """The job was cancelled, or another worker has it: stop, and leave no trace."""


class JobError(ValueError):
    """The work cannot be done, now or later; the sentence, for the user, says why."""


class JobProgress:
    """A worker's hold on its job: renews the lease and tells how far the work is."""

    def __init__(self, job_id: int, token: str, clock: Clock) -> None:
        self.job_id = job_id
        self.token = token
        self.clock = clock
        # What holds only if the job comes to its end: done in the transaction that ends it.
        self.with_end: list[Callable[[], None]] = []
        self._renewed_at = clock()
        self._told_at: datetime | None = None

    def beat(self) -> None:
        """To be called at least every few seconds; LeaseLostError if the job is no longer ours."""
        if abs(self.clock() - self._renewed_at) >= RENEW_AFTER:  # a clock may be set back
            self._update()

    def tell(self, completed: int, total: int, words: str) -> None:
        """Shows progress in steps and in words; LeaseLostError as above."""
        self._update(completed_steps=completed, total_steps=total, words=words)
        self._told_at = self._renewed_at

    def pass_by(self, completed: int, total: int, words: Callable[[], str]) -> None:
        """The same for steps that go by in crowds: tells of one a second, costs nothing else."""
        now = self.clock()
        if self._told_at is None or abs(now - self._told_at) >= TELL_AFTER:
            self.tell(completed, total, words())

    def _update(self, **changes: object) -> None:
        now = self.clock()
        if not _held(self.job_id, self.token).update(lease_until=now + LEASE, **changes):
            raise LeaseLostError
        self._renewed_at = now


Work = Callable[[Job, Path, JobProgress], str]
"""Writes the job's result to the path and returns the name the file shall have."""


def ask_rollup(*, root: Unit, as_of: date, asked_by: User | None, at: datetime) -> Job:
    """The job that writes the county's rollup workbook; the same one while it is unfinished."""
    job, _new = ask(
        kind=Job.Kind.ROLLUP,
        root=root,
        parameters={"as_of": as_of.isoformat()},
        key=f"rollup:{root.code}:{as_of.isoformat()}",
        asked_by=asked_by,
        at=at,
    )
    return job


def ask(
    *,
    kind: Job.Kind | Job.Task,
    root: Unit,
    parameters: Mapping[str, Any],
    key: str,
    asked_by: User | None,
    at: datetime,
) -> tuple[Job, bool]:
    """A job to be done, and whether it is new: while one of this key is unfinished, it is that.

    The worker is called once the caller's transaction stands.
    """
    asked = Job.objects.filter(asked_key=key, state__in=Job.UNFINISHED)
    job, is_new = asked.first(), False
    if job is None:
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind,
                    root=root,
                    parameters=dict(parameters),
                    asked_key=key,
                    asked_by=asked_by,
                    asked_at=at,
                )
            is_new = True
        except IntegrityError:  # somebody asked in the same moment
            job = Job.objects.filter(asked_key=key).latest("id")
    wake_after_commit("run_job", job_id=job.id)
    return job, is_new


def claim(job_id: int, *, clock: Clock) -> JobProgress | None:
    """The lease of a job nobody holds; None if it is held, finished or gone."""
    now = clock()
    token = secrets.token_hex(16)
    claimed = (
        _free(now)
        .filter(id=job_id, attempts__lt=MAX_ATTEMPTS)
        .update(
            state=State.RUNNING,
            lease_token=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            started_at=now,
            words="",
            completed_steps=0,
        )
    )
    return JobProgress(job_id, token, clock) if claimed else None


def run(job_id: int, *, clock: Clock, work: Work) -> bool:
    """Does a job that makes a file if it is there to be done; whether this call finished it."""
    return attempt(job_id, clock=clock, do=lambda job, progress: write(job, progress, work))


def attempt(job_id: int, *, clock: Clock, do: Callable[[Job, JobProgress], bool]) -> bool:
    """Takes a job up if it is there to be done, and says what `do` does.

    A finished job called again is left alone. An error of the work is logged and either leaves
    the job to be taken again or, at the third attempt, fails it with a reason in Chinese.
    """
    progress = claim(job_id, clock=clock)
    if progress is None:
        return False
    job = Job.objects.select_related("root").get(id=job_id)
    try:
        return do(job, progress)
    except LeaseLostError:
        logger.info("job %s is no longer ours", job_id)
    except Exception as error:
        logger.exception("job %s failed", job_id)
        _fail(job, progress.token, error, now=clock())
    return False


def write(job: Job, progress: JobProgress, work: Work) -> bool:
    """Lets `work` write the job's file, puts it in place and ends the job.

    When the database goes away in between, nobody knows whether the row tells of the file. The
    draft stays then: whoever takes the job up again finds by it what was put in place in vain.
    """
    folder = Path(settings.EXPORTS_DIR)
    workplace = folder / f".job-{job.pk}-{progress.token}"
    draft = workplace / drafts.DRAFT
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left_behind in folder.glob(f".job-{job.pk}-*"):
            drafts.clear(left_behind)
        workplace.mkdir()
        name = work(job, draft, progress)
        size, digest = draft.stat().st_size, drafts.sha256(draft, progress.beat)

        def place() -> dict[str, object]:
            return {"file": drafts.place(draft, folder / name).name, "size": size, "sha256": digest}

        ended = finish(progress, place)
    except Exception:
        if not drafts.is_placed(draft):
            shutil.rmtree(workplace, ignore_errors=True)
        raise
    shutil.rmtree(workplace, ignore_errors=True)
    return ended


def finish(progress: JobProgress, last: Callable[[], Mapping[str, object] | None]) -> bool:
    """Ends the job together with its last step, as one; False if the lease was lost.

    `last` returns what the job's row tells of it. The row stays locked meanwhile, so that a worker
    whose lease ran out cannot come in between; so what takes long is done before.
    """

    def done() -> dict[str, object]:
        told = last() or {}
        for step in progress.with_end:
            step()
        JobChunk.objects.filter(job=progress.job_id).delete()
        return {
            "state": State.DONE,
            "finished_at": progress.clock(),
            "completed_steps": F("total_steps"),
            "error": "",
            **told,
        }

    return let_go(progress, done)


def let_go(progress: JobProgress, last: Callable[[], Mapping[str, object]]) -> bool:
    """Gives a lease back together with a last step, as one; False if it was lost.

    `last` returns the columns that change. A job that stays running is nobody's then: what is done
    for it is done under leases of its chunks, until `call_up`.
    """
    with transaction.atomic():
        if not _held(progress.job_id, progress.token).select_for_update().exists():
            return False
        changes = last()
        _held(progress.job_id, progress.token).update(lease_token="", lease_until=None, **changes)
    return True


def call_up(job_id: int, *, now: datetime) -> bool:
    """Nobody's job is free to be taken up again; whether it was not before."""
    return bool(_nobodys(job_id).update(lease_until=now))


def tell_of(job_id: int, completed: int, total: int, words: str) -> None:
    """Shows how far nobody's job is."""
    _nobodys(job_id).update(completed_steps=completed, total_steps=total, words=words)


def give_up(job_id: int, reason: str, *, now: datetime) -> bool:
    """Fails nobody's job; its chunks are left alone from now on."""
    return bool(_nobodys(job_id).update(state=State.FAILED, finished_at=now, error=reason))


def cancel(
    job: Job, *, by: User, at: datetime, origin: Mapping[str, str | None] | None = None
) -> bool:
    """Ends a job a person no longer wants; whoever works at it stops at the next beat.

    `origin` are the columns of the trail that say from where the wish came.
    """
    with transaction.atomic():
        cancelled = Job.objects.filter(id=job.id, state__in=Job.UNFINISHED).update(
            state=State.CANCELLED, lease_token="", lease_until=None, finished_at=at
        )
        if cancelled:
            record(
                action="job_cancel",
                at=at,
                actor=by,
                object_type="job",
                object_id=job.id,
                **(origin or {}),
            )
    job.refresh_from_db()
    return bool(cancelled)


def sweep(*, now: datetime, most: int | None = None) -> list[int]:
    """Jobs to be taken up, oldest first, all or so many of them; what died three times has failed
    by then.
    """
    Job.objects.filter(state=State.RUNNING, lease_until__gt=now + FAR).update(lease_until=now)
    _free(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED,
        lease_token="",
        lease_until=None,
        finished_at=now,
        error=_("任务连续 %s 次中断，已停止重试。请联系系统管理员查看运行日志。") % MAX_ATTEMPTS,
    )
    return waiting(now=now, most=most)


def waiting(*, now: datetime, most: int | None = None) -> list[int]:
    """Jobs that may be claimed, oldest first, all or so many of them."""
    free = _free(now).filter(attempts__lt=MAX_ATTEMPTS).order_by("id")
    return list(free.values_list("id", flat=True)[:most])


def _free(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lte=now))


def _nobodys(job_id: int) -> QuerySet[Job]:
    return Job.objects.filter(
        id=job_id, state=State.RUNNING, lease_token="", lease_until__isnull=True
    )


def _held(job_id: int, token: str) -> QuerySet[Job]:
    return Job.objects.filter(id=job_id, lease_token=token, state=State.RUNNING)


def reason_of(error: Exception) -> str:
    """What the user is told of an error: whole sentences of ours, of others the kind only."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:  # for a folder, or a name in one
        error = DiskFullError(Path(drafts.DRAFT))
    if isinstance(error, DiskFullError | JobError):
        return str(error)
    return _("任务出错（%s）。请联系系统管理员查看运行日志。") % type(error).__name__


def is_last(attempts: int, error: Exception) -> bool:
    """Whether nobody should try again after this error."""
    return attempts >= MAX_ATTEMPTS or isinstance(error, JobError)


def _fail(job: Job, token: str, error: Exception, *, now: datetime) -> None:
    last = is_last(job.attempts, error)
    _held(job.id, token).update(
        state=State.FAILED if last else State.QUEUED,
        lease_token="",
        lease_until=None,
        finished_at=now if last else None,
        error=reason_of(error),
    )
