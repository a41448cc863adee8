"""A job taken one step further: shared out among workers, worked at, ended by the last of them.

A job for few units is done by whoever takes it up. One for many becomes chunks, and then nobody
holds it: each worker that is called takes one chunk after the other. When none is left the job is
called up again, and whoever claims it then ends it. The same functions do both.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from reports import jobs
from reports.chunks import leases
from reports.chunks.cutting import cut
from reports.chunks.kinds import kind_of
from reports.jobs import Clock, JobProgress, LeaseLostError, Work
from reports.models import Job
from reports.wake import wake

logger = logging.getLogger(__name__)

TURN = timedelta(seconds=20)
"""So long a worker stays with one job's chunks; then others in the queue have their turn."""
MOST_CALLS = 16
"""Workers called for one job at a time; each takes many chunks."""


def run(job_id: int, *, clock: Clock, make: Work) -> bool:
    """Shares a job out, or ends it; whether this call ended it. `make` writes a job's file."""
    return jobs.attempt(job_id, clock=clock, do=lambda job, held: _step(job, held, make))


def run_chunks(job_id: int, *, clock: Clock) -> int:
    """Works at a job's chunks for a while; how many were taken up. Any number may do so at once."""
    taken, until = 0, clock() + TURN
    while clock() < until and run_chunk(job_id, clock=clock):
        taken += 1
    if taken and leases.is_over(job_id):
        if jobs.call_up(job_id, now=clock()):
            wake("run_job", job_id=job_id)
    elif taken:
        wake("run_chunks", job_id=job_id)
    return taken


def run_chunk(job_id: int, *, clock: Clock) -> bool:
    """Does one chunk of the job; False if there was none to be done."""
    hold = leases.claim(job_id, clock=clock)
    if hold is None:
        return False
    job = Job.objects.select_related("root").get(pk=job_id)
    kind = kind_of(job)
    try:
        leases.finish(hold, kind.prepare(job, hold.units, clock(), hold.beat))
    except LeaseLostError:
        logger.info("chunk %s of job %s is no longer ours", hold.chunk.number, job_id)
    except Exception as error:
        logger.exception("chunk %s of job %s failed", hold.chunk.number, job_id)
        leases.fail(hold, error)
    else:
        leases.tell(job_id, kind.steps)
    return True


def call_workers(job_id: int, chunks: int) -> bool:
    """Wakes workers for a job with so many chunks; False if the broker would not have it."""
    return all(wake("run_chunks", job_id=job_id) for _call in range(min(chunks, MOST_CALLS)))


def _step(job: Job, held: JobProgress, make: Work) -> bool:
    kind = kind_of(job)
    if not job.chunks.exists():
        units = kind.units(job)
        if len(units) <= settings.AT_ONCE_UNITS:
            return kind.alone(job, units, held, make)
        parts = cut(units, settings.CHUNK_UNITS)
        said = {"parts": len(parts), "units": len(units)}
        words = _("分 %(parts)s 批处理，共 %(units)s 个单位") % said
        if leases.share_out(held, parts, words, begin=lambda: kind.begin(job)):
            call_workers(job.pk, len(parts))
        return False
    if not leases.is_over(job.pk):
        jobs.let_go(held, lambda: {"attempts": 0})
        return False
    return kind.finish(job, held, make)
