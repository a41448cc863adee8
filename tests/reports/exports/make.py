"""Jobs done as a worker does them, and what is in their files."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from openpyxl import Workbook, load_workbook

from reports import jobs
from reports.exports.ranges import Range
from reports.exports.work import make
from reports.models import Job
from units.models import Category, Unit

AS_OF = date(2026, 6, 30)


def make_range(root: Unit, **values: Any) -> Range:
    category = values.pop("category", None)
    found = Category.objects.get(code=category) if category else None
    chosen: dict[str, Any] = {"as_of": AS_OF, "words": "甲"} | values
    return Range(root=root, category=found, **chosen)


def done(kind: str, chosen: Range) -> Job:
    """The job after a worker had it."""
    job, _new = jobs.ask(
        kind=Job.Kind(kind),
        root=chosen.root,
        parameters=chosen.to_json(),
        key=f"{kind}:{Job.objects.count()}",
        asked_by=None,
        at=timezone.now(),
    )
    jobs.run(job.id, clock=timezone.now, work=make)
    job.refresh_from_db()
    return job


def book_of(job: Job, folder: Path) -> Workbook:
    assert job.state == "done", job.error
    return load_workbook(folder / job.file)


def rows_of(book: Workbook, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=4)]
