"""One archive of many units, as a job: a folder for each, and a list of them on top."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Q, Sum
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from reports import jobs
from reports.archives.choosing import Chosen
from reports.archives.contents import contents_of
from reports.archives.counting import ArchiveLine, archive_lines, lined
from reports.archives.handing import finish, told_of
from reports.archives.listing import workbook_bytes
from reports.archives.naming import Names
from reports.archives.packing import Pack
from reports.archives.papers import Called
from reports.archives.writing import UnitArchive
from reports.jobs import JobError, JobProgress
from reports.models import ArchiveCopy, Job
from reports.workbook.atomic import replacing
from reports.workbook.spec import CellKind, ColumnSpec, SheetSpec
from sessions.evidence.storage import MIN_FREE_BYTES
from sessions.models import Evidence, Status
from units.models import Category, Unit
from units.querysets import UnitQuerySet
from units.workbooks import safe_name

LARGEST_BYTES = 40 * 1024**3
"""What a worker writes, hashes and reads again well within the 15 minutes a task may take."""
OVERHEAD = 1.02
"""Records, lists and the ZIP itself, beside the files."""


def units_in(root: Unit, year: int, category: str, on: dt.date) -> UnitQuerySet:
    """The root and those below it that kept a group in the year, in official order.

    Ready for `archive_lines`, by the names of the day.
    """
    kept = Unit.objects.below(root).with_group()
    kept = kept.existing_in(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if category:
        kept = kept.filter(category__code=category)
    return lined(kept, year, on).order_by("rank_order", "code")


def ask(
    *, root: Unit, year: int, category: Category | None, asked_by: User, at: dt.datetime
) -> tuple[Job, bool]:
    """The job, and whether it is new: while an archive of the user's is unfinished, it is that."""
    last = min(timezone.localdate(at), dt.date(year, 12, 31))
    words = _("%(year)d年，%(category)s") % {
        "year": year,
        "category": category.name if category else _("全部类别"),
    }
    return jobs.ask(
        kind=Job.Kind.ARCHIVE,
        root=root,
        parameters={
            "year": year,
            "category": category.code if category else "",
            "as_of": last.isoformat(),
            "range": words,
        },
        key=f"user:{asked_by.pk}:{Job.Kind.ARCHIVE}",
        asked_by=asked_by,
        at=at,
    )


def make(job: Job, path: Path, progress: JobProgress) -> str:
    """Writes the archive a job asks for and returns the name it should have.

    Raises JobError where there is nothing to write, too much, or no room for it.
    """
    asked = job.parameters
    year, on = int(asked["year"]), dt.date.fromisoformat(asked["as_of"])
    units = list(units_in(job.root, year, asked["category"], on))
    if not units:
        raise JobError(_("所选年度和类别没有设中心组的单位，请重新选择。"))
    _check_room(units, year, path.parent)
    at = timezone.localtime(progress.clock(), timezone.get_default_timezone())
    lines = archive_lines(units, year, on)
    name = Called(job.root).short_name(on)
    title = _("%(name)s%(year)d年学习档案") % {"name": name, "year": year}
    scope = _("范围：%(range)s，共 %(units)d 个单位（不含草稿）    生成时间：%(at)s") % {
        "range": asked["range"],
        "units": len(units),
        "at": f"{at:%Y-%m-%d %H:%M}",
    }
    head = {
        "title": title,
        "unit": job.root.code,
        "year": year,
        "range": asked["range"],
        "made_at": at.isoformat(timespec="seconds"),
    }
    with replacing(path) as file, Pack(head) as pack:
        for part in _parts(pack, units, lines, (year, title, scope), at, progress):
            file.write(part)
            progress.beat()
    # Hashing takes minutes; who dies or is cancelled meanwhile has handed nothing out.
    progress.with_end.append(lambda: _note(job, pack, year, at, progress.clock()))
    kind = f"-{units[0].category.name}" if asked["category"] else ""
    return safe_name(f"{title}{kind}", ".zip")


