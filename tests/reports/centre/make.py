"""A studied county with people to ask for its workbooks."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from reports import jobs
from reports.exports.work import make as work
from reports.models import Job
from tests.portal.county import make_assignment, make_user
from tests.reports.emails.make import make_study
from units.access.roles import Role
from units.models import Unit

AS_OF = date(2026, 6, 30)
ASKED = {"kind": "rollup", "as_of": AS_OF.isoformat()}


def make_people(root: Unit) -> dict[str, User]:
    """One account for each role that has to do with workbooks, and a clerk who has not."""
    people = {}
    for role in (Role.AUDITOR, Role.DEPARTMENT_ADMIN, Role.COUNTY_LEADER, Role.SYSTEM_ADMIN):
        people[str(role)] = make_user(role)
        make_assignment(people[role], role, root)
    people["clerk"] = make_user("clerk")
    make_assignment(people["clerk"], Role.CLERK, Unit.objects.get(code="QS001"))
    return people


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def make_county(units: int = 2) -> dict[str, User]:
    return make_people(make_study(units))


def run(job: Job) -> Job:
    """Does the job as a worker would."""
    jobs.run(job.id, clock=timezone.now, work=work)
    job.refresh_from_db()
    return job


def make_done(user: User, number: int = 1) -> list[Job]:
    """Finished jobs of long ago, their files gone."""
    now = timezone.now()
    return Job.objects.bulk_create(
        Job(
            kind="rollup", state="done", root=Unit.objects.get(code="QS"), asked_by=user,
            asked_key=f"old-{place}", asked_at=now - timedelta(days=90),
            parameters={"as_of": "2026-01-31", "range": "青石县 · 全部单位"},
            finished_at=now - timedelta(days=90), cleaned_at=now, file=f"{place}.xlsx", size=9,
            sha256="a" * 64,
        )
        for place in range(number)
    )  # fmt: skip
