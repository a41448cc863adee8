"""The rollup workbook of a county at a date: evaluations on record → one file."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from reports.closings.printed import closed_rollup
from reports.jobs import JobError
from reports.models import Closing
from reports.periods import Month
from reports.stored import StoredEvaluations
from reports.workbook.collect import EmptyRangeError, collect_rollup
from reports.workbook.data import RollupData
from reports.workbook.sheets import Progress, rollup_filename, rollup_sheets
from reports.workbook.xlsx import write_workbook
from units.models import Unit


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
    local = timezone.localtime(printed_at, timezone.get_default_timezone())
    try:
        if closing is not None:
            data = closed_rollup(closing=closing, root=root, printed_at=local)
        else:
            data = _live(root, as_of, local)
    except EmptyRangeError as error:
        raise JobError(str(error)) from error
    write_workbook(path, rollup_sheets(data, progress))
    return rollup_filename(data.county, Month.of(as_of))


def _live(root: Unit, as_of: dt.date, printed_at: dt.datetime) -> RollupData:
    stored = StoredEvaluations(as_of, None, Unit.objects.below(root))
    return collect_rollup(
        root=root,
        as_of=as_of,
        evaluated=stored.evaluated(),
        checksum=stored.checksum,
        printed_at=printed_at,
    )