def _parts(
    pack: Pack,
    units: list[Unit],
    lines: list[ArchiveLine],
    told: tuple[int, str, str],
    at: dt.datetime,
    progress: JobProgress,
) -> Iterator[bytes]:
    year, title, scope = told
    names, folders = Names(), []
    width = max(3, len(str(len(units))))
    for number, (unit, line) in enumerate(zip(units, lines, strict=True), start=1):
        words = _("正在装入“%(unit)s”：已完成 %(done)d 个单位，共 %(total)d 个")
        said = {"unit": line.name, "done": number - 1, "total": len(units)}
        progress.tell(number - 1, len(units), words % said)
        inside = names.folder(f"{number:0{width}} {line.name}")
        folders.append(inside)
        contents = contents_of(unit, year, min(at.date(), dt.date(year, 12, 31)))
        archive = UnitArchive(contents, Chosen(), Called(unit), at, Names(), inside, progress.beat)
        yield from archive.write(pack)
    rows = list(zip(lines, folders, strict=True))
    yield from pack.put(names.file(_("单位目录.xlsx")), _workbook(title, scope, rows))
    context = {"title": title, "scope": scope, "rows": rows}
    page = render_to_string("reports/archives/paper/county.html", context)
    yield from pack.put(names.file(_("单位目录.html")), page.encode())
    yield from pack.close()


def _workbook(title: str, scope: str, rows: list[tuple[ArchiveLine, str]]) -> bytes:
    columns = (
        ColumnSpec("序号", 6, CellKind.INTEGER),
        ColumnSpec("单位", 24),
        ColumnSpec("单位类别", 14),
        ColumnSpec("集中学习（次）", 14, CellKind.INTEGER),
        ColumnSpec("必备材料齐全（次）", 18, CellKind.INTEGER),
        ColumnSpec("文件（个）", 12, CellKind.INTEGER),
        ColumnSpec("大小（字节）", 16, CellKind.INTEGER),
        ColumnSpec("仅有纸质（件）", 14, CellKind.INTEGER),
        ColumnSpec("未装入（件）", 12, CellKind.INTEGER),
        ColumnSpec("年度计划", 10, CellKind.CENTRED),
        ColumnSpec("报告（份）", 10, CellKind.INTEGER),
        ColumnSpec("文件夹", 40, CellKind.WRAPPED),
    )
    cells = (
        (
            *(number, line.name, line.category, line.sessions, line.complete, line.files),
            *(line.size, line.on_paper, line.withheld, "有" if line.has_plan else "无"),
            *(line.reports, folder),
        )
        for number, (line, folder) in enumerate(rows, start=1)
    )
    return workbook_bytes([SheetSpec("单位目录", f"{title}单位目录", scope, columns, cells)])


def _check_room(units: list[Unit], year: int, folder: Path) -> None:
    """Raises JobError, before the first byte, where the archive could not come to its end."""
    ids = [unit.pk for unit in units]
    ours = (
        Q(session__unit__in=ids, session__date__year=year)
        | Q(plan__unit__in=ids, plan__year=year)
        | Q(report__unit__in=ids, report__year=year)
    )
    out = Evidence.objects.filter(ours, checked=Evidence.Checked.CLEAN).exclude(file="")
    out = out.exclude(session__status=Status.DRAFT)
    wanted = int((out.aggregate(size=Sum("size"))["size"] or 0) * OVERHEAD)
    if wanted > LARGEST_BYTES:
        raise JobError(
            _("档案约 %(size)s，一次最多 %(most)s；请按单位类别分别生成，或到各单位逐个下载。")
            % {"size": filesizeformat(wanted), "most": filesizeformat(LARGEST_BYTES)}
        )
    free = shutil.disk_usage(folder).free
    if free - wanted < MIN_FREE_BYTES:
        raise JobError(
            _("档案约 %(size)s，服务器磁盘只剩 %(free)s，不能生成；请联系系统管理员清理后再试。")
            % {"size": filesizeformat(wanted), "free": filesizeformat(free)}
        )


def _note(job: Job, pack: Pack, year: int, at: dt.datetime, now: dt.datetime) -> None:
    """Row and line that tell the archive's checksum, as for a download."""
    copy = ArchiveCopy(
        unit=job.root, year=year, chosen=job.parameters["range"], by=job.asked_by, begun_at=at
    )
    finish(copy, pack, at=now)
    audit.record(
        action="archive.sent",
        at=now,
        actor=job.asked_by,
        object_type="reports.archivecopy",
        object_id=copy.pk,
        after={**told_of(pack), "job": job.pk},
    )
