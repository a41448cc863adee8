"""A unit with a group, and records in the making."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sessions.models import StudySession
from sessions.recording.drafts import open_draft
from sessions.recording.due import due_members
from sessions.recording.starts import blank
from sessions.recording.submitting import submit
from sessions.recording.written import Mark, Written
from tests.portal.county import make_unit
from units.models import Person, RosterEntry, Unit

DAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NAMES = ("赵一", "钱二", "孙三")


def make_member(unit: Unit, name: str, role: str = "member", **changes: Any) -> RosterEntry:
    person, _ = Person.objects.get_or_create(unit=unit, name=name)
    values = {"start_date": date(2020, 1, 1), "post": "委员"} | changes
    return RosterEntry.objects.create(person=person, role=role, **values)


def make_group(unit: Unit | None = None, names: tuple[str, ...] = NAMES) -> Unit:
    unit = unit or make_unit("QS100", "青石县丙局", None)
    for rank, name in enumerate(names):
        make_member(unit, name, "member" if rank else "leader", rank_order=rank)
    return unit


def people(unit: Unit) -> dict[str, int]:
    return {person.name: person.pk for person in unit.people.all()}


def written(unit: Unit, day: date = DAY, marks: dict[str, Mark] | None = None, **facts: Any):
    """A complete record of a day, everybody present but for the marks given by name."""
    start = blank(day=day, due=due_members(unit, day), place="会议室")
    given = {"theme": "学习宪法", "content": "宪法序言", **facts}
    ids = people(unit)
    changed = {ids[name]: mark for name, mark in (marks or {}).items()}
    return replace(start, facts={**start.facts, **given}, marks={**start.marks, **changed})


def make_draft(unit: Unit, what: Written | None = None, **facts: Any) -> StudySession:
    what = what or written(unit, **facts)
    return open_draft(unit=unit, token=uuid4(), written=what, by=None)[0]


def hand_in(session: StudySession, at: datetime = NOW, **changes: Any):
    """Submits with whatever a clerk confirms when all is well."""
    rows = session.attendance.all()
    here = sum(row.status in row.HERE for row in rows)
    values: dict[str, Any] = {"declared": True, "counts": (len(rows), here)} | changes
    return submit(session=session, at=at, by=None, **values)


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)
