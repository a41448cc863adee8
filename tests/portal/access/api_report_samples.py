"""Evaluations, workbooks, mails, the ledger and the trail in the API."""

from accounts.models import User
from tests.portal.access.export_samples import NO_JOB, finished, waiting
from tests.portal.access.mail_samples import NO_MAIL, mail
from tests.portal.access.sample import Sample
from tests.reports.records import make_session
from units.models import Unit


def asked(user: User, unit: Unit) -> object:
    return {"kind": "rollup", "as_of": "2026-06-30", "unit": unit.code, "figures_only": True}


def job_link(user: User, unit: Unit) -> str:
    return f'"id":{waiting(user, unit)["pk"]},'


def mail_link(user: User, unit: Unit) -> str:
    return f'"id":{mail()(user, unit)["pk"]},'


def session_theme(user: User, unit: Unit) -> str:
    make_session(unit, theme=f"金丝雀{unit.code}的学习")
    return f"金丝雀{unit.code}的学习"


API_REPORT_SAMPLES = {
    ("api_evaluations", "GET"): Sample(canary=lambda user, unit: f'"unit":"{unit.code}"'),
    ("api_evaluation", "GET"): Sample(
        make=lambda user, unit: {"code": unit.code}, missing={"code": "QS999"}
    ),
    ("api_rollups", "GET"): Sample(canary=job_link),
    ("api_rollups", "POST"): Sample(sends=asked),
    ("api_rollup", "GET"): Sample(make=waiting, missing=NO_JOB),
    ("api_rollup", "DELETE"): Sample(make=waiting, missing=NO_JOB),
    ("api_rollup_file", "GET"): Sample(make=finished, missing=NO_JOB),
    ("api_deliveries", "GET"): Sample(canary=mail_link),
    ("api_delivery", "GET"): Sample(make=mail(), missing=NO_MAIL),
    ("api_ledger_csv", "GET"): Sample(canary=session_theme),
    ("api_ledger_xlsx", "GET"): Sample(),
}
