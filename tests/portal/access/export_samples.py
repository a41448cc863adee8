"""Workbooks asked for, for the policy test. A leader's are those without names."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from reports.models import Job
from tests.portal.access.sample import Sample
from units.models import Unit

NO_JOB = {"pk": 10**9}


def make_job(user: User, unit: Unit, **values: object) -> Job:
    now = timezone.now()
    asked = {"as_of": "2026-06-30", "figures_only": True, "range": f"金丝雀{unit.code}{user.pk}"}
    given = {"kind": Job.Kind.ROLLUP, "parameters": asked, "asked_at": now} | values
    return Job.objects.create(root=unit, asked_by=user, asked_key=f"{user.pk}:{unit.pk}", **given)


def waiting(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_job(user, unit).pk}


def finished(user: User, unit: Unit) -> dict[str, object]:
    folder = Path(settings.EXPORTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "汇总.xlsx").write_bytes(b"workbook")
    job = make_job(user, unit, state="done", finished_at=timezone.now(), file="汇总.xlsx", size=8)
    return {"pk": job.pk}


EXPORT_SAMPLES: dict[tuple[str, str], Sample] = {
    ("export_list", "GET"): Sample(
        canary=lambda user, unit: make_job(user, unit).parameters["range"]
    ),
    ("export_ask", "POST"): Sample(body={"kind": "rollup", "as_of": "2026-06-30"}),
    ("export_progress", "GET"): Sample(make=waiting, missing=NO_JOB),
    ("export_cancel", "POST"): Sample(make=waiting, missing=NO_JOB),
    ("export_file", "GET"): Sample(make=finished, missing=NO_JOB),
}
