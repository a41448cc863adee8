"""A province of a few units in two counties, and a worker that is called by hand."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone

from reports.chunks import leases, running
from reports.chunks.leases import ChunkHold
from reports.exports.work import make
from reports.models import Closing, Job
from reports.periods import Month
from tests.reports.records import at, make_entry, make_root, make_rules, make_session
from units.models import Category, Unit, UnitName

MARCH = Month(2026, 3)
LATER = at("2026-04-08")
COUNTIES = ("A", "B")


def make_province(units: int = 3) -> Unit:
    """Two counties with so many units each; everybody has studied in March but one."""
    root = make_root()
    make_rules()
    category = Category.objects.get(code="county")
    for county in COUNTIES:
        above = Unit.objects.create(
            code=county, category=category, parent=root, path=f"QS/{county}/", has_group=False
        )
        for number in range(units):
            code = f"{county}{number}"
            unit = Unit.objects.create(
                code=code, category=category, parent=above, path=f"{above.path}{code}/",
                rank_order=units - number, email=f"{code.lower()}@qs.example",
            )  # fmt: skip
            UnitName.objects.create(unit=unit, name=f"单位{code}", short_name=code)
            make_entry(unit, "成员", role="leader")
            if number:
                make_session(unit, "2026-03-10", statuses=["absent"] if number == 1 else ())
    return root


@contextmanager
def small_chunks(settings) -> Iterator[list[str]]:
    """Two units are a chunk, four are many; the calls that are made, instead of a broker."""
    settings.AT_ONCE_UNITS, settings.CHUNK_UNITS = 3, 2
    calls: list[str] = []

    def wake(task: str, **_: object) -> bool:
        calls.append(task)
        return True

    with patch.object(running, "wake", wake):
        yield calls


def now() -> dt.datetime:
    return timezone.now()


def take_up(job: Job) -> bool:
    return running.run(job.pk, clock=now, make=make)


def claimed(job: Job) -> ChunkHold:
    hold = leases.claim(job.pk, clock=now)
    assert hold
    return hold


def kept(closing: Closing) -> dict[str, object]:
    """All that a closing holds, but for ids of rows and times of writing."""
    evaluations = closing.evaluations.order_by("unit_id")
    columns = ("unit_id", "standing", "figures", "results", "checksum", "rule_set_id")
    units = closing.units.order_by("position").values()
    return {
        "checksum": closing.checksum,
        "evaluations": list(evaluations.values(*columns)),
        "units": [
            {name: value for name, value in row.items() if name not in {"id", "closing_id"}}
            for row in units
        ],
    }
