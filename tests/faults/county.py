"""The county all scenarios share, its clerks, and how a scenario begins with a clean table."""

import datetime as dt
import shutil
import ssl
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from portal.sample.request import SampleRequest
from portal.sample.writer import load_sample_county
from reports.models import Delivery, Evaluation, Job, MailKind, MailRun, MailSchedule, Reminder
from reports.periods import Month
from reports.planner import plan_month
from reports.working_days import recorded_calendar
from sessions.models import StudySession
from tests.faults.visitor import Visitor
from tests.portal.county import make_assignment, make_user
from units.access.roles import Role
from units.models import Unit

UNTIL = dt.date(2026, 10, 31)
FIRST_PERIOD = Month(2020, 1)


def load(units: int, clerks: int, seed: int) -> None:
    """The sample county, with a clerk of our own for each of the first units, and an admin."""
    load_sample_county(SampleRequest(units=units, year=2026, seed=seed, until=UNTIL))
    for number, unit in enumerate(groups()[:clerks]):
        make_assignment(make_user(f"fault-clerk-{number}"), Role.CLERK, unit)
    make_assignment(make_user("fault-admin"), Role.DEPARTMENT_ADMIN, root())


def root() -> Unit:
    return Unit.objects.get(parent=None)


def groups() -> list[Unit]:
    return list(Unit.objects.with_group().order_by("code"))


def clerks(port: int, count: int, trust: ssl.SSLContext | None = None) -> list[Visitor]:
    """So many browsers, each signed in as another unit's clerk; with `trust`, over TLS."""
    return [Visitor(port, f"fault-clerk-{number}", trust).sign_in() for number in range(count)]


def clear() -> None:
    """Takes away what scenarios before have left: mails, jobs, and records made by forms."""
    Reminder.objects.all().delete()
    Delivery.objects.all().delete()
    MailRun.objects.all().delete()
    Job.objects.all().delete()
    shutil.rmtree(settings.EXPORTS_DIR, ignore_errors=True)
    Evaluation.objects.filter(closing=None).delete()
    StudySession.objects.exclude(form_token=None).delete()
    MailSchedule.objects.update(first_period="2026-12")  # nothing comes by the clock


def plan_months(count: int) -> list[str]:
    """Queues the real mails of the year's first months; their Message-IDs."""
    MailSchedule.objects.update(first_period="2026-01")
    for number in range(1, count + 1):
        plan_month(root(), Month(2026, number), now=timezone.now(), calendar=recorded_calendar())
    MailSchedule.objects.update(first_period="2026-12")  # nothing more comes by the clock
    return list(Delivery.objects.values_list("message_id", flat=True))


def make_mails(recipients: Sequence[str], *, at: dt.datetime | None = None) -> list[str]:
    """Queues a mail to each address, over as many months as it takes; their Message-IDs."""
    units, county, at = groups(), root(), at or timezone.now()
    month = FIRST_PERIOD
    rows: list[Delivery] = []
    for number, recipient in enumerate(recipients):
        place = number % len(units)
        if place == 0:
            month = month.next if rows else month
            run = MailRun.objects.create(
                root=county, run="monthly", period=month.key, as_of=month.last, planned_at=at
            )
        rows.append(
            Delivery(
                kind=MailKind.MONTHLY_UNIT,
                period=month.key,
                unit=units[place],
                recipient=recipient,
                run=run,
                message_id=f"<{number}.{month.key}@faults.example>",
                queued_at=at,
            )
        )
    Delivery.objects.bulk_create(rows, batch_size=500)
    return [row.message_id for row in rows]
