"""The months of a year and how far each is: running, open, closed, asked to be opened again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from reports.models import Closing, Job, Reopening
from reports.periods import Month, Year
from reports.querysets import JobQuerySet
from sessions.models import StudySession
from units.models import Unit

RUNNING, OPEN, CLOSED, ASKED = "running", "open", "closed", "asked"
UNDER_WAY = "under_way"
TONES = {
    RUNNING: "secondary",
    OPEN: "warning",
    CLOSED: "success",
    ASKED: "info",
    UNDER_WAY: "info",
}


@dataclass(frozen=True)
class MonthLine:
    """A month of the list. `standing` is the closing that holds; `earlier` those opened again;
    `said` is how far a closing under way is, or why the last one failed.
    """

    month: Month
    state: str
    word: str
    tone: str
    standing: Closing | None
    earlier: list[Closing] = field(default_factory=list)
    said: str = ""


def month_lines(root: Unit, year: int, today: dt.date) -> list[MonthLine]:
    """The months of the year up to that of `today`, the latest first; two queries."""
    asked = Count("reopenings", filter=Q(reopenings__state=Reopening.State.ASKED))
    rows = Closing.objects.filter(root=root, month__startswith=f"{year:04d}-")
    found: dict[str, list[Closing]] = defaultdict(list)
    for closing in rows.select_related("closed_by").annotate(asked=asked).order_by("-id"):
        found[closing.month].append(closing)
    months = [month for month in Year(year).months if month.first <= today]
    jobs = {job.parameters["month"]: job for job in _jobs(root, year)}
    return [
        _line(month, found[month.key], today, jobs.get(month.key)) for month in reversed(months)
    ]


def is_under_way(root: Unit, month: Month) -> bool:
    """Whether workers are closing the month."""
    return _jobs(root, month.year).unfinished().filter(parameters__month=month.key).exists()


def _jobs(root: Unit, year: int) -> JobQuerySet:
    """The year's jobs that close months, the latest last."""
    jobs = Job.objects.filter(kind=Job.Task.CLOSING, root=root)
    return jobs.filter(parameters__month__startswith=f"{year:04d}-").order_by("id")


def years_of(root: Unit, today: dt.date) -> list[int]:
    """The years with anything to close, the latest first; one query."""
    first = StudySession.objects.below(root).aggregate(first=Min("date"))["first"]
    earliest = min(first.year, today.year) if first else today.year
    return list(range(today.year, earliest - 1, -1))


def _line(month: Month, closings: Sequence[Closing], today: dt.date, job: Job | None) -> MonthLine:
    said = ""
    standing = next((one for one in closings if one.reopened_at is None), None)
    earlier = [one for one in closings if one.reopened_at is not None]
    if standing is not None:
        asked = bool(getattr(standing, "asked", 0))
        state, word = (ASKED, _("已封账，待确认重新开放")) if asked else (CLOSED, _("已封账"))
    elif month.last >= today:
        state, word = RUNNING, _("未结束")
    elif job is not None and job.state in Job.UNFINISHED:
        state, word, said = UNDER_WAY, _("正在封账"), f"{job.percent}%　{job.words}"
    else:
        state, word = OPEN, _("重新开放，待再次封账") if earlier else _("未封账")
        if job is not None and job.state == Job.State.FAILED:
            said = _("封账没有完成：%s") % job.error
    return MonthLine(month, state, word, TONES[state], standing, earlier, said)
