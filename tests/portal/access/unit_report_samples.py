"""Half-year and annual reports for the policy test."""

from django.utils import timezone

from accounts.models import User
from sessions.models import Status, UnitReport
from sessions.unit_reports.next_steps import sentences
from sessions.unit_reports.sections import SECTIONS
from tests.portal.access.sample import Make, Sample
from units.models import Unit

YEAR = timezone.localdate().year
NO_REPORT = {"pk": 10**9}
TEXTS = {section.key: f"本部分写{section.heading}。" for section in SECTIONS}


def make_report(unit: Unit, status: Status = Status.SUBMITTED, **values) -> UnitReport:
    """An annual report with all its sections."""
    given = {"year": YEAR, "kind": UnitReport.Kind.ANNUAL, "sections": TEXTS} | values
    return UnitReport.objects.create(unit=unit, status=status, **given)


NEXT_STEP = sentences(TEXTS["next_steps"])[0]
PICKED = {
    f"{NEXT_STEP.key}-picked": "on",
    f"{NEXT_STEP.key}-topic": NEXT_STEP.topic,
    f"{NEXT_STEP.key}-period": f"{YEAR + 1}-03",
    f"{NEXT_STEP.key}-form": "collective",
}


def report_address(status: Status) -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": make_report(unit, status).pk}

    return make


def report_canary(user: User, unit: Unit) -> str:
    return f'href="/unit-reports/{make_report(unit).pk}/"'


UNIT_REPORT_SAMPLES: dict[tuple[str, str], Sample] = {
    ("unit_report_list", "GET"): Sample(canary=report_canary),
    ("unit_report_create", "POST"): Sample(body={"year": str(YEAR), "kind": "annual"}),
    ("unit_report_detail", "GET"): Sample(make=report_address(Status.SUBMITTED), missing=NO_REPORT),
    ("unit_report_edit", "GET"): Sample(make=report_address(Status.DRAFT), missing=NO_REPORT),
    ("unit_report_edit", "POST"): Sample(
        make=report_address(Status.DRAFT),
        missing=NO_REPORT,
        body={"version": "1", "situation": "学了党章。"},
    ),
    ("unit_report_submit", "POST"): Sample(
        make=report_address(Status.DRAFT), missing=NO_REPORT, body={"declared": "on"}
    ),
    ("unit_report_withdraw", "POST"): Sample(
        make=report_address(Status.SUBMITTED), missing=NO_REPORT
    ),
    ("unit_report_likeness", "GET"): Sample(
        make=report_address(Status.SUBMITTED), missing=NO_REPORT
    ),
    ("unit_report_plan_items", "GET"): Sample(make=report_address(Status.DRAFT), missing=NO_REPORT),
    ("unit_report_plan_items", "POST"): Sample(
        make=report_address(Status.DRAFT), missing=NO_REPORT, body=PICKED
    ),
}
