"""Figures and Word files of reports, for the policy test."""

from sessions.models import Status
from tests.portal.access.sample import Sample
from tests.portal.access.unit_report_samples import NO_REPORT, report_address

SUBMITTED = Sample(make=report_address(Status.SUBMITTED), missing=NO_REPORT)
YEARLY_SAMPLES: dict[tuple[str, str], Sample] = {
    ("unit_report_figures", "GET"): SUBMITTED,
    ("unit_report_document", "GET"): SUBMITTED,
}
