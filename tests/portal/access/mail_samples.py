"""Mails and their schedule for the policy test."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from reports.models import Delivery, MailRun
from tests.portal.access.sample import Make, Sample
from units.models import Unit

NO_MAIL = {"pk": 10**9}
LAST_MONTH = (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).strftime("%Y-%m")
MONTH = {"monthly-enabled": "on", "monthly-workday": "3", "monthly-hour": "9"}


def make_run(unit: Unit) -> MailRun:
    return MailRun.objects.create(
        root=unit,
        run="monthly",
        period="2026-06",
        as_of=dt.date(2026, 6, 30),
        planned_at=timezone.now(),
    )


def make_mail(unit: Unit, state: str) -> Delivery:
    Unit.objects.filter(pk=unit.pk).update(email="xin@qs.example")
    return Delivery.objects.create(
        run=make_run(unit),
        kind="monthly_unit",
        period="2026-06",
        unit=unit,
        recipient="xin@qs.example",
        message_id=f"<{unit.code}@qs.example>",
        queued_at=timezone.now(),
        state=state,
    )


def run_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_mail(unit, "queued").run_id}


def mail(state: str = "queued") -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": make_mail(unit, state).pk}

    return make


def draft(user: User, unit: Unit) -> dict[str, object]:
    return {"run": "monthly", "period": LAST_MONTH, "code": unit.code}


def held_run(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_mail(unit, "held").run_id}


def run_link(user: User, unit: Unit) -> str:
    return f'href="/mails/runs/{make_run(unit).pk}/"'


def code(user: User, unit: Unit) -> dict[str, object]:
    return {"code": unit.code}


DRAFT = Sample(make=draft, missing={"run": "monthly", "period": LAST_MONTH, "code": "QS999"})
MAIL_SAMPLES: dict[tuple[str, str], Sample] = {
    ("mail_runs", "GET"): Sample(canary=run_link),
    ("mail_run", "GET"): Sample(make=run_address, missing=NO_MAIL),
    ("mail_upcoming", "GET"): Sample(),
    ("mail_draft", "GET"): DRAFT,
    ("mail_draft_html", "GET"): DRAFT,
    ("mail_detail", "GET"): Sample(make=mail(), missing=NO_MAIL),
    ("mail_html", "GET"): Sample(make=mail(), missing=NO_MAIL),
    ("mail_hold", "POST"): Sample(make=mail(), missing=NO_MAIL),
    ("mail_release", "POST"): Sample(make=mail("held"), missing=NO_MAIL),
    ("mail_resend", "GET"): Sample(make=mail("unknown"), missing=NO_MAIL),
    ("mail_resend", "POST"): Sample(make=mail("unknown"), missing=NO_MAIL, body={"accepted": "on"}),
    ("mail_run_hold", "POST"): Sample(make=run_address, missing=NO_MAIL, body={"all": "1"}),
    ("mail_run_release", "POST"): Sample(make=held_run, missing=NO_MAIL, body={"all": "1"}),
    ("mail_plan", "POST"): Sample(body={"period": LAST_MONTH}),
    ("mail_schedule", "GET"): Sample(),
    ("mail_schedule", "POST"): Sample(
        body={
            "run": "monthly",
            **MONTH,
            "monthly-first_period": "2099-01",
            "monthly-version": "0",
        }
    ),
    ("mail_addresses", "GET"): Sample(),
    ("mail_address", "GET"): Sample(make=code, missing={"code": "QS999"}),
    ("mail_address", "POST"): Sample(
        make=code, missing={"code": "QS999"}, body={"email": "b@qs.example", "version": "1"}
    ),
    ("mail_clock", "POST"): Sample(),
    ("mail_test", "GET"): Sample(),
    ("mail_test", "POST"): Sample(),
}
