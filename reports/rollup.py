"""The rollup workbook of a county at a date: evaluations on record → one file."""

import datetime as dt
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.closing import standing_closing
from reports.evaluation import evaluate_and_save
from reports.jobs import JobError, JobProgress
from reports.models import Closing, Job
from reports.periods import Month
from reports.stored import StoredEvaluations
from reports.workbook.collect import collect_rollup
from reports.workbook.sheets import Progress, rollup_filename, rollup_sheets
from reports.workbook.xlsx import write_workbook
from units.models import Unit

STEPS = 7
"""Evaluating, and six sheets."""


def write_stored(
    *,
    root: Unit,
    as_of: dt.date,
    closing: Closing | None,
    path: Path,
    printed_at: dt.datetime,
    progress: Progress | None = None,
) -> str:
    """Writes the workbook from the evaluations on record; returns the name it should have.

    Raises JobError if no unit below the root was evaluated, DiskFullError for want of room.
    """
    stored = StoredEvaluations(as_of, closing, Unit.objects.below(root))
    if not stored.unit_ids:
        raise JobError(_("该范围内没有可汇总的单位。"))
    data = collect_rollup(
        root=root,
        as_of=as_of,
        evaluated=stored.evaluated(),
        checksum=stored.checksum,
        printed_at=timezone.localtime(printed_at, timezone.get_default_timezone()),
        closed=closing is not None,
    )
    write_workbook(path, rollup_sheets(data, progress))
    return rollup_filename(data.county, Month.of(as_of))


def write_rollup(job: Job, path: Path, progress: JobProgress) -> str:
    """The work of a rollup job: evaluates unless the month is closed, then writes the sheets."""
    as_of = dt.date.fromisoformat(job.parameters["as_of"])
    closing = _closing(job.root, as_of)
    if closing is None:
        progress.tell(0, STEPS, _("正在考核各单位"))
        evaluate_and_save(root=job.root, as_of=as_of, at=progress.clock(), beat=progress.beat)
    begun: list[str] = []

    def written(sheet: str, rows: int) -> None:
        if sheet in begun:
            progress.beat()
        else:
            begun.append(sheet)
            progress.tell(len(begun), STEPS, _("正在写入“%s”") % sheet)

    return write_stored(
        root=job.root,
        as_of=as_of,
        closing=closing,
        path=path,
        printed_at=progress.clock(),
        progress=written,
    )


def _closing(root: Unit, as_of: dt.date) -> Closing | None:
    """The closing whose figures are those of the date, if the month that ends on it is closed."""
    closing = standing_closing(root, Month.of(as_of))
    return closing if closing and closing.as_of == as_of else None
