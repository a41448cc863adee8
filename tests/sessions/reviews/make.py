"""Things that wait for review."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    ReviewEvent,
    Status,
    StudySession,
    UnitApproval,
    UnitReport,
)
from sessions.recording.due import due_members
from sessions.reviews.papers import paper_of
from sessions.services import record_event
from tests.portal.access.unit_report_samples import make_report
from tests.portal.county import County
from tests.sessions.plans.make import make_plan
from tests.sessions.recording.make import NAMES, make_group
from units.models import Unit

Kind = ReviewEvent.Kind
FILES = ("minutes", "sign_in")


def make_session(unit: Unit, **changes: Any) -> StudySession:
    """A complete draft in which the checks find nothing, with minutes and sign-in on paper."""
    if not unit.people.filter(name__in=NAMES).exists():
        make_group(unit)
    day = timezone.localdate() - timedelta(days=1)
    values = {"date": day, "end_date": day, "form": "collective", "theme": f"学习{unit.code}"}
    values |= {"place": "会议室", "chair": "赵一", "content": "宪法序言"} | changes
    session = StudySession.objects.create(unit=unit, **values)
    for member in due_members(unit, session.date):
        Attendance.objects.create(session=session, member=member, status="present")
    for kind in FILES:
        put_on_file(session, kind)
    return session


def put_on_file(session: StudySession, kind: str, **changes: Any) -> Evidence:
    values = {"on": session.date, "name": f"{kind}（纸质）", "checked": "clean"} | changes
    return Evidence.objects.create(session=session, kind=kind, **values)


def submit(about: Any, by: User | None = None, at: datetime | None = None) -> Any:
    record_event(about=about, kind=Kind.SUBMIT, at=at or timezone.now(), by=by)
    return about


def submitted_session(unit: Unit, by: User | None = None, **changes: Any) -> StudySession:
    at = changes.pop("at", None)
    session: StudySession = submit(make_session(unit, **changes), by, at)
    return session


def submitted_plan(unit: Unit, by: User | None = None) -> AnnualPlan:
    plan: AnnualPlan = submit(make_plan(unit), by)
    return plan


def submitted_report(unit: Unit, by: User | None = None, **changes: Any) -> UnitReport:
    report: UnitReport = submit(make_report(unit, Status.DRAFT, **changes), by)
    return report


def switch_on(county: County) -> None:
    UnitApproval.objects.create(unit=county.root, is_on=True)


def browser_of(county: County, who: str) -> Client:
    client = Client()
    client.force_login(county[who])
    return client


def address(name: str, about: Any) -> str:
    return reverse(name, kwargs={"paper": paper_of(about), "pk": about.pk})


def text(response: Any) -> str:
    return str(response.content.decode())


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()
