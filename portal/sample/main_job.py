"""The month's main job on whatever county is in the database: asked for, watched, told about."""

import datetime as dt
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from portal.sample.request import SampleRequest
from reports import delivery, jobs, planner
from reports.closing import standing_closing
from reports.models import Delivery, Evaluation, Job, MailRun, MailSchedule
from reports.periods import Month
from reports.wake import wake
from reports.working_days import recorded_calendar
from sessions.models import StudySession
from units.models import Unit

State = Delivery.State
Standing = Evaluation.Standing
SAMPLE_UNITS, SAMPLE_SEED = 120, 1
WAKE_EVERY_SECONDS = 10.0


def request_for(today: dt.date, *, units: int = SAMPLE_UNITS) -> SampleRequest:
    """A sample whose data end with the last full month.

    Until the end of March that is December: so early in a year there is too little to see.
    """
    until = Month.of(today).previous.last
    if until.month < 3:
        until = dt.date(until.year - 1, 12, 31)
    return SampleRequest(units=units, year=until.year, seed=SAMPLE_SEED, until=until)


def last_full_month(root: Unit, today: dt.date) -> Month | None:
    """The last month that is over and in which somebody studied; None without any."""
    over = StudySession.objects.below(root).filter(date__lt=Month.of(today).first)
    day = over.order_by("-date").values_list("date", flat=True).first()
    return Month.of(day) if day else None


@dataclass(frozen=True, slots=True)
class MainJob:
    """The rollup asked for and the mails queued for one month of one county."""

    root: Unit
    month: Month
    job: Job
    planned: planner.Planned

    @property
    def mails(self) -> dict[str, int]:
        """How many mails of the month's run are in which state."""
        run = MailRun.objects.filter(
            root=self.root, run=MailSchedule.Run.MONTHLY, period=self.month.key
        )
        states = Delivery.objects.filter(run__in=run).values_list("state")
        return dict(states.annotate(number=Count("id")).order_by())

    def waiting(self, now: dt.datetime) -> int:
        """Mails that are being sent or could be now; put off until later is not waiting."""
        now_possible = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
        return Delivery.objects.filter(
            Q(state=State.SENDING) | Q(state__in=delivery.WAITING) & now_possible,
            run__root=self.root,
            run__run=MailSchedule.Run.MONTHLY,
            period=self.month.key,
        ).count()


def start(root: Unit, month: Month, *, now: dt.datetime) -> MainJob:
    """Asks for the rollup and queues the mails, as the department and the planner would.

    Raises planner.NotDueError if the month's mails may not be queued.
    """
    planned = planner.plan_month(root, month, now=now, calendar=recorded_calendar())
    job = jobs.ask_rollup(root=root, as_of=month.last, asked_by=None, at=now)
    wake("sweep")
    return MainJob(root, month, job, planned)


class Watch:
    """Called again and again: looks, tells what changed, says whether all is done."""

    def __init__(
        self,
        main_job: MainJob,
        *,
        clock: Callable[[], dt.datetime],
        tell: Callable[[str], None],
    ) -> None:
        self._main_job = main_job
        self._clock = clock
        self._tell = tell
        self._told = ""
        self._woken_at = time.monotonic()

    def __call__(self) -> bool:
        main_job = self._main_job
        main_job.job.refresh_from_db()
        waiting = main_job.waiting(self._clock())
        job = main_job.job
        total = sum(main_job.mails.values())
        words = _("汇总表 %(percent)d%% %(words)s　邮件 %(done)d/%(total)d") % {
            "percent": job.percent,
            "words": job.words,
            "done": total - waiting,
            "total": total,
        }
        if words != self._told:
            self._tell(words)
            self._told = words
        if job.state not in Job.UNFINISHED and not waiting:
            return True
        if time.monotonic() - self._woken_at > WAKE_EVERY_SECONDS:
            wake("sweep")  # no scheduler runs here to make good a lost wake-up
            self._woken_at = time.monotonic()
        return False


def standings_table(root: Unit, as_of: dt.date) -> list[str]:
    """Lines of a table: units by category and standing, in official order, never ranked."""
    closing = standing_closing(root, Month.of(as_of))
    rows = (
        Evaluation.objects.filter(unit__path__startswith=root.path, as_of=as_of, closing=closing)
        .order_by("unit__category__rank_order", "unit__category__name")
        .values_list("unit__category__name", "standing")
    )
    by_category: dict[str, Counter[str]] = {}
    for category, standing in rows:
        by_category.setdefault(category, Counter())[standing] += 1
    by_category[_("合计")] = sum(by_category.values(), Counter())
    lines = [[_("单位类别"), *(str(label) for label in Standing.labels), _("合计")]]
    for category, counts in by_category.items():
        numbers = [counts[value] for value in Standing.values]
        lines.append([category, *(str(number) for number in [*numbers, sum(numbers)])])
    return [
        "".join(_padded(cell, 16 if place == 0 else 10) for place, cell in enumerate(line))
        for line in lines
    ]


def _padded(text: str, width: int) -> str:
    """Chinese characters take two places on a terminal."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, width - taken)
