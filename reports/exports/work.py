"""The work of the jobs the report centre takes: workbooks, told of as they grow."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.archives import county
from reports.closings.printed import closed_name
from reports.emails.names import names_on
from reports.evaluation import evaluate_and_save
from reports.exports.attendance import (
    ATTENDANCE_COLUMNS,
    attendance_rows,
    closed_attendance_rows,
    unit_keys,
)
from reports.exports.figures import LEDGER, without_names
from reports.exports.ranges import Range, closed_data, closed_units_in, live_data, range_of
from reports.gather import heads
from reports.jobs import JobError, JobProgress
from reports.models import ClosedUnit, Closing, Job, JobChunk
from reports.periods import Month
from reports.workbook.collect import EmptyRangeError
from reports.workbook.data import RollupData
from reports.workbook.sheets import rollup_filename, rollup_sheets
from reports.workbook.spec import SheetSpec
from reports.workbook.unit_keys import SLICE
from reports.workbook.xlsx import write_workbook
from units.models import Unit
from units.workbooks import safe_name

STEPS = 100
JUDGED, COLLECTED = 40, 50
"""So many of the steps are over once every unit is judged, and once the summary can be written;
the sheets share the others."""
LOOK_EVERY = 200


def make(job: Job, path: Path, progress: JobProgress) -> str:
    """Writes the workbook or archive a job asks for and returns the name it should have.

    Raises JobError where there is nothing to write, DiskFullError for want of room.
    """
    if job.kind == Job.Kind.ARCHIVE:
        return county.make(job, path, progress)
    chosen = range_of(job)
    try:
        if job.kind == Job.Kind.ATTENDANCE:
            return _attendance(chosen, path, progress)
        return _rollup(chosen, path, progress, ledger_only=job.kind == Job.Kind.LEDGER)
    except EmptyRangeError as error:
        raise JobError(str(error)) from error


def _rollup(chosen: Range, path: Path, progress: JobProgress, *, ledger_only: bool) -> str:
    closing = chosen.closing()
    data = _data(chosen, closing, progress)
    sheets = [_scoped(sheet, chosen, closing) for sheet in rollup_sheets(data)]
    if chosen.figures_only:
        sheets = without_names(sheets)
    if ledger_only:
        sheets = [sheet for sheet in sheets if sheet.name == LEDGER]
    write_workbook(path, _watched(sheets, progress))
    title = "集中学习台账" if ledger_only else "集中学习情况汇总"
    part = "（仅数据）" if chosen.figures_only else ""
    return rollup_filename(data.county, data.month, title=title, part=part)


def _data(chosen: Range, closing: Closing | None, progress: JobProgress) -> RollupData:
    printed_at = _local(progress.clock())
    if closing is not None:
        progress.tell(COLLECTED, STEPS, _("正在读取封账数据"))
        return closed_data(chosen, closing, printed_at)
    total = _judged(chosen, progress)
    progress.tell(JUDGED, STEPS, _("考核完成，正在汇总各单位"))
    return live_data(chosen, printed_at, _collecting(total, progress))


def _collecting(total: int, progress: JobProgress) -> Callable[[], None]:
    """To be called before every slice of units; tells how many units went by before."""
    done = 0

    def words() -> str:
        said = {"done": done, "total": total}
        return _("正在汇总各单位：已完成 %(done)s 个，共 %(total)s 个") % said

    def one_more() -> None:
        nonlocal done
        share = (COLLECTED - JUDGED) * min(done, total) // max(total, 1)
        progress.pass_by(JUDGED + share, STEPS, words)
        done += SLICE

    return one_more


def _judged(chosen: Range, progress: JobProgress) -> int:
    """Evaluates everything below the root, telling of units as they are done; how many. Where the
    job was shared out, that has been done by its chunks.
    """
    total = len(heads(Unit.objects.below(chosen.root), chosen.as_of.year))
    if JobChunk.objects.filter(job=progress.job_id).exists():
        return total
    done = 0

    def words() -> str:
        return _("正在考核各单位：已完成 %(done)s 个，共 %(total)s 个") % {
            "done": done,
            "total": total,
        }

    def one_more() -> None:
        nonlocal done
        progress.pass_by(JUDGED * done // max(total, 1), STEPS, words)
        done += 1

    evaluate_and_save(root=chosen.root, as_of=chosen.as_of, at=progress.clock(), beat=one_more)
    return total


def _watched(sheets: list[SheetSpec], progress: JobProgress) -> list[SheetSpec]:
    """The same sheets, which tell of their rows as they are written."""

    def told(place: int, sheet: SheetSpec) -> SheetSpec:
        return replace(sheet, rows=_told(sheet, place, len(sheets), progress))

    return [told(place, sheet) for place, sheet in enumerate(sheets)]


def _told(
    sheet: SheetSpec, place: int, sheets: int, progress: JobProgress
) -> Iterator[Sequence[object]]:
    steps = COLLECTED + (STEPS - COLLECTED) * place // sheets
    written = 0

    def words() -> str:
        return _("正在写入“%(sheet)s”：已写 %(rows)s 行") % {"sheet": sheet.name, "rows": written}

    progress.tell(steps, STEPS, _("正在写入“%s”") % sheet.name)
    for written, row in enumerate(sheet.rows, start=1):
        if written % LOOK_EVERY == 0:
            progress.pass_by(steps, STEPS, words)
        yield row


def _scoped(sheet: SheetSpec, chosen: Range, closing: Closing | None) -> SheetSpec:
    """The sheet that says on its scope line what of the county it is about."""
    said = sheet.scope
    if chosen.is_part:
        said += f"    范围：{chosen.words}"
    if closing is not None:
        said += f"    数据来源：{closing.month} 封账数据"
    return replace(sheet, scope=said)


def _attendance(chosen: Range, path: Path, progress: JobProgress) -> str:
    closing, day = chosen.closing(), chosen.as_of
    if closing is None:
        keys = unit_keys(chosen)
        if not keys:
            raise EmptyRangeError
        [called] = names_on([chosen.root.pk], day).values()
        name, basis = called.short_name, "按当前登记的记录"
        rows = attendance_rows(keys, day.year, _attending(len(keys), progress))
    else:
        units = _with_attendance(closed_units_in(chosen, closing))
        name, basis = closed_name(closing, chosen.root), f"{closing.month} 封账数据"
        rows = closed_attendance_rows(units, _attending(units.count(), progress))
    sheet = SheetSpec(
        name="出勤明细",
        title=f"{name}集中学习出勤明细（{day.year}年）",
        scope=(
            f"统计截至：{day.isoformat()}（{basis}，不含草稿）    "
            f"范围：{chosen.words}    打印时间：{_local(progress.clock()):%Y-%m-%d %H:%M}"
        ),
        columns=ATTENDANCE_COLUMNS,
        rows=rows,
    )
    write_workbook(path, [sheet])
    return safe_name(name, f"集中学习出勤明细-{Month.of(day).key}.xlsx")


def _with_attendance(units: QuerySet[ClosedUnit]) -> QuerySet[ClosedUnit]:
    """The same units. JobError if the month was closed before attendance was kept."""
    if units.filter(attendance__isnull=True).exists():
        raise JobError(
            _(
                "该月封账时尚未留存出勤明细，不能按封账数据打印。"
                "如需要，请重新开放该月后再次封账，或改选其他截至日期。"
            )
        )
    return units


def _attending(total: int, progress: JobProgress) -> Callable[[int], None]:
    def told(done: int) -> None:
        words = _("正在写入出勤明细：已完成 %(done)s 个单位，共 %(total)s 个")
        progress.tell(STEPS * done // total, STEPS, words % {"done": done, "total": total})

    return told


def _local(at: dt.datetime) -> dt.datetime:
    return timezone.localtime(at, timezone.get_default_timezone())
