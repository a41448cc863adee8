"""Celery's side of the work: wake, look in the database, do what is there to be done.

Every task may be called twice, late or not at all; `tick` and `sweep` come by the clock and
find whatever another call should have done.
"""

from celery import shared_task
from django.utils import timezone

from reports import clock_guard, delivery, jobs, planner, sending, stored
from reports.chunks import leases, running
from reports.closings import storing
from reports.exports import cleaning
from reports.exports.work import make
from reports.hints import search as hint_search
from reports.standings import renewing
from reports.wake import wake
from reports.working_days import recorded_calendar

MOST_CHUNKS = 200
"""Wake-ups for senders at a time; the next sweep sees to the rest."""
MOST_JOBS = 50
"""Jobs called up by a sweep. Each was called when it was asked for; were all that wait called
again every time, a long queue would fill the broker with calls for work that is done."""


@shared_task(name="reports.tasks.tick")
def tick() -> None:
    """Every few minutes: queue the mails that have become due, then see that they go out."""
    if clock_guard.jumped(clock_guard.read_clocks()) is None:
        planner.plan_due(now=timezone.now(), calendar=recorded_calendar())
    sweep()


@shared_task(name="reports.tasks.sweep")
def sweep() -> None:
    """Every minute: what died is told so, what waits is called up."""
    now = timezone.now()
    delivery.sweep(now=now)
    storing.discard_abandoned()
    for job_id, chunks in leases.sweep(now=now):
        if not running.call_workers(job_id, chunks):
            return
    for job_id in jobs.sweep(now=now, most=MOST_JOBS):
        if not wake("run_job", job_id=job_id):
            return
    send_due()
    if hint_search.waits(now):
        wake("find_hints")


@shared_task(name="reports.tasks.send_due")
def send_due() -> None:
    """One sender for each chunk of mails that waits; a sender too many finds nothing."""
    waiting = delivery.due(timezone.now()).count()
    for _ in range(min(MOST_CHUNKS, -(-waiting // delivery.CHUNK))):
        if not wake("send_chunk"):
            return


@shared_task(name="reports.tasks.send_chunk")
def send_chunk() -> None:
    """Up to a chunk of mails over one connection."""
    sending.send_chunk(clock=timezone.now)


@shared_task(name="reports.tasks.run_job")
def run_job(job_id: int) -> None:
    """A job, unless somebody else has it or it is finished.

    Whoever ends one calls up the next: a long queue whose calls got lost moves on without waiting
    for sweeps.
    """
    if running.run(job_id, clock=timezone.now, make=make):
        for next_id in jobs.waiting(now=timezone.now(), most=1):
            wake("run_job", job_id=next_id)


@shared_task(name="reports.tasks.run_chunks")
def run_chunks(job_id: int) -> None:
    """Chunks of a job, one after the other, as long as there are any for us."""
    running.run_chunks(job_id, clock=timezone.now)


@shared_task(name="reports.tasks.clean_exports")
def clean_exports() -> None:
    """Daily: the files of jobs that were finished long ago, and what jobs no longer need."""
    now = timezone.now()
    cleaning.clean_exports(now=now)
    leases.forget_ended()
    stored.forget_unused(now=now)


@shared_task(name="reports.tasks.find_hints")
def find_hints() -> None:
    """Every hour: the day's search for hints, or one that somebody asked for."""
    hint_search.run_due(clock=timezone.now)


@shared_task(name="reports.tasks.keep_standings")
def keep_standings() -> None:
    """Every hour: what overviews show of all units today, so that no visit has to wait for it."""
    renewing.renew(now=timezone.now())
