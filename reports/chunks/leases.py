"""The chunks of a job: shared out, claimed, finished, taken over; each row is done once.

As with jobs, a worker holds a chunk by a lease with a token of its own. What it writes and the
state `done` are one transaction that looks for the token first: a worker that lost its lease
writes nothing. Reads no clock.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from reports import jobs
from reports.chunks.cutting import Part
from reports.jobs import FAR, LEASE, MAX_ATTEMPTS, RENEW_AFTER, Clock, JobProgress, LeaseLostError
from reports.models import Job, JobChunk

logger = logging.getLogger(__name__)

State = JobChunk.State
STEPS = 100


class Place(NamedTuple):
    """A unit of a chunk and its place in the official order."""

    position: int
    unit_id: int


class ChunkHold:
    """A worker's hold on a chunk."""

    def __init__(self, chunk: JobChunk, clock: Clock) -> None:
        self.chunk = chunk
        self.clock = clock
        self.units = [Place(*pair) for pair in chunk.units]
        self._renewed_at = clock()

    def beat(self) -> None:
        """To be called every few seconds at least; LeaseLostError if the chunk is no longer ours,
        or its job no longer goes on.
        """
        now = self.clock()
        if abs(now - self._renewed_at) >= RENEW_AFTER:  # a clock may be set back
            goes_on = Q(job__state=Job.State.RUNNING)
            ours = JobChunk.objects.filter(goes_on, pk__in=self.held().values("pk"))
            if not ours.update(lease_until=now + LEASE):
                raise LeaseLostError
            self._renewed_at = now

    def held(self) -> QuerySet[JobChunk]:
        """The chunk's row, if it is still ours."""
        return JobChunk.objects.filter(
            pk=self.chunk.pk, lease_token=self.chunk.lease_token, state=State.RUNNING
        )


def share_out(
    progress: JobProgress, parts: Sequence[Part], words: str, *, begin: Callable[[], None]
) -> bool:
    """Turns parts into chunks and lets go of the job, with `begin` before, as one step; False if
    its lease was lost.
    """

    def write() -> dict[str, object]:
        begin()
        JobChunk.objects.bulk_create(
            JobChunk(
                job_id=progress.job_id,
                number=number,
                path=part.path,
                units=[(unit.position, unit.unit_id) for unit in part.units],
                size=len(part.units),
            )
            for number, part in enumerate(parts, start=1)
        )
        return {"attempts": 0, "completed_steps": 0, "total_steps": STEPS, "words": words}

    return jobs.let_go(progress, write)


def claim(job_id: int, *, clock: Clock) -> ChunkHold | None:
    """The first chunk of the job that nobody holds; None if there is none."""
    now, token = clock(), secrets.token_hex(16)
    with transaction.atomic():
        waiting = _free(now).filter(job=job_id, attempts__lt=MAX_ATTEMPTS)
        first = waiting.order_by("number").select_for_update(skip_locked=True, of=("self",))
        chunk = first.first()
        if chunk is None:
            return None
        JobChunk.objects.filter(pk=chunk.pk).update(
            state=State.RUNNING,
            lease_token=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
    chunk.refresh_from_db()
    return ChunkHold(chunk, clock)


def finish(hold: ChunkHold, store: Callable[[], None]) -> None:
    """Stores what the chunk came to and marks it done, as one step; LeaseLostError if it is no
    longer ours, or its job no longer goes on.
    """
    with transaction.atomic():
        if not hold.held().select_for_update().exists():
            raise LeaseLostError
        store()
        if not Job.objects.filter(pk=hold.chunk.job_id, state=Job.State.RUNNING).exists():
            raise LeaseLostError
        hold.held().update(
            state=State.DONE, lease_token="", lease_until=None, finished_at=hold.clock()
        )


def fail(hold: ChunkHold, error: Exception) -> None:
    """Gives the chunk back to be tried again; after the last attempt its job has failed."""
    if jobs.is_last(hold.chunk.attempts, error):
        jobs.give_up(hold.chunk.job_id, jobs.reason_of(error), now=hold.clock())
    hold.held().update(state=State.QUEUED, lease_token="", lease_until=None)


def is_over(job_id: int) -> bool:
    """Whether no chunk of the job is left to be done."""
    return not JobChunk.objects.filter(job=job_id, state__in=JobChunk.UNFINISHED).exists()


def tell(job_id: int, steps: int) -> None:
    """Shows how many units are through; the chunks are `steps` of the job's hundred."""
    done = Sum("size", filter=Q(state=State.DONE), default=0)
    told = JobChunk.objects.filter(job=job_id).aggregate(done=done, total=Sum("size", default=0))
    words = _("已完成 %(done)s 个单位，共 %(total)s 个") % told
    jobs.tell_of(job_id, steps * told["done"] // max(told["total"], 1), STEPS, words)


def sweep(*, now: datetime) -> list[tuple[int, int]]:
    """Jobs with chunks to be taken up, and how many each has. What died three times fails its job,
    and a job whose last worker died before it could say so is called up.
    """
    JobChunk.objects.filter(state=State.RUNNING, lease_until__gt=now + FAR).update(lease_until=now)
    exhausted = _free(now).filter(attempts__gte=MAX_ATTEMPTS)
    for job_id in set(exhausted.values_list("job_id", flat=True)):
        reason = _("任务连续 %s 次中断，已停止重试。请联系系统管理员查看运行日志。") % MAX_ATTEMPTS
        jobs.give_up(job_id, reason, now=now)
    shared = Job.objects.filter(state=Job.State.RUNNING, lease_token="", lease_until=None)
    for job_id in shared.values_list("id", flat=True):
        if is_over(job_id):
            jobs.call_up(job_id, now=now)
    waiting = _free(now).filter(attempts__lt=MAX_ATTEMPTS).order_by("job_id")
    return list(waiting.values_list("job_id").annotate(number=Count("id")))


def forget_ended() -> int:
    """Removes what is left of jobs that failed or were cancelled; how many chunks."""
    return JobChunk.objects.exclude(job__state__in=Job.UNFINISHED).delete()[0]


def _free(now: datetime) -> QuerySet[JobChunk]:
    nobodys = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lte=now)
    return JobChunk.objects.filter(nobodys, job__state=Job.State.RUNNING)
